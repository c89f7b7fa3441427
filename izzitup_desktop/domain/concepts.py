"""What a concept tells the core of its kinds of entries, each once and in one place.

How an entry reads in words, what its fields are, what it stands against, whether it
is public, and whether it is told outside the window. How it is taken back is the
board's part (`board.concepts`). A kind that no concept has is carried: it reads by its
name, and may have touched anything that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.field_rules import Rule
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.messages import listed, msg

Words = Callable[[Entry], str]
"""What an entry says: a `Message`, so that each face puts it in its language."""

Details = Mapping[str, Any]
"""The `before` or the `after` of an entry."""

NAME_MOST = 8_192
"""Most characters of what an entry of a kind that we don't know is about."""


def anything(_value: object) -> bool:
    """Whether a reader can take it: always."""
    return True


class Holds(Enum):
    """What a field's value is, for those who are told more than the value."""

    ANYTHING = auto()
    """A text, a number, yes or no: told as it is."""
    STATUS = auto()
    """The id of a status."""
    PROPOSAL = auto()
    """The id of a status that was proposed."""
    TIME = auto()
    """A time with its zone, as text."""
    THING = auto()
    """The id of a thing."""
    THINGS = auto()
    """The ids of things."""
    HOLDER = auto()
    """Who holds something, "" for nobody."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of `before` and `after`.

    `reads` says whether a reader can take the value: an entry that fails it is left
    out. `rule` is stricter: what a file from elsewhere must keep to.
    """

    reads: Callable[[Any], bool] = anything
    rule: Rule | None = None
    word: str = ""
    """What people call it; "" is its name."""
    holds: Holds = Holds.ANYTHING
    told_as: str = ""
    """What programs elsewhere know it by, "" for its name (`domain.told_fields`)."""

    @property
    def is_status(self) -> bool:
        """Whether the value is the id of a status."""
        return self.holds in (Holds.STATUS, Holds.PROPOSAL)


@dataclass(frozen=True, slots=True)
class Notice:
    """How an entry that waits for somebody is told outside the window."""

    title: Words
    body: Words
    many: Callable[[int], str]
    """The title of several."""
    icon: str
    """An icon of the theme, by its name."""


