"""What is exchanged: services and groups by name, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from izzitup_desktop.domain import groups
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import DRAFT_CHECKS, ServiceDraft, checked_status
from izzitup_desktop.domain.text import fold

FIELDS = (
    "key",
    "name",
    "group",
    "description",
    "url",
    "check_url",
    "status",
    "hidden",
    "note",
    "stale_minutes",
)
"""The fields of a service in a file, in the order in which they are written."""

ERRORS_MOST = 1_000
"""So many errors are told; nobody reads more, and reading ends with them."""

SERVICES_MOST = 20_000
"""Most services, and most groups, of one import."""

_FIELD_SHOWN_MOST = 60
_TEXT_SHOWN_MOST = 200

OLD_NAMES = {"help": "check_url"}
"""Names that a field had in earlier files, which are read still."""


@dataclass(frozen=True, slots=True)
class ExchangeService:
    """A service as a file tells of it; None is what the file does not tell.

    What is not told stays as it is on the board, and is the usual on a new service.
    `check_url` is the address that a check asks, `status` 5, 6 or 7, `group` a name
    ("" for none), `line` where it begins.
    """

    name: str
    key: str | None = None
    group: str | None = None
    description: str | None = None
    url: str | None = None
    check_url: str | None = None
    status: int | None = None
    hidden: bool | None = None
    note: str | None = None
    stale_minutes: int | None = None
    line: int | None = field(default=None, compare=False)

    def value_of(self, name: str) -> Any:
        """The value of one of `FIELDS`, None where it is not told."""
        return getattr(self, name)


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong: in which line (0: not known) and field ("": the whole line)."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """All of it in one sentence, which can be translated."""
        if self.line and self.field:
            return msg("line %1, %2: %3", self.line, self.field, self.reason)
        if self.line:
            return msg("line %1: %2", self.line, self.reason)
        return msg("%1: %2", self.field, self.reason) if self.field else self.reason


class Enough(Exception):
    """There are as many errors as are told; nothing more needs to be looked at."""


class Errors:
    """Collects what is wrong, `ERRORS_MOST` at most.

    `more` says that there was another one. `of` stands before each reason: what
    several errors in one line belong to.
    """

    def __init__(self) -> None:
        self.more = False
        self.of = ""
        self._found: list[LineError] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, line: int, field_name: str, reason: str) -> None:
        """Keep one error. Raises `Enough` for one too many."""
        if len(self._found) >= ERRORS_MOST:
            self.more = True
            raise Enough
        if self.of:
            reason = msg("%1: %2", shortened(self.of, _FIELD_SHOWN_MOST), reason)
        self._found.append(LineError(line, shortened(field_name, _FIELD_SHOWN_MOST), reason))

    def by_line(self) -> tuple[LineError, ...]:
        """All of them, in the order of their lines."""
        return tuple(sorted(self._found, key=lambda error: error.line))

    def in_order(self) -> tuple[LineError, ...]:
        """All of them, as they were found."""
        return tuple(self._found)


def shortened(text: str, most: int = _TEXT_SHOWN_MOST) -> str:
    """The beginning of a text that is shown in an error."""
    return text if len(text) <= most else text[:most] + "…"


def too_many(what: str) -> str:
    """Why more than `SERVICES_MOST` are not taken."""
    return msg("There are more than %1 %2. Split them into several imports.", SERVICES_MOST, what)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: services, groups in their order, and what could not be taken.

    With `more_errors` reading ended before the end, at the last of the errors.
    """

    services: tuple[ExchangeService, ...]
    groups: tuple[str, ...] = ()
    errors: tuple[LineError, ...] = ()
    more_errors: bool = False


