"""What must hold for everything that is stored, whoever wrote it.

Use cases check what people type; these ask the same rules of what a file says:
a database when it is opened, a backup before it is restored. Each raises `Invalid`
with the first field that breaks a rule.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from izzitup_desktop.domain import accounts, groups
from izzitup_desktop.domain.accounts import ACCOUNT_ROLES, Account, Origin, StoredAccount
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import say
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import (
    NAME_MOST,
    Service,
    ServiceDraft,
    checked_comment,
    checked_key,
    checked_stale_minutes,
    checked_status,
    checked_url,
)
from izzitup_desktop.domain.statuses import FOR_SERVICES
from izzitup_desktop.domain.text import many_lines, one_line

ID_MOST = 2**53
"""The largest id a board may have: far from where a database has no next one."""

COUNT_MOST = 2**30
"""The largest position and version: both can go on growing."""

YEAR_LEAST, YEAR_MOST = 1970, 3000
"""From and until when a board's times may be: any clock, and any zone's arithmetic."""

ACTOR_MOST = 256
"""Most characters of who acted: accounts and users of the operating system."""

ABOUT_MOST = 8_192
"""Most characters of what a board's entry is about: a file, an address."""

DETAILS_MOST = 1_000_000
"""Most characters of an entry's fields as JSON."""

_DEPTH_MOST = 8
_KIND = re.compile(r"[a-z][a-z_]{0,31}\.[a-z][a-z_]{0,31}")
_UID = re.compile(r"[0-9a-f]{32}")
_MISTAKE = re.compile(r"mistake [1-9][0-9]{0,18}")
_LARGEST = 2**63 - 1

Rule = Callable[[str, Any], None]
"""Raises `Invalid` where a field (its name, its value) breaks it."""


def assert_service(service: Service) -> None:
    """Raise `Invalid` for a service that no use case could have stored."""
    assert_id("id", service.id)
    draft = ServiceDraft.of(service)
    checked = draft.checked()
    for field in fields(ServiceDraft):
        _assert_same(field.name, getattr(draft, field.name), getattr(checked, field.name))
    _status("status_id", service.status_id)
    _optional(assert_id)("group_id", service.group_id)
    _count("position", service.position)
    _count("version", service.version)
    _actor("changed_by", service.changed_by)


def assert_expiry(expiry: Expiry) -> None:
    """Raise `Invalid` for an expiry that no use case could have stored."""
    _optional(_settable)("then", expiry.then)


def assert_hold(hold: Hold) -> None:
    """Raise `Invalid` for a hold that no use case could have stored."""
    _text("by", hold.by, most=ACTOR_MOST, required=True)


def assert_proposal(proposal: Proposal) -> None:
    """Raise `Invalid` for a proposal that no use case could have stored."""
    _settable("status_id", proposal.status_id)
    _actor("by", proposal.by)


def assert_group(group: Group) -> None:
    """Raise `Invalid` for a group that no use case could have stored."""
    assert_id("id", group.id)
    _group_name("name", group.name)
    _count("position", group.position)
    _count("version", group.version)


def assert_account(stored: StoredAccount) -> None:
    """Raise `Invalid` for an account that no use case could have stored."""
    account: Account = stored.account
    assert_id("id", account.id)
    _account_name("name", account.name)
    if not _UID.fullmatch(account.uid):
        raise Invalid("uid", say("This is no identity of an account."))
    _role("role", account.role)
    if accounts.bcrypt_part(stored.password_hash) is None:
        raise Invalid("password_hash", say("This is no password hash that can be checked."))
    _count("version", account.version)


