"""Measures the running build on worked cases: what was expected, what came first, whether triage was right."""
