"""Rules for single values that are stored, whoever wrote them.

Each takes a field's name and its value, and raises `Invalid` where the value breaks it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from izzitup_desktop.domain import accounts, groups
from izzitup_desktop.domain.accounts import ACCOUNT_ROLES
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import checked_stale_minutes, checked_status
from izzitup_desktop.domain.statuses import FOR_SERVICES
from izzitup_desktop.domain.text import one_line

ID_MOST = 2**53
"""The largest id a board may have: far from where a database has no next one."""

COUNT_MOST = 2**30
"""The largest position and version: both can go on growing."""

YEAR_LEAST, YEAR_MOST = 1970, 3000
"""From and until when a board's times may be: any clock, and any zone's arithmetic."""

ACTOR_MOST = 256
"""Most characters of who acted: accounts and users of the operating system."""

Rule = Callable[[str, Any], None]
"""Raises `Invalid` where a field (its name, its value) breaks it."""


def assert_id(field: str, value: object) -> None:
    """Raise `Invalid` for what can't be the id of anything."""
    assert_between(field, value, 1, ID_MOST)


def assert_same(field: str, stored: object, checked: object) -> None:
    """Raise `Invalid` where the check that people's values pass would change what is stored."""
    if stored != checked:
        raise Invalid(field, msg("It has blanks at its ends."))


def assert_between(field: str, value: object, least: int, most: int) -> None:
    """Raise `Invalid` for anything but a whole number from `least` to `most`."""
    if type(value) is not int or not least <= value <= most:
        raise Invalid(field, msg("It is no number from %1 to %2.", least, most))


def assert_count(field: str, value: object) -> None:
    """Raise `Invalid` for what is no position or version."""
    assert_between(field, value, 0, COUNT_MOST)


def assert_status(field: str, value: object) -> None:
    """Raise `Invalid` for what no service can have as its status."""
    if type(value) is not int or value not in FOR_SERVICES:
        raise Invalid(field, msg("This is no status of a service."))


def assert_settable(field: str, value: object) -> None:
    """Raise `Invalid` for a status that nobody can set."""
    _number(field, value, checked_status)


def assert_flag(field: str, value: object) -> None:
    """Raise `Invalid` for what is neither true nor false."""
    if type(value) is not bool:
        raise Invalid(field, msg("It is neither yes nor no."))


def assert_text(field: str, value: object, *, most: int, required: bool = False) -> None:
    """Raise `Invalid` for what is no text of one line."""
    assert_same(field, value, one_line(field, text_of(field, value), most=most, required=required))


def assert_actor(field: str, value: object) -> None:
    """Raise `Invalid` for what is no name of who acts."""
    assert_text(field, value, most=ACTOR_MOST)


def text_of(field: str, value: object) -> str:
    """The value as a text. Raises `Invalid` for anything else."""
    if type(value) is not str:
        raise Invalid(field, msg("It is no text."))
    return value


def left_by(check: Callable[[str], str]) -> Rule:
    """The rule that `check`, which use cases call, leaves a text as it is."""
    return lambda field, value: assert_same(field, value, check(text_of(field, value)))


def optional(rule: Rule) -> Rule:
    """The rule for a field that may be nothing."""

    def checked(field: str, value: object) -> None:
        if value is not None:
            rule(field, value)

    return checked


def assert_role(field: str, value: object) -> None:
    """Raise `Invalid` for what is no role of an account."""
    if value not in ACCOUNT_ROLES:
        raise Invalid(field, msg("An account is an administrator, an editor or a viewer."))


def assert_time(field: str, value: object) -> None:
    """Raise `Invalid` for what is no time with a zone, as text."""
    try:
        found = datetime.fromisoformat(text_of(field, value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not YEAR_LEAST <= found.year < YEAR_MOST:
        raise Invalid(field, msg("This is no time."))


def assert_ids(field: str, value: object) -> None:
    """Raise `Invalid` for what is no list of ids."""
    if type(value) is not list:
        raise Invalid(field, msg("This is no list of ids."))
    for item in value:
        assert_id(field, item)


def assert_minutes(field: str, value: object) -> None:
    """Raise `Invalid` for minutes after which nothing can get stale."""
    _number(field, value, checked_stale_minutes)


def _number(field: str, value: object, check: Callable[[int], object]) -> None:
    """Ask `check`, which use cases call and which has another name for the field."""
    if type(value) is not int:
        raise Invalid(field, msg("It is no whole number."))
    try:
        check(value)
    except Invalid as error:
        raise Invalid(field, error.reason) from error


assert_group_name = left_by(groups.checked_name)
assert_account_name = left_by(accounts.checked_name)
