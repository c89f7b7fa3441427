"""What the board adds to a concept: how entries of its kinds are taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.concepts import Concept, Vocabulary
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.storage.transaction import Transaction

Reversal = Callable[[Transaction, Principal, Entry], None]
"""Takes an entry back, whose fields nobody changed since, and journals that with `undoes`.

It asks for the same permission as the change itself, and raises `Conflict` where
something else stands against it.
"""


@dataclass(frozen=True, slots=True)
class BoardConcept:
    """A concept with the reversals of its kinds.

    Raises ValueError unless each kind with a step, and no other, has its reversal.
    """

    concept: Concept
    reversals: Mapping[Kind, Reversal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        steps = {spec.kind for spec in self.concept.kinds if spec.step is not None}
        if steps != set(self.reversals):
            names = ", ".join(sorted(steps.symmetric_difference(self.reversals)))
            raise ValueError(f"a step without its reversal, or the other way round: {names}")


class Concepts:
    """The concepts of one board: the words of their kinds, and the reversals."""

    def __init__(self, concepts: Iterable[BoardConcept]) -> None:
        found = tuple(concepts)
        self.vocabulary = Vocabulary(one.concept for one in found)
        self.reversals: Mapping[Kind, Reversal] = {
            kind: reversal for one in found for kind, reversal in one.reversals.items()
        }
