"""Screens: layout and what is shown; what happens stands in the presenters and services."""
