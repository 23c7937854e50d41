"""Turns trained weights into the files of an assessment pack (workshop only; nothing here ships)."""
