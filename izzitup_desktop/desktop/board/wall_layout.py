"""Where things stand on the wall, and how large: the worst the largest, all of it whole.

Lengths are pixels; `measure` says how wide a text is at a size of 100 pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

Measure = Callable[[str, bool], float]

_LARGEST = 0.15
_SMALLEST = 0.026
_SMALLEST_PIXELS = 13.0
_STEP = 0.94
_LESS_BAD = 0.72
"""How large what is less bad is beside the worst."""
_TILE = 0.42
_TILE_MOST = 0.05
_SECOND = 0.5
"""How large group, time and comment are below a name."""
_SECOND_LEAST = 11.0
_ELIDES_BELOW = 0.05
"""Only below this part of the shorter side a name that is wider than the wall is cut."""
_TILES_HEIGHT_MOST = 0.34


@dataclass(frozen=True, slots=True)
class Item:
    """A service that is not operational, or a group: its name, what is said below it.

    `rank` is 0 for the worst there is, and larger the better; `detail` is one line,
    `comment` may take several.
    """

    name: str
    detail: str
    status_id: int
    rank: int = 0
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An item in its place; `lines` of comment, names in `pixels`, the rest in `second`."""

    item: Item
    left: float
    top: float
    width: float
    height: float
    pixels: float
    second: float
    lines: int
    is_tile: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Items of one size in a grid."""

    items: Sequence[Item]
    columns: int
    pixels: float
    lines: int
    is_tile: bool

    @property
    def rows(self) -> int:
        return ceil(len(self.items) / self.columns)

    @property
    def row_height(self) -> float:
        return card_height(self.pixels, self.lines, is_tile=self.is_tile)

    @property
    def height(self) -> float:
        return self.rows * self.row_height


def second_size(pixels: float) -> float:
    """How large the lines below a name of this size are."""
    return max(_SECOND_LEAST, pixels * _SECOND)


def card_height(pixels: float, lines: int, *, is_tile: bool) -> float:
    """The height of a card with the gap around it."""
    below = second_size(pixels) * 1.35 * (1 + lines)
    return pixels * (2.1 if is_tile else 2.0) + below


def padding(pixels: float) -> float:
    """The room at both sides of what stands in a card."""
    return pixels * 0.45


def name_room(width: float, pixels: float) -> float:
    """How wide a name may be in a card: beside its shape, and within the padding."""
    return width - 2 * padding(pixels) - pixels * 1.1 - pixels * 0.3


def arrange(
    problems: Sequence[Item],
    groups: Sequence[Item],
    width: float,
    height: float,
    measure: Measure,
) -> tuple[tuple[Card, ...], ...]:
    """The pages of the wall, usually one: what does not fit is on the next."""
    # On a screen that stands upright the width is what is scarce.
    side = min(width, height)
    least = max(_SMALLEST_PIXELS, side * _SMALLEST)
    for pixels in _sizes(max(least, side * _LARGEST), least):
        blocks = _fitted(problems, groups, pixels, least, width, height, measure)
        if blocks is not None:
            return (tuple(_placed(blocks, width, height)),)
    return _paged(problems, groups, least, width, height, measure)


def _sizes(most: float, least: float) -> Iterator[float]:
    size = most
    while size > least:
        yield size
        size *= _STEP
    yield least


def _fitted(
    problems: Sequence[Item],
    groups: Sequence[Item],
    pixels: float,
    least: float,
    width: float,
    height: float,
    measure: Measure,
) -> list[_Block] | None:
    """Everything on one page with the worst at this size, None where it does not fit."""
    worst = [item for item in problems if item.rank == 0]
    other = [item for item in problems if item.rank]
    parts = [(worst, pixels, False), (other, max(least, pixels * _LESS_BAD), False)]
    parts.append(
        (list(groups), _tile_size(pixels, least, min(width, height), bool(problems)), True)
    )
    blocks = []
    for items, size, is_tile in parts:
        if items:
            block = _block(items, size, width, height, measure, is_tile=is_tile)
            if block is None:
                return None
            blocks.append(block)
    return blocks if sum(block.height for block in blocks) <= height else None


def _tile_size(pixels: float, least: float, side: float, has_problems: bool) -> float:
    if not has_problems:
        return pixels
    return max(least * 0.8, min(pixels * _TILE, side * _TILE_MOST))


def _block(
    items: Sequence[Item],
    pixels: float,
    width: float,
    height: float,
    measure: Measure,
    *,
    is_tile: bool,
) -> _Block | None:
    """The lowest grid in which every name is whole, None where there is none."""
    second = second_size(pixels)
    needed = max(measure(item.name, True) for item in items) * pixels / 100
    beside = max(measure(item.detail, False) for item in items) * second / 100
    said = max(measure(item.comment, False) for item in items) * second / 100
    found: _Block | None = None
    for columns in range(min(len(items), max(1, int(width / (5 * pixels)))), 0, -1):
        card = width / columns
        room = name_room(card, pixels)
        cut = columns == 1 and pixels < min(width, height) * _ELIDES_BELOW
        if not cut and (needed > room or beside > room):
            continue
        lines = min(3, ceil(1.1 * said / max(room, 1.0)))
        block = _Block(items, columns, pixels, lines, is_tile)
        if found is None or block.height < found.height:
            found = block
    return found


def _placed(blocks: Sequence[_Block], width: float, height: float) -> Iterator[Card]:
    """The cards of these blocks, over the whole height."""
    left_over = height - sum(block.height for block in blocks)
    growing = sum(block.rows for block in blocks if not block.is_tile)
    growing = growing or sum(block.rows for block in blocks)
    has_problems = any(not block.is_tile for block in blocks)
    top = 0.0
    for block in blocks:
        grows = not (block.is_tile and has_problems)
        row_height = block.row_height + (left_over / growing if grows else 0.0)
        yield from _cards(block, top, width, row_height)
        top += row_height * block.rows


def _cards(block: _Block, top: float, width: float, row_height: float) -> Iterator[Card]:
    second = second_size(block.pixels)
    for place, item in enumerate(block.items):
        row, column = divmod(place, block.columns)
        in_row = min(block.columns, len(block.items) - row * block.columns)
        # A last row that is not full has its cards as wide as the others'.
        card = width / (block.columns if block.rows > 1 else in_row)
        yield Card(
            item, column * card, top + row * row_height, card, row_height,
            block.pixels, second, block.lines, block.is_tile,
        )  # fmt: skip


def _paged(
    problems: Sequence[Item],
    groups: Sequence[Item],
    least: float,
    width: float,
    height: float,
    measure: Measure,
) -> tuple[tuple[Card, ...], ...]:
    """As much as fits at the smallest size on each page, the worst on the first."""
    tiles = _grid(groups, least * 0.8, width, 0, measure, is_tile=True)
    share = _TILES_HEIGHT_MOST if problems else 1.0
    tile_pages = _cut(tiles, height * share) if tiles else []
    below = max((block.height for block in tile_pages), default=0.0)
    lines = 1 if any(item.comment for item in problems) else 0
    cards = _grid(problems, least, width, lines, measure, is_tile=False)
    card_pages = _cut(cards, height - below) if cards else []
    pages = []
    for number in range(max(len(card_pages), len(tile_pages), 1)):
        blocks = [part[number % len(part)] for part in (card_pages, tile_pages) if part]
        pages.append(tuple(_placed(blocks, width, height)))
    return tuple(pages)


def _grid(
    items: Sequence[Item],
    pixels: float,
    width: float,
    lines: int,
    measure: Measure,
    *,
    is_tile: bool,
) -> _Block | None:
    if not items:
        return None
    below = second_size(pixels) / 100
    widths = sorted(
        max(measure(item.name, True) * pixels / 100, measure(item.detail, False) * below)
        for item in items
    )
    # Nine of ten are whole; what is very long is cut.
    usual = widths[int(0.9 * (len(widths) - 1))] + pixels * 2.6
    columns = max(1, min(len(items), int(width / max(usual, 9 * pixels))))
    return _Block(items, columns, pixels, lines, is_tile)


def _cut(block: _Block, height: float) -> list[_Block]:
    most = max(1, int(height / block.row_height)) * block.columns
    return [
        _Block(block.items[at : at + most], block.columns, block.pixels, block.lines, block.is_tile)
        for at in range(0, len(block.items), most)
    ]
