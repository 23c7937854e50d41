"""Recipes that make the shipped weights from pinned public packages (workshop only; nothing here ships)."""