def assert_entry(row: Mapping[str, Any]) -> None:
    """Raise `Invalid` for a journal row (by column) that can't be read or taken back.

    A kind that is not known may be a newer version's, and is taken.
    """
    assert_id("id", row["id"])
    kind, subject = row["kind"], row["subject"]
    if not _KIND.fullmatch(kind):
        raise Invalid("kind", say("This is no kind of entry."))
    if subject != kind.partition(".")[0]:
        raise Invalid("subject", say("It is not that of the entry's kind."))
    if row["origin"] not in list(Origin):
        raise Invalid("origin", say("Nothing comes from there."))
    _actor("actor", row["actor"])
    most = ABOUT_MOST if subject == "board" else NAME_MOST
    _text("subject_name", row["subject_name"], most=most)
    _assert_same("comment", row["comment"], checked_comment(row["comment"]))
    _optional(assert_id)("account_id", row["account_id"])
    _between("subject_id", row["subject_id"], 0, _LARGEST)
    _between("step", row["step"], 0, row["id"])
    if row["undoes"] is not None:
        _between("undoes", row["undoes"], 1, row["id"] - 1)
    before, after = _details("before", row["before"]), _details("after", row["after"])
    _assert_details(kind, before, after)


def assert_id(field: str, value: object) -> None:
    """Raise `Invalid` for what can't be the id of anything."""
    _between(field, value, 1, ID_MOST)


def _assert_same(field: str, stored: object, checked: object) -> None:
    if stored != checked:
        raise Invalid(field, say("It has blanks at its ends."))


