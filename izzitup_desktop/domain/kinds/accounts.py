"""Accounts: added, edited, their passwords set."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.domain.concepts import Concept, Field, Holds, KindSpec
from izzitup_desktop.domain.field_rules import (
    assert_account_name,
    assert_flag,
    assert_ids,
    assert_role,
)
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.journal_fields import is_flag, is_text
from izzitup_desktop.domain.messages import msg

ACCOUNT_ADDED = Kind("account.added")
ACCOUNT_EDITED = Kind("account.edited")
ACCOUNT_PASSWORD = Kind("account.password")

_FIELDS = {
    "name": Field(is_text, assert_account_name),
    "role": Field(rule=assert_role),
    "active": Field(is_flag, assert_flag),
    "group_ids": Field(rule=assert_ids, holds=Holds.THINGS, told_as="groups"),
}

ACCOUNTS = Concept(
    "account",
    (
        KindSpec(ACCOUNT_ADDED, msg("account added"), fields=_FIELDS),
        KindSpec(ACCOUNT_EDITED, msg("account edited"), fields=_FIELDS),
        KindSpec(ACCOUNT_PASSWORD, msg("password set")),
    ),
    title=msg("Accounts"),
    read_by=Action.ACCOUNT_LIST,
)