class ChangeKind(StrEnum):
    """What an import does with one service."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


FieldChange = tuple[str, Any, Any]
"""A field of `FIELDS`, what it was (None: the service is new), what it becomes."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does with one service.

    `held_by` names the person whose hold keeps the status as it is, though the file
    has another one; "" where nothing is kept.
    """

    kind: ChangeKind
    line: int | None
    name: str
    fields: tuple[FieldChange, ...] = ()
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import does. With `errors` it does nothing at all."""

    changes: tuple[Change, ...]
    errors: tuple[LineError, ...] = ()
    groups_added: tuple[str, ...] = ()
    more_errors: bool = False
    """Whether there are more errors than these."""

    def count(self, kind: ChangeKind) -> int:
        """How many services are added, changed, or the same."""
        return sum(change.kind is kind for change in self.changes)


def checked_service(
    values: Mapping[str, object], line: int, errors: Errors
) -> ExchangeService | None:
    """The service of these values by field, None where they can't be taken.

    Every reason is added to `errors`: unknown fields, wrong types, broken rules.
    """
    count = len(errors)
    taken: dict[str, Any] = {}
    for named, value in values.items():
        name = OLD_NAMES.get(named, named)
        rule = _RULES.get(name)
        if rule is None:
            errors.add(line, named, msg("There is no such field."))
        elif name in taken:
            errors.add(line, named, msg("This field stands here twice."))
        elif type(value) is not rule[0]:
            kind = msg("5, 6 or 7") if name == "status" else _KINDS[rule[0]]
            errors.add(line, named, msg("This must be %1.", kind))
        else:
            try:
                taken[name] = rule[1](value)
            except Invalid as error:
                errors.add(line, named, error.reason)
    if "name" not in values:
        errors.add(line, "name", msg("The name is missing."))
    return ExchangeService(**taken, line=line) if len(errors) == count else None


class GroupNames:
    """The groups of a document, taken one by one."""

    def __init__(self, errors: Errors) -> None:
        self._errors = errors
        self._taken: dict[str, str] = {}

    def add(self, line: int, name: object) -> None:
        """Take a group's name; every reason against it is added to the errors."""
        if not isinstance(name, str):
            self._errors.add(line, "groups", msg("This must be %1.", _KINDS[str]))
            return
        try:
            checked = groups.checked_name(name)
        except Invalid as error:
            self._errors.add(line, "groups", error.reason)
            return
        if fold(checked) in self._taken:
            self._errors.add(line, "groups", msg("The group %1 stands here twice.", checked))
        self._taken.setdefault(fold(checked), checked)

    def all(self) -> tuple[str, ...]:
        """The names in their order."""
        return tuple(self._taken.values())


def assert_taken(document: Document) -> None:
    """Raise `Invalid` for the first value in `document` that no board can take."""
    if len(document.services) > SERVICES_MOST:
        raise Invalid("services", too_many(msg("services")))
    for name in document.groups:
        groups.checked_name(name)
    for service in document.services:
        for name in FIELDS:
            value = service.value_of(name)
            if value is not None:
                _RULES[name][1](value)


def add_duplicates(services: Iterable[ExchangeService], errors: Errors) -> None:
    """Add what stands twice: a key, or without a key a name within its group."""
    first: dict[tuple[str | None, ...], ExchangeService] = {}
    for service in services:
        if service.key:
            identity: tuple[str | None, ...] = (fold(service.key),)
        else:
            group = None if service.group is None else fold(service.group)
            identity = (fold(service.name), group)
        other = first.setdefault(identity, service)
        if other is not service:
            where = msg("line %1", other.line) if other.line else other.name
            if service.key:
                twice = msg("The key %1 is also that of %2.", service.key, where)
            else:
                twice = msg("Without a key, this service can't be told from %1.", where)
            errors.add(service.line or 0, "key" if service.key else "name", twice)


def _group(name: str) -> str:
    return groups.checked_name(name) if name.strip() else ""


_KINDS: dict[type, str] = {
    str: msg("text"),
    int: msg("a whole number"),
    bool: msg("true or false"),
}

_USUAL = ServiceDraft("-")
_RULES: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "group": (str, _group),
    "status": (int, lambda number: int(checked_status(number))),
    "hidden": (bool, bool),
    **{name: (type(getattr(_USUAL, name)), check) for name, check in DRAFT_CHECKS.items()},
}
