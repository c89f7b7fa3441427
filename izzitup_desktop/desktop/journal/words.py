"""Journal entries in the user's words: for the journal, for Undo and Redo, for toasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from izzitup_desktop.desktop.words.origins import origin_word
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind, Meaning
from izzitup_desktop.domain.statuses import STATUS_NAMES, status_word

if TYPE_CHECKING:
    # Entries come with the board, after the first paint.
    from izzitup_desktop.domain.concepts import KindSpec, Vocabulary


@dataclass(frozen=True, slots=True)
class JournalWords:
    """The words of a vocabulary, in the language that the window has now."""

    vocabulary: Vocabulary

    def what_happened(self, entry: Entry) -> str:
        """The entry as a sentence without a subject: "E-Mail: Operational → Outage"."""
        return translated(self.vocabulary.what_happened(entry))

    def happened(self, entry: Entry) -> str:
        """The same without what it happened to."""
        return translated(self.vocabulary.happened(entry))

    def kind_word(self, kind: Kind) -> str:
        """What happened to the thing, in a word or two."""
        return translated(self.vocabulary.spec(kind).word)

    def step_text(self, entries: Sequence[Entry]) -> str:
        """What a step did, as it stands in "Undo: …"."""
        return translated(self.vocabulary.step(entries))

    def meaning_of(self, word: str) -> Meaning:
        """What is shown by a word like this, to search for it."""
        wanted = word.casefold()
        specs = self.vocabulary.specs
        fields = {kind: _fields_called(spec, wanted) for kind, spec in specs.items()}
        return Meaning(
            kinds=frozenset(kind for kind in specs if wanted in self.kind_word(kind).casefold()),
            known=frozenset(specs),
            origins=frozenset(
                origin for origin in Origin if wanted in origin_word(origin).casefold()
            ),
            statuses=frozenset(
                status
                for status in STATUS_NAMES
                if wanted in translated(status_word(status)).casefold()
            ),
            status_fields=self.vocabulary.status_fields,
            fields={kind: found for kind, found in fields.items() if found},
        )


def _fields_called(spec: KindSpec, wanted: str) -> frozenset[str]:
    if not spec.names_fields:
        return frozenset()
    words = {name: translated(field.word) for name, field in spec.fields.items()}
    return frozenset(name for name, word in words.items() if wanted in word.casefold())
