"""The two palettes, and what contrast their colours have.

Text stands out from what it lies on by 4.5:1 at least, shapes by 3:1 (WCAG 2.2,
1.4.3 and 1.4.11); the tests compute it for every pair used.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from izzitup_desktop.domain.statuses import StatusId


@dataclass(frozen=True, slots=True)
class StatusColours:
    """One status: the pill's `tint` with `ink` on it, `solid` with `on_solid` on it."""

    tint: str
    ink: str
    solid: str
    on_solid: str


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one palette, as `#rrggbb`."""

    dark: bool
    window: str
    base: str
    alternate: str
    raised: str
    hover: str
    border: str
    strong_border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    tooltip: str
    on_tooltip: str
    statuses: dict[int, StatusColours]

    def status(self, status_id: int) -> StatusColours:
        """The colours of a status; an unknown one looks like Closed."""
        return self.statuses.get(status_id, self.statuses[StatusId.CLOSED])


LIGHT = Colours(
    dark=False,
    window="#f4f5f7",
    base="#ffffff",
    alternate="#f8f9fb",
    raised="#ffffff",
    hover="#eef1f5",
    border="#d9dde4",
    strong_border="#868e9b",
    text="#1b2129",
    muted="#565f6c",
    disabled="#8b939f",
    accent="#1f5fbf",
    on_accent="#ffffff",
    selection="#d7e6fb",
    on_selection="#12233d",
    tooltip="#262c35",
    on_tooltip="#f5f6f8",
    statuses={
        StatusId.OPERATIONAL: StatusColours("#e2f4e8", "#14602f", "#1b7a40", "#ffffff"),
        StatusId.IMPAIRED: StatusColours("#fdf0d0", "#744700", "#976000", "#ffffff"),
        StatusId.OUTAGE: StatusColours("#fde2e0", "#9c1912", "#c0261e", "#ffffff"),
        StatusId.CLOSED: StatusColours("#e7eaef", "#475062", "#5a6475", "#ffffff"),
    },
)

DARK = Colours(
    dark=True,
    window="#1a1d22",
    base="#21252b",
    alternate="#252930",
    raised="#2b3038",
    hover="#2e343d",
    border="#383e48",
    strong_border="#7d8796",
    text="#e8eaee",
    muted="#a9b1bd",
    disabled="#727b89",
    accent="#6ea8fe",
    on_accent="#0b1a30",
    selection="#27426b",
    on_selection="#f2f6fc",
    tooltip="#3a414c",
    on_tooltip="#f5f6f8",
    statuses={
        StatusId.OPERATIONAL: StatusColours("#173722", "#86e0a6", "#4fbf7b", "#06210f"),
        StatusId.IMPAIRED: StatusColours("#3d2f0c", "#f4c96b", "#e0ab3c", "#261a00"),
        StatusId.OUTAGE: StatusColours("#4a1f1d", "#ffaaa2", "#f4776c", "#2d0503"),
        StatusId.CLOSED: StatusColours("#343a44", "#c0c7d2", "#98a2b1", "#14181d"),
    },
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palette_of(colours: Colours) -> QPalette:
    """The Qt palette, with every role of every group set."""
    palette = QPalette()
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: colours.window,
        roles.WindowText: colours.text,
        roles.Base: colours.base,
        roles.AlternateBase: colours.alternate,
        roles.ToolTipBase: colours.tooltip,
        roles.ToolTipText: colours.on_tooltip,
        roles.PlaceholderText: colours.muted,
        roles.Text: colours.text,
        roles.Button: colours.raised,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.status(StatusId.OUTAGE).ink,
        roles.Light: colours.raised if colours.dark else "#ffffff",
        roles.Midlight: colours.hover,
        roles.Mid: colours.border,
        roles.Dark: colours.strong_border,
        roles.Shadow: "#000000" if colours.dark else "#8b93a0",
        roles.Highlight: colours.selection,
        roles.HighlightedText: colours.on_selection,
        roles.Accent: colours.accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.muted,
        roles.NoRole: colours.window,
    }
    for role, colour in pairs.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(colours.hover))
    return palette


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
