"""What a notice says of news: the words that a desk tells, and that the API says it would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from izzitup_desktop.domain.concepts import Notice, Vocabulary
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.news import Matter, StatusChange, changes_in, gather, matters
from izzitup_desktop.domain.statuses import SETTABLE, status_word

_NAMES_MOST = 5

GroupOf = Callable[[int], str]
"""What the group is called that a service is in, by the service's id; "" for none."""


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice in words: messages, so that each face puts them into its language."""

    title: str
    lines: tuple[str, ...]
    """What stands below the title."""

    @property
    def text(self) -> str:
        """All of it in English, a line each."""
        return "\n".join((self.title, *self.lines))


def of_changes(changes: Sequence[StatusChange], group_of: GroupOf) -> NoticeWords:
    """What is said of changes that are told together; there is one at least."""
    if len(changes) == 1:
        return _of_change(changes[0])
    counts = [
        msg("%1 %2", count, status_word(status))
        for status in reversed(SETTABLE)
        if (count := sum(1 for change in changes if change.after == status))
    ]
    groups = {group_of(change.service_id) for change in changes}
    group = groups.pop() if len(groups) == 1 else ""
    if group:
        text = msg("%1 services changed in %2", len(changes), group)
    else:
        text = msg("%1 services changed", len(changes))
    title = msg("%1: %2", text, listed(counts)) if counts else text
    return NoticeWords(title, (_names(changes),))


def of_matters(notice: Notice, found: Sequence[Matter]) -> NoticeWords:
    """What is said of matters of one kind that are told together; there is one at least."""
    if len(found) == 1:
        entry = found[0].entry
        return NoticeWords(notice.title(entry), (notice.body(entry),))
    return NoticeWords(notice.many(len(found)), (_names(found),))


def of_entries(
    entries: Iterable[Entry], vocabulary: Vocabulary, group_of: GroupOf
) -> tuple[NoticeWords, ...]:
    """What a desk says of these entries where nobody set it up otherwise; empty for nothing."""
    entries = tuple(entries)
    changed: dict[int, StatusChange] = {}
    gather(changed, (one for one in changes_in(entries) if one.after in SETTABLE))
    found = [of_changes(tuple(changed.values()), group_of)] if changed else []
    for kind, spec in vocabulary.specs.items():
        if spec.notifies and spec.notice is not None:
            waiting: dict[int, Matter] = {}
            gather(waiting, matters(entries, kind))
            if waiting:
                found.append(of_matters(spec.notice, tuple(waiting.values())))
    return tuple(found)


def _of_change(change: StatusChange) -> NoticeWords:
    title = msg("%1: %2", change.name, status_word(change.after))
    line = msg("Was %1. Set by %2.", status_word(change.before), change.actor)
    return NoticeWords(title, (line, change.comment) if change.comment else (line,))


def _names(news: Sequence[StatusChange | Matter]) -> str:
    names: list[str] = [one.name for one in news[:_NAMES_MOST]]
    if more := len(news) - len(names):
        names.append(msg("and %1 more", more))
    return listed(names)
