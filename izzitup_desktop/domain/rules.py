"""What must hold for everything that is stored, whoever wrote it.

Use cases check what people type; these ask the same rules of what a file says:
a database when it is opened, a backup before it is restored. Each raises `Invalid`
with the first field that breaks a rule.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from izzitup_desktop.domain.accounts import Account, Origin, StoredAccount, bcrypt_part
from izzitup_desktop.domain.comments import checked_comment
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.field_rules import (
    ACTOR_MOST,
    assert_account_name,
    assert_actor,
    assert_between,
    assert_count,
    assert_flag,
    assert_group_name,
    assert_id,
    assert_role,
    assert_same,
    assert_settable,
    assert_status,
    assert_text,
    optional,
)
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import DRAFT_CHECKS, Service
from izzitup_desktop.domain.text import many_lines
from izzitup_desktop.domain.tokens import (
    ADDRESS_MOST,
    ROUTE_MOST,
    StoredToken,
    checked_name as checked_token_name,
)

DETAILS_MOST = 1_000_000
"""Most characters of an entry's fields as JSON."""

_DEPTH_MOST = 8
_KIND = re.compile(r"[a-z][a-z_]{0,31}\.[a-z][a-z_]{0,31}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENDING = re.compile(r"[0-9A-Za-z]{4}")
_SCOPES = re.compile(r"[a-z_]{1,32}( [a-z_]{1,32}){0,31}")
_UID = re.compile(r"[0-9a-f]{32}")
_ID_OR_NONE = optional(assert_id)
_SETTABLE_OR_NONE = optional(assert_settable)
_LARGEST = 2**63 - 1


def assert_service(service: Service) -> None:
    """Raise `Invalid` for a service that no use case could have stored."""
    assert_id("id", service.id)
    for field, check in DRAFT_CHECKS.items():
        value = getattr(service, field)
        # What is empty is in order but for a name, and most of most services is.
        if value or field == "name":
            assert_same(field, value, check(value))
    assert_status("status_id", service.status_id)
    _ID_OR_NONE("group_id", service.group_id)
    assert_count("position", service.position)
    assert_count("version", service.version)
    assert_actor("changed_by", service.changed_by)
    if service.comment:
        assert_same("comment", service.comment, checked_comment(service.comment))
    assert_flag("comment_public", service.comment_public)


def assert_expiry(expiry: Expiry) -> None:
    """Raise `Invalid` for an expiry that no use case could have stored."""
    _SETTABLE_OR_NONE("then", expiry.then)


def assert_hold(hold: Hold) -> None:
    """Raise `Invalid` for a hold that no use case could have stored."""
    assert_text("by", hold.by, most=ACTOR_MOST, required=True)


def assert_proposal(proposal: Proposal) -> None:
    """Raise `Invalid` for a proposal that no use case could have stored."""
    assert_settable("status_id", proposal.status_id)
    assert_actor("by", proposal.by)


def assert_group(group: Group) -> None:
    """Raise `Invalid` for a group that no use case could have stored."""
    assert_id("id", group.id)
    assert_group_name("name", group.name)
    assert_count("position", group.position)
    assert_count("version", group.version)


def assert_account(stored: StoredAccount) -> None:
    """Raise `Invalid` for an account that no use case could have stored."""
    account: Account = stored.account
    assert_id("id", account.id)
    assert_account_name("name", account.name)
    if not _UID.fullmatch(account.uid):
        raise Invalid("uid", msg("This is no identity of an account."))
    assert_role("role", account.role)
    if bcrypt_part(stored.password_hash) is None:
        raise Invalid("password_hash", msg("This is no password hash that can be checked."))
    assert_count("version", account.version)


def assert_token(stored: StoredToken, scopes: str) -> None:
    """Raise `Invalid` for a token that no use case could have stored.

    `scopes` are its scopes as they are stored: those of a newer version are taken.
    """
    token = stored.token
    assert_id("id", token.id)
    assert_same("name", token.name, checked_token_name(token.name))
    if not _DIGEST.fullmatch(stored.digest):
        raise Invalid("digest", msg("This is no digest of a token."))
    if not _ENDING.fullmatch(token.ending):
        raise Invalid("ending", msg("This is no end of a token."))
    if not _SCOPES.fullmatch(scopes):
        raise Invalid("scopes", msg("These are no scopes of a token."))
    assert_actor("created_by", token.created_by)
    if token.last_use is not None:
        assert_text("used_address", token.last_use.address, most=ADDRESS_MOST)
        assert_text("used_route", token.last_use.route, most=ROUTE_MOST)


def assert_entry(row: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    """Raise `Invalid` for a journal row (by column) that can't be read or taken back.

    A kind that is not known may be a newer version's, and is taken.
    """
    assert_id("id", row["id"])
    kind, subject = row["kind"], row["subject"]
    if not _KIND.fullmatch(kind):
        raise Invalid("kind", msg("This is no kind of entry."))
    if subject != kind.partition(".")[0]:
        raise Invalid("subject", msg("It is not that of the entry's kind."))
    if row["origin"] not in list(Origin):
        raise Invalid("origin", msg("Nothing comes from there."))
    assert_actor("actor", row["actor"])
    assert_text("subject_name", row["subject_name"], most=vocabulary.name_most(subject))
    assert_same("comment", row["comment"], checked_comment(row["comment"]))
    optional(assert_id)("account_id", row["account_id"])
    assert_between("subject_id", row["subject_id"], 0, _LARGEST)
    assert_between("step", row["step"], 0, row["id"])
    if row["undoes"] is not None:
        assert_between("undoes", row["undoes"], 1, row["id"] - 1)
    before, after = _details("before", row["before"]), _details("after", row["after"])
    vocabulary.assert_rules(Kind(kind), before, after)


def _details(column: str, text: str) -> dict[str, Any]:
    if not text:
        return {}
    if len(text) > DETAILS_MOST:
        raise Invalid(column, msg("It has more than %1 characters.", DETAILS_MOST))
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        found = None
    if type(found) is not dict:
        raise Invalid(column, msg("This is no JSON object."))
    _assert_plain(column, found, 0)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _assert_plain(column: str, value: object, depth: int) -> None:
    """Raise `Invalid` unless any database and any window can take the value."""
    if depth > _DEPTH_MOST:
        raise Invalid(column, msg("It is nested too deeply."))
    if isinstance(value, str):
        many_lines(column, value, most=DETAILS_MOST)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        assert_between(column, value, -_LARGEST, _LARGEST)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise Invalid(column, msg("This is no JSON object."))
    elif isinstance(value, dict):
        for name, item in value.items():
            _assert_plain(column, name, depth + 1)
            _assert_plain(column, item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _assert_plain(column, item, depth + 1)
