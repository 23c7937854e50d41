"""Reads the public data sets that the encoder is trained on (workshop only; nothing here ships)."""
