import pytest

from izzitup_desktop.desktop.theme import DARK, LIGHT, Colours
from izzitup_desktop.domain.statuses import SETTABLE, StatusId

PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@PALETTES
def test_text_stands_out_from_what_it_lies_on(colours: Colours) -> None:
    for ink in (colours.text, colours.muted):
        for ground in (colours.window, colours.base, colours.raised, colours.hover):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(colours.on_selection, colours.selection) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_tooltip, colours.tooltip) >= 4.5


@PALETTES
def test_statuses_stand_out_in_text_and_shape_on_the_selected_row_too(colours: Colours) -> None:
    for status in (*SETTABLE, StatusId.CLOSED):
        dress = colours.status(status)
        assert contrast(dress.ink, dress.tint) >= 4.5, status
        assert contrast(dress.on_solid, dress.solid) >= 3, status
        for ground in (colours.base, colours.window, colours.selection):
            assert contrast(dress.solid, ground) >= 3, (status, ground)
