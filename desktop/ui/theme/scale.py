"""Sizes: a 4 px grid and five type sizes (px at 100 %)."""

from __future__ import annotations

GRID = 4
GAP_S, GAP_M, GAP_L, GAP_XL = GRID, GRID * 2, GRID * 4, GRID * 6
TYPE_SMALL, TYPE_BODY, TYPE_LARGE, TYPE_TITLE, TYPE_DISPLAY = 12, 14, 16, 20, 28
RADIUS = 6
CONTROL_HEIGHT = GRID * 8
LINE_HEIGHT_PERCENT = {"en": 140, "zh": 160}
