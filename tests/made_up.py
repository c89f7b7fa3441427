"""Concepts that only the tests have: events, and blessings of services."""

from __future__ import annotations

from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.core import authorize
from izzitup_desktop.board.reversals import CONCEPTS
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.concepts import Concept, Field, KindSpec, Notice
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.field_rules import text_of
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.journal_fields import is_text
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.storage.transaction import Transaction

EVENT_RENAMED = Kind("event.renamed")
EVENT_COMMENT = Kind("event.comment")
SERVICE_BLESSED = Kind("service.blessed")


def _short(field: str, value: object) -> None:
    if len(text_of(field, value)) > 10:
        raise Invalid(field, msg("It is too long."))


_TITLE = {"title": Field(is_text, _short, "the title")}

EVENTS = Concept(
    "event",
    (
        KindSpec(
            EVENT_RENAMED,
            "renamed",
            lambda entry: msg("renamed from %1 to %2", entry.before["title"], entry.after["title"]),
            step=lambda _entry, thing: msg("rename %1", thing),
            fields=_TITLE,
            needed_before=("title",),
            needed_after=("title",),
            touches=frozenset({"title"}),
        ),
        KindSpec(
            EVENT_COMMENT,
            "commented on",
            has_effect=False,
            notifies=True,
            notice=Notice(
                lambda entry: msg("%1 has a comment", entry.subject_name),
                lambda entry: entry.comment,
                lambda count: msg("%1 comments", count),
                "journal",
            ),
        ),
    ),
    title="Events",
    many=lambda count: msg("%1 events", count),
)

BLESSINGS = Concept(
    "blessing",
    (
        KindSpec(
            SERVICE_BLESSED,
            "blessed",
            names_fields=True,
            step=lambda _entry, thing: msg("bless %1", thing),
            fields={"blessing": Field(is_text, word="the blessing")},
            touches=frozenset({"blessing"}),
        ),
    ),
)


def _undo_renamed(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    authorize(transaction, principal, Action.GROUP_EDIT)
    transaction.record(
        principal, EVENT_RENAMED, entry.subject_id, entry.subject_name,
        before=entry.after, after=entry.before, undoes=entry.id,
    )  # fmt: skip


def _undo_blessed(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    authorize(transaction, principal, Action.SERVICE_EDIT)
    transaction.record(
        principal, SERVICE_BLESSED, entry.subject_id, entry.subject_name,
        before=entry.after, after=entry.before, undoes=entry.id,
    )  # fmt: skip


MADE_UP = (
    *CONCEPTS,
    BoardConcept(EVENTS, {EVENT_RENAMED: _undo_renamed}),
    BoardConcept(BLESSINGS, {SERVICE_BLESSED: _undo_blessed}),
)
"""This version's concepts and those of the tests."""
