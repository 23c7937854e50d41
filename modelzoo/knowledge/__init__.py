"""Reader of the compiled knowledge; the reviewable sources stand beside it."""
