"""What a start of the window wants of it, or of the one that is open already."""

from __future__ import annotations

from enum import Enum


class Wish(Enum):
    """To be seen, to find something at once, or to be there without being seen."""

    SHOW = "show"
    PALETTE = "palette"
    HIDDEN = "hidden"
