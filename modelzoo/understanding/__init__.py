"""Turns words into findings: sentences, spans, links, what is claimed, and the facts that the text states."""
