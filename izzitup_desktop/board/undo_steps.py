"""What one account did in its windows, step by step, as the journal has it.

A step is what one use case wrote. Replaying the entries gives the two stacks that
Undo and Redo work on, also after a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from izzitup_desktop.domain.journal import Entry, Kind

STEPS_MOST = 50
"""How many steps can be taken back after a restart."""

ENTRIES_MOST = 5_000
"""So many entries are read to find them."""


@dataclass(frozen=True, slots=True)
class JournalStep:
    """`entries` are what to take back; `first` what was done at first."""

    entries: tuple[Entry, ...]
    first: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class JournalSteps:
    """JournalSteps that can be undone, and those that can be redone; the newest last."""

    done: tuple[JournalStep, ...]
    undone: tuple[JournalStep, ...]


def replayed(entries: Iterable[Entry], is_reversible: Callable[[Kind], bool]) -> JournalSteps:
    """The stacks that these entries of one account, oldest first, leave behind."""
    done: list[JournalStep] = []
    undone: list[JournalStep] = []
    for _, group in groupby(entries, key=lambda entry: entry.operation_id):
        step = tuple(entry for entry in group if is_reversible(entry.kind))
        if not step:
            continue
        taken_back = {entry.undoes for entry in step if entry.undoes is not None}
        if not taken_back:
            done.append(JournalStep(step, step))
            undone.clear()
        elif (first := _drop(done, taken_back)) is not None:
            undone.append(JournalStep(step, first))
        elif (first := _drop(undone, taken_back)) is not None:
            done.append(JournalStep(step, first))
    return JournalSteps(tuple(done[-STEPS_MOST:]), tuple(undone[-STEPS_MOST:]))


def _drop(stack: list[JournalStep], entry_ids: set[int]) -> tuple[Entry, ...] | None:
    for place in range(len(stack) - 1, -1, -1):
        if any(entry.id in entry_ids for entry in stack[place].entries):
            return stack.pop(place).first
    return None