@dataclass(frozen=True, slots=True)
class KindSpec:
    """All that is known of one kind.

    `word` says in a word or two what happened; `sentence` all of it, without the
    subject's name. Of a kind with a `step` (an entry and what it is about -> "set %1 to
    %2") entries can be taken back; the board has how.
    """

    kind: Kind
    word: str
    sentence: Words | None = None
    names_fields: bool = False
    """Whether `word` is followed by what the changed fields are called."""
    step: Callable[[Entry, str], str] | None = None

    fields: Mapping[str, Field] = field(default_factory=dict)
    about_entry: str = ""
    """What the name of a field begins with that ends in the id of the entry it is about."""
    needed_before: tuple[str, ...] = ()
    needed_after: tuple[str, ...] = ()
    check: Callable[[Details, Details], None] | None = None
    """More that `before` and `after` must be: raises ValueError."""
    no_others: bool = False
    """Whether a file from elsewhere may have no other fields than `fields`."""

    has_effect: bool = True
    """Whether it can stand against taking back what happened before it."""
    touches: frozenset[str] | None = None
    """The fields that it can have changed, as other kinds have them; None: any."""
    is_begin: bool = False
    """Whether the thing began with it: whatever has an effect since stands against it."""

    public: bool = False
    """Whether it may be told to everybody, of what everybody sees."""
    handed_over: bool = True
    """Whether the next shift should hear of it."""
    notifies: bool = False
    """Whether it is told outside the window, and counted until somebody looked."""
    notice: Notice | None = None
    """How it is told, of a kind that waits for somebody."""

    def field_word(self, name: str) -> str:
        """What people call a field; its name where it has no other."""
        known = self.fields.get(name)
        return known.word if known is not None and known.word else name


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept and its kinds.

    `name` is the part before the dot of kinds that are about it; a concept without a
    `title` adds kinds to what another one is about.
    """

    name: str
    kinds: tuple[KindSpec, ...]
    title: str = ""
    many: Callable[[int], str] | None = None
    """So many of them, in words."""
    read_by: Action = Action.JOURNAL_READ
    """Who may read entries about it."""
    name_most: int = 200
    """Most characters of what an entry about it is called."""
    named: Callable[[str], str] | None = None
    """What an entry about it is called, in words, where that is no name."""


class Vocabulary:
    """The kinds of some concepts, to look up. Raises ValueError for one that two have."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._concepts = {concept.name: concept for concept in self.concepts if concept.title}
        found: dict[Kind, KindSpec] = {}
        for spec in (spec for concept in self.concepts for spec in concept.kinds):
            if spec.kind in found:
                raise ValueError(f"two concepts have the kind {spec.kind}")
            found[spec.kind] = spec
        self.specs: Mapping[Kind, KindSpec] = MappingProxyType(found)
        self.status_fields = frozenset(
            name for spec in found.values() for name, one in spec.fields.items() if one.is_status
        )

    def spec(self, kind: Kind) -> KindSpec:
        """What is known of the kind; of one that nobody has, its name."""
        return self.specs.get(kind) or KindSpec(kind, kind.value)

    def kinds(self, wanted: Callable[[KindSpec], object]) -> frozenset[Kind]:
        """The kinds of which that is true."""
        return frozenset(kind for kind, spec in self.specs.items() if wanted(spec))

    def hidden_from(self, principal: Principal) -> frozenset[str]:
        """The subjects whose entries the principal may not read."""
        return frozenset(one.name for one in self.concepts if not allowed(principal, one.read_by))

    def name_most(self, subject: str) -> int:
        """Most characters of what an entry of this `subject` is called."""
        concept = self._concepts.get(subject)
        return NAME_MOST if concept is None else concept.name_most

    # Words

    def happened(self, entry: Entry) -> str:
        """What happened, without what it happened to: "Operational → Outage"."""
        spec = self.spec(entry.kind)
        if spec.sentence is not None:
            text = spec.sentence(entry)
        elif spec.names_fields and entry.after:
            names = [spec.field_word(name) for name in entry.after]
            text = msg("%1 (%2)", spec.word, listed(names))
        else:
            text = spec.word
        return text if entry.undoes is None else msg("%1, undone by %2", text, entry.actor)

    def what_happened(self, entry: Entry) -> str:
        """What happened to what: "E-Mail: Operational → Outage"."""
        text, name = self.happened(entry), entry.subject_name
        if not name:
            return text
        concept = self._concepts.get(entry.kind.subject)
        named = concept.named(name) if concept is not None and concept.named else name
        return msg("%1: %2", named, text)

    def step(self, entries: Sequence[Entry]) -> str:
        """What one step did, as it stands in "Undo: …"."""
        first = entries[0]
        count = len({entry.subject_id for entry in entries})
        concept = self._concepts.get(first.kind.subject)
        if len(entries) == 1:
            thing = first.subject_name
        elif concept is not None and concept.many is not None:
            thing = concept.many(count)
        else:
            thing = msg("%1 things", len(entries))
        step = self.spec(first.kind).step
        if step is None or any(entry.kind != first.kind for entry in entries):
            return msg("change %1", thing)
        return step(first, thing)

    def is_reversible(self, kind: Kind) -> bool:
        """Whether entries of the kind can be taken back."""
        return self.spec(kind).step is not None

    # Fields

    def check(self, kind: Kind, before: Details, after: Details) -> None:
        """Raise ValueError where a reader of `kind` would not find what it needs.

        Fields that we don't know are a newer version's, and fine.
        """
        spec = self.specs.get(kind)
        if spec is None:
            return
        sides = ((before, spec.needed_before), (after, spec.needed_after))
        for side, needed in sides:
            for name in needed:
                if name not in side:
                    raise ValueError(f"{kind} has no {name}")
            for name, value in side.items():
                known = spec.fields.get(name)
                if known is not None and not known.reads(value):
                    raise ValueError(f"{value!r:.80} is no {name}")
        if spec.check is not None:
            spec.check(before, after)

    def assert_rules(self, kind: Kind, before: Details, after: Details) -> None:
        """Raise `Invalid` for fields that a file from elsewhere must not have.

        They are such as no use case stores, or could not be taken back.
        """
        spec = self.specs.get(kind)
        if spec is None:
            return
        for column, details, needed in (
            ("before", before, spec.needed_before),
            ("after", after, spec.needed_after),
        ):
            for name in needed:
                if name not in details:
                    raise Invalid(column, msg("It does not tell the %1.", name))
            for name, value in details.items():
                self._assert_rule(spec, column, name, value)
        if spec.check is not None:
            try:
                spec.check(before, after)
            except ValueError as error:
                raise Invalid("after", error.args[0]) from error

    def _assert_rule(self, spec: KindSpec, column: str, name: str, value: object) -> None:
        known = spec.fields.get(name)
        if known is None and spec.no_others:
            raise Invalid(column, msg("It has no field %1.", name))
        if known is None or known.rule is None:
            return
        try:
            known.rule(name, value)
        except Invalid as error:
            raise Invalid(f"{column} {name}", error.reason) from error
