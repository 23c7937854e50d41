"""Frozen value types and errors shared by both halves of the program; standard library only."""
