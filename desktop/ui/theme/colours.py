"""Colours by role, and the contrast between them. No Qt, so that the contrast is tested by computing it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours (#rrggbb) by what they mean. ``danger`` is the only red and belongs to the danger banner."""

    name: str
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    field_line: str
    accent: str
    on_accent: str
    accent_soft: str
    danger: str
    on_danger: str
    urgent: str
    urgent_soft: str
    routine: str
    self_care: str
    evidence_for: str
    evidence_for_soft: str
    evidence_against: str
    evidence_against_soft: str
    mark: str
    focus: str


LIGHT = Palette(
    name="light", window="#f3f5f5", surface="#ffffff", raised="#e8eced", text="#1a2225", muted="#4f5d64",
    line="#d3dadd", field_line="#7d8a90", accent="#0b6460", on_accent="#ffffff", accent_soft="#d9eceb",
    danger="#b3201a", on_danger="#ffffff", urgent="#7a4700", urgent_soft="#fdf0d8", routine="#2f5680",
    self_care="#2c6430", evidence_for="#0d4f8b", evidence_for_soft="#cfe4f7", evidence_against="#6b3d86",
    evidence_against_soft="#ecdcf5", mark="#e3f0ef", focus="#0b6460",
)  # fmt: skip
DARK = Palette(
    name="dark", window="#14181a", surface="#1c2225", raised="#272f33", text="#e7ecee", muted="#a3b2b9",
    line="#353f44", field_line="#75838a", accent="#6cc9c3", on_accent="#06201e", accent_soft="#1f3b3a",
    danger="#a8211c", on_danger="#ffffff", urgent="#f2be6b", urgent_soft="#3a2d15", routine="#9cc3ee",
    self_care="#98d19c", evidence_for="#9fcbf5", evidence_for_soft="#193a58", evidence_against="#dcb5f0",
    evidence_against_soft="#43294f", mark="#213636", focus="#6cc9c3",
)  # fmt: skip
HIGH_CONTRAST = Palette(
    name="high_contrast", window="#000000", surface="#000000", raised="#1a1a1a", text="#ffffff", muted="#e0e0e0",
    line="#9a9a9a", field_line="#ffffff", accent="#7ef0e8", on_accent="#000000", accent_soft="#003b38",
    danger="#c00000", on_danger="#ffffff", urgent="#ffd27a", urgent_soft="#332400", routine="#b5d8ff",
    self_care="#b4f0b8", evidence_for="#b5d8ff", evidence_for_soft="#002f5c", evidence_against="#f0ccff",
    evidence_against_soft="#451a5c", mark="#00302d", focus="#ffff66",
)  # fmt: skip
PALETTES = {p.name: p for p in (LIGHT, DARK, HIGH_CONTRAST)}

# every pair of text and ground that a style uses; the test computes each
TEXT_ON_GROUND: tuple[tuple[str, str], ...] = (
    ("text", "window"), ("text", "surface"), ("text", "raised"), ("text", "mark"), ("text", "accent_soft"),
    ("muted", "window"), ("muted", "surface"), ("muted", "raised"), ("accent", "window"), ("accent", "surface"),
    ("accent", "accent_soft"), ("on_accent", "accent"), ("on_danger", "danger"), ("urgent", "urgent_soft"),
    ("urgent", "surface"), ("urgent", "window"), ("text", "urgent_soft"), ("routine", "surface"),
    ("self_care", "surface"), ("evidence_for", "surface"), ("evidence_for", "evidence_for_soft"),
    ("text", "evidence_for_soft"), ("evidence_against", "surface"), ("text", "evidence_against_soft"),
    ("evidence_against", "evidence_against_soft"),
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
