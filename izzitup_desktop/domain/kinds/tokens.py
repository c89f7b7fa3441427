"""Tokens: made and revoked, about to end; what they are, and never their secrets.

None of it is taken back: who was given a token by mistake has seen it, so that it is revoked,
and one that was revoked may be in anybody's hands.
"""

from __future__ import annotations

from datetime import datetime

from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.domain.concepts import Concept, Field, Holds, KindSpec
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.field_rules import (
    assert_count,
    assert_id,
    assert_ids,
    assert_text,
    assert_time,
    optional,
    text_of,
)
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.journal_fields import is_number, is_text, is_time, or_none
from izzitup_desktop.domain.messages import listed, msg

TOKEN_ADDED = Kind("token.added")
TOKEN_REVOKED = Kind("token.revoked")
TOKEN_EXPIRING = Kind("token.expiring")

_OWNER_MOST = 100
_SCOPES_MOST = 32


def _assert_scopes(field: str, value: object) -> None:
    if type(value) is not list or len(value) > _SCOPES_MOST:
        raise Invalid(field, msg("These are no scopes of a token."))
    for word in value:
        assert_text(field, text_of(field, word), most=_SCOPES_MOST, required=True)


def _assert_owner(field: str, value: object) -> None:
    assert_text(field, value, most=_OWNER_MOST)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


_FIELDS = {
    "owner": Field(is_text, _assert_owner),
    "ending": Field(is_text, _assert_owner),
    "scopes": Field(_is_texts, _assert_scopes),
    "service_ids": Field(rule=optional(assert_ids), holds=Holds.THINGS, told_as="services"),
    "group_ids": Field(rule=optional(assert_ids), holds=Holds.THINGS, told_as="groups"),
    "expires": Field(or_none(is_time), optional(assert_time), holds=Holds.TIME),
}

_EXPIRING = {
    "owner": _FIELDS["owner"],
    "ending": _FIELDS["ending"],
    "expires": Field(is_time, assert_time, holds=Holds.TIME),
    # Which of `domain.tokens.WARNED_DAYS` it is.
    "days": Field(is_number, assert_count),
    "account_id": Field(
        or_none(is_number), optional(assert_id), holds=Holds.THING, told_as="account"
    ),
    "group_id": Field(or_none(is_number), optional(assert_id), holds=Holds.THING, told_as="group"),
}


def _added(entry: Entry) -> str:
    scopes = entry.after.get("scopes") or ["-"]
    return msg("token made for %1 (%2)", entry.after.get("owner", ""), listed(scopes))


def _expiring(entry: Entry) -> str:
    return msg("token ends %1", datetime.fromisoformat(entry.after["expires"]))


TOKENS = Concept(
    "token",
    (
        KindSpec(TOKEN_ADDED, msg("token made"), sentence=_added, fields=_FIELDS),
        KindSpec(TOKEN_REVOKED, msg("token revoked"), fields=_FIELDS),
        KindSpec(
            TOKEN_EXPIRING,
            msg("token ends soon"),
            sentence=_expiring,
            fields=_EXPIRING,
            needed_after=("expires", "days"),
            has_effect=False,
        ),
    ),
    title=msg("Tokens"),
    read_by=Action.ACCOUNT_LIST,
)
