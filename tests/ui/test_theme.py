"""Every colour pair that is used can be read, and danger is the only red."""

from __future__ import annotations

import colorsys
import re

import pytest

from desktop.ui.theme.colours import PALETTES, TEXT_ON_GROUND, Palette, contrast
from desktop.ui.theme.fonts import load_fonts
from desktop.ui.theme.scale import GRID, TYPE_BODY, TYPE_DISPLAY, TYPE_LARGE, TYPE_SMALL, TYPE_TITLE
from desktop.ui.theme.stylesheet import style_sheet

COLOURS = [name for name in Palette.__slots__ if name != "name"]


def test_contrast_is_the_standard_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("pair", TEXT_ON_GROUND, ids="-on-".join)
def test_text_can_be_read(name: str, pair: tuple[str, str]) -> None:
    palette = PALETTES[name]
    assert contrast(getattr(palette, pair[0]), getattr(palette, pair[1])) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_only_danger_is_red(name: str) -> None:
    for role in COLOURS:
        colour = getattr(PALETTES[name], role)
        hue, _light, saturation = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
        is_red = saturation > 0.3 and (hue < 0.04 or hue > 0.94)
        assert is_red == (role == "danger"), role


@pytest.mark.parametrize("name", PALETTES)
def test_the_style_sheet_uses_colours_of_the_palette_alone(name: str) -> None:
    sheet = style_sheet(PALETTES[name])
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", sheet)) <= {getattr(PALETTES[name], role) for role in COLOURS}
    assert "$" not in sheet


def test_sizes_follow_the_grid() -> None:
    assert GRID == 4
    assert (TYPE_SMALL, TYPE_BODY, TYPE_LARGE, TYPE_TITLE, TYPE_DISPLAY) == (12, 14, 16, 20, 28)


@pytest.mark.usefixtures("qapp")
def test_the_fonts_that_ship_are_found() -> None:
    families = load_fonts()
    assert families[0] == "Inter"
    assert "Droid Sans Fallback" in families
