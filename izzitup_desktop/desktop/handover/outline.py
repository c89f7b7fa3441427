"""A handover in words: sections of blocks of lines, for the screen, paper and a chat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.board.memory import memory_lines
from izzitup_desktop.desktop.handover.summary import Block, Key, Summary
from izzitup_desktop.desktop.journal.words import JournalWords
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.desktop.words.comments import said_with, why
from izzitup_desktop.desktop.words.origins import actor_word, whence
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import in_short
from izzitup_desktop.domain.handovers import HandoverNote
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import counted
from izzitup_desktop.domain.services import Service

_SHOWN_MOST = 200
"""Of one thing's changes so many are listed; the journal has all."""


@dataclass(frozen=True)
class Changed:
    """How a thing changed: where from and to, how often, and how last."""

    way: str
    count: str
    """"" for a single change: there is nothing more to list."""
    last: str

    def __str__(self) -> str:
        return f"{self.way}{self.count}{self.last}"


@dataclass(frozen=True)
class Told:
    """A block in words: what it is about, how that stands, and lines below."""

    name: str
    text: str
    lines: tuple[str, ...]
    service_id: int = 0
    """0 for what is no service."""
    changed: Changed | None = None
    listed: tuple[str, ...] = ()
    """The changes one by one, where they are wanted."""
    key: Key | None = None


@dataclass(frozen=True)
class Section:
    """Blocks under a heading, or a word that there are none."""

    title: str
    blocks: tuple[Told, ...]
    none: str = ""


def outline(
    found: Summary, words: JournalWords, opened: Collection[Key] = frozenset()
) -> tuple[Section, ...]:
    """The summary in words; the changes of what is `opened` are listed one by one."""
    return _Outline(found, words, opened).sections()


class _Outline:
    def __init__(self, found: Summary, words: JournalWords, opened: Collection[Key]) -> None:
        self._found, self._words, self._opened = found, words, opened

    def sections(self) -> tuple[Section, ...]:
        found = self._found
        sections = [
            Section(_tr("Not operational now"), self._blocks(found.bad, self._service),
                    _tr("Everything is operational.")),
            Section(_tr("Held, set for a time or not confirmed"),
                    self._blocks(found.watched, self._service), _tr("Nothing.")),
            Section(_tr("Changed, and operational"), self._blocks(found.changed, self._service),
                    _tr("None.")),
            Section(_tr("What else happened"), self._blocks(found.others, self._other),
                    _tr("Nothing.")),
        ]  # fmt: skip
        if found.notes:
            notes = Section(_tr("From shift to shift"), tuple(map(_note, found.notes)))
            sections.insert(0, notes)
        return tuple(sections)

    def _blocks(self, blocks: Sequence[Block], tell: Callable[[Block], Told]) -> tuple[Told, ...]:
        return tuple(tell(block) for block in blocks)

    def _service(self, block: Block) -> Told:
        service = block.service
        assert service is not None
        since = in_short(service.since)
        text = f"{status_word(service.status_id)}, {since}, {actor_word(service.changed_by)}"
        return self._with_changes(
            Told(block.name, text, _lines(service), service.id, key=block.key), block
        )

    def _other(self, block: Block) -> Told:
        service_id = block.service.id if block.service is not None else 0
        return self._with_changes(Told(block.name, "", (), service_id, key=block.key), block)

    def _with_changes(self, told: Told, block: Block) -> Told:
        if not block.changes:
            return told
        opened = block.key in self._opened
        shown = block.changes[-_SHOWN_MOST:] if opened else ()
        listed = [f"{in_short(entry.time)}  {self._change(entry)}" for entry in shown]
        if opened and len(shown) < len(block.changes):
            listed.insert(0, _tr("Older ones are in the journal."))
        return Told(
            told.name,
            told.text,
            told.lines,
            told.service_id,
            self._changes(block),
            tuple(listed),
            block.key,
        )

    def _changes(self, block: Block) -> Changed:
        last, count = block.changes[-1], len(block.changes)
        mistakes = sum(entry.id in self._found.mistakes for entry in block.changes)
        when = in_short(last.time)
        # The comment that holds now stands above.
        above = "" if block.service is None else block.service.comment
        change = self._change(last, said=above)
        if count == 1:
            return Changed("", "", f"{when}  {change}")
        text = translated(counted("%1 change", "%1 changes", count))
        if mistakes:
            marked = counted("%1 of them a mistake", "%1 of them mistakes", mistakes)
            text = f"{text} ({translated(marked)})"
        way = ""
        if block.way is not None and block.way[0] != block.way[1]:
            before, after = map(status_word, block.way)
            way = f"{before} → {after}: "
        return Changed(way, text, filled(_tr(", last %1  %2"), when, change))

    def _change(self, entry: Entry, said: str = "") -> str:
        comment = f"  {said_with(entry)}" if entry.comment not in ("", said) else ""
        text = f"{self._words.happened(entry)}, {whence(entry)}{comment}"
        if entry.id in self._found.mistakes:
            return filled(_tr("%1 (marked as a mistake)"), text)
        return text


def _lines(service: Service) -> tuple[str, ...]:
    """Why it is so, what its status remembers, and its note."""
    said = [line for line in (why(service),) if line]
    return (*said, *memory_lines(service), *service.note.splitlines())


def _note(note: HandoverNote) -> Told:
    lines: list[str] = []
    for head, text in ((_tr("Done:"), note.done), (_tr("Open:"), note.open)):
        if text:
            first, *more = text.splitlines()
            lines += [f"{head} {first}", *more]
    return Told(actor_word(note.actor), in_short(note.time), tuple(lines))


def _tr(text: str) -> str:
    return QCoreApplication.translate("handover", text)
