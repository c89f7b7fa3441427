"""Handover: what one shift writes for the next."""

from __future__ import annotations

from izzitup_desktop.domain.concepts import Concept, Field, KindSpec
from izzitup_desktop.domain.field_rules import text_of
from izzitup_desktop.domain.handovers import checked_lines
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.journal_fields import is_text
from izzitup_desktop.domain.messages import msg

HANDOVER_WRITTEN = Kind("handover.written")
HANDOVER_WITHDRAWN = Kind("handover.withdrawn")

DONE, OPEN = "done", "open"


def _assert_lines(field: str, value: object) -> None:
    checked_lines(field, text_of(field, value))


_LINES = {
    DONE: Field(is_text, _assert_lines, msg("what I did")),
    OPEN: Field(is_text, _assert_lines, msg("what is open")),
}

HANDOVERS = Concept(
    "handover",
    (
        KindSpec(
            HANDOVER_WRITTEN,
            msg("written for the next shift"),
            step=lambda _entry, _thing: msg("write for the next shift"),
            fields=_LINES,
            needed_after=(DONE, OPEN),
            handed_over=False,
        ),
        KindSpec(
            HANDOVER_WITHDRAWN,
            msg("withdrawn what was written for the next shift"),
            step=lambda _entry, _thing: msg("withdraw what was written for the next shift"),
            fields=_LINES,
            needed_before=(DONE, OPEN),
            handed_over=False,
        ),
    ),
    title=msg("Handover"),
)
