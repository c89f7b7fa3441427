"""What one account did in its windows, step by step, as the journal has it.

A step is what one use case wrote. Replaying the entries gives the two stacks that
Undo and Redo work on, also after a restart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from izzitup_desktop.board.undo import REVERSIBLE
from izzitup_desktop.domain.journal import Entry

STEPS_MOST = 50
"""How many steps can be taken back after a restart."""

ENTRIES_MOST = 5_000
"""So many entries are read to find them."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps that can be undone, and redone; each is its entries, the newest last."""

    done: tuple[tuple[Entry, ...], ...]
    undone: tuple[tuple[Entry, ...], ...]


def replayed(entries: Iterable[Entry]) -> Steps:
    """The stacks that these entries of one account, oldest first, leave behind."""
    done: list[tuple[Entry, ...]] = []
    undone: list[tuple[Entry, ...]] = []
    for _, group in groupby(entries, key=lambda entry: entry.step):
        step = tuple(entry for entry in group if entry.kind in REVERSIBLE)
        if not step:
            continue
        taken_back = {entry.undoes for entry in step if entry.undoes is not None}
        if not taken_back:
            done.append(step)
            undone.clear()
        elif _drop(done, taken_back):
            undone.append(step)
        elif _drop(undone, taken_back):
            done.append(step)
    return Steps(tuple(done[-STEPS_MOST:]), tuple(undone[-STEPS_MOST:]))


def _drop(stack: list[tuple[Entry, ...]], entry_ids: set[int]) -> bool:
    for place in range(len(stack) - 1, -1, -1):
        if any(entry.id in entry_ids for entry in stack[place]):
            del stack[place]
            return True
    return False