def _between(field: str, value: object, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise Invalid(field, say("It is no number from %1 to %2.", least, most))


def _count(field: str, value: object) -> None:
    _between(field, value, 0, COUNT_MOST)


def _status(field: str, value: object) -> None:
    if type(value) is not int or value not in FOR_SERVICES:
        raise Invalid(field, say("This is no status of a service."))


def _settable(field: str, value: object) -> None:
    _number(field, value, checked_status)


def _flag(field: str, value: object) -> None:
    if type(value) is not bool:
        raise Invalid(field, say("It is neither yes nor no."))


def _text(field: str, value: object, *, most: int, required: bool = False) -> None:
    _assert_same(field, value, one_line(field, _string(field, value), most=most, required=required))


def _actor(field: str, value: object) -> None:
    _text(field, value, most=ACTOR_MOST)


def _string(field: str, value: object) -> str:
    if type(value) is not str:
        raise Invalid(field, say("It is no text."))
    return value


def _with(check: Callable[[str], str]) -> Rule:
    """The rule that `check`, which use cases call, leaves a text as it is."""
    return lambda field, value: _assert_same(field, value, check(_string(field, value)))


def _optional(rule: Rule) -> Rule:
    def optional(field: str, value: object) -> None:
        if value is not None:
            rule(field, value)

    return optional


def _role(field: str, value: object) -> None:
    if value not in ACCOUNT_ROLES:
        raise Invalid(field, say("An account is an administrator, an editor or a viewer."))


def _time(field: str, value: object) -> None:
    try:
        found = datetime.fromisoformat(_string(field, value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not YEAR_LEAST <= found.year < YEAR_MOST:
        raise Invalid(field, say("This is no time."))


def _ids(field: str, value: object) -> None:
    if type(value) is not list:
        raise Invalid(field, say("This is no list of ids."))
    for item in value:
        assert_id(field, item)


def _minutes(field: str, value: object) -> None:
    _number(field, value, checked_stale_minutes)


def _number(field: str, value: object, check: Callable[[int], object]) -> None:
    """Ask `check`, which use cases call and which has another name for the field."""
    if type(value) is not int:
        raise Invalid(field, say("It is no whole number."))
    try:
        check(value)
    except Invalid as error:
        raise Invalid(field, error.reason) from error


_group_name = _with(groups.checked_name)
_account_name = _with(accounts.checked_name)
_lines = _with(lambda text: many_lines("note", text, most=2_000))

_DRAFT_FIELDS: Mapping[str, Rule] = {
    "name": _with(lambda text: one_line("name", text, most=NAME_MOST, required=True)),
    "key": _with(checked_key),
    "description": _lines,
    "url": _with(lambda text: checked_url("url", text)),
    "check_url": _with(lambda text: checked_url("check_url", text)),
    "hidden": _flag,
    "group_id": _optional(assert_id),
    "note": _lines,
    "stale_minutes": _minutes,
}
_LAYER_FIELDS: Mapping[str, Rule] = {
    "until": _optional(_time),
    "until_status": _optional(_settable),
    "held_by": _actor,
}
_REMOVED: Mapping[str, Rule] = {"removed": _flag}
_ACCOUNT_FIELDS: Mapping[str, Rule] = {
    "name": _account_name,
    "role": _role,
    "active": _flag,
    "group_ids": _ids,
}
_PLACE: Mapping[str, Rule] = {"position": _count, "group_id": _optional(assert_id)}

_FIELDS: Mapping[Kind, Mapping[str, Rule]] = {
    Kind.SERVICE_ADDED: {**_DRAFT_FIELDS, **_REMOVED, "status": _status},
    Kind.SERVICE_EDITED: _DRAFT_FIELDS,
    Kind.SERVICE_STATUS: {**_LAYER_FIELDS, "status": _status},
    Kind.SERVICE_OPTIONS: _LAYER_FIELDS,
    Kind.SERVICE_MOVED: _PLACE,
    Kind.SERVICE_REMOVED: _REMOVED,
    Kind.SERVICE_RESTORED: {**_REMOVED, "group_id": _optional(assert_id)},
    Kind.SERVICE_PURGED: _DRAFT_FIELDS,
    Kind.SERVICE_PROPOSED: {"wish_status": _settable},
    Kind.GROUP_ADDED: {"name": _group_name, **_REMOVED},
    Kind.GROUP_EDITED: {"name": _group_name},
    Kind.GROUP_MOVED: _PLACE,
    Kind.GROUP_REMOVED: _REMOVED,
    Kind.ACCOUNT_ADDED: _ACCOUNT_FIELDS,
    Kind.ACCOUNT_EDITED: _ACCOUNT_FIELDS,
}
"""What the fields of an entry must be; others may be anything that is plain."""

_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.SERVICE_STATUS: ("status",),
    Kind.SERVICE_MOVED: ("position",),
    Kind.GROUP_EDITED: ("name",),
    Kind.GROUP_MOVED: ("position",),
}
"""What stands on both sides of an entry: without it nobody can take it back."""


def _details(column: str, text: str) -> dict[str, Any]:
    if not text:
        return {}
    if len(text) > DETAILS_MOST:
        raise Invalid(column, say("It has more than %1 characters.", DETAILS_MOST))
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        found = None
    if type(found) is not dict:
        raise Invalid(column, say("This is no JSON object."))
    _assert_plain(column, found, 0)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _assert_plain(column: str, value: object, depth: int) -> None:
    """Raise `Invalid` unless any database and any window can take the value."""
    if depth > _DEPTH_MOST:
        raise Invalid(column, say("It is nested too deeply."))
    if isinstance(value, str):
        many_lines(column, value, most=DETAILS_MOST)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        _between(column, value, -_LARGEST, _LARGEST)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise Invalid(column, say("This is no JSON object."))
    elif isinstance(value, dict):
        for name, item in value.items():
            _assert_plain(column, name, depth + 1)
            _assert_plain(column, item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _assert_plain(column, item, depth + 1)


def _assert_details(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    known = Kind(kind) if kind in list(Kind) else None
    if known is None:
        return
    rules = _FIELDS.get(known, {})
    for column, details in (("before", before), ("after", after)):
        for needed in _NEEDED.get(known, ()):
            if needed not in details:
                raise Invalid(column, say("It does not tell the %1.", needed))
        for name, value in details.items():
            if known is Kind.SERVICE_EDITED and name not in rules:
                raise Invalid(column, say("A service has no %1.", name))
            if name in rules:
                try:
                    rules[name](name, value)
                except Invalid as error:
                    raise Invalid(f"{column} {name}", error.reason) from error
    if known is Kind.SERVICE_MISTAKE and not _is_mistake(after):
        raise Invalid("after", say("It does not tell which entry was a mistake."))


def _is_mistake(after: Mapping[str, Any]) -> bool:
    return len(after) == 1 and all(
        _MISTAKE.fullmatch(name) and type(value) is bool for name, value in after.items()
    )
