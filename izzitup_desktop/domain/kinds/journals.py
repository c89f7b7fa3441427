"""The journal itself: older entries moved into the archive."""

from __future__ import annotations

from izzitup_desktop.domain.concepts import Concept, Field, KindSpec
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.journal_fields import is_number, is_text
from izzitup_desktop.domain.messages import msg

JOURNAL_ARCHIVED = Kind("journal.archived")

JOURNALS = Concept(
    "journal",
    (
        KindSpec(
            JOURNAL_ARCHIVED,
            msg("older entries moved into the archive"),
            fields={
                "until_id": Field(is_number),
                "count": Field(is_number),
                "file": Field(is_text),
            },
            needed_after=("until_id", "count"),
            handed_over=False,
        ),
    ),
    title=msg("Journal"),
)
