"""Journal entries in words: for the journal, for Undo and Redo, for toasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.texts import filled
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.times import exactly
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind, Meaning
from izzitup_desktop.domain.statuses import STATUS_NAMES


def what_happened(entry: Entry) -> str:
    """The entry as a sentence without a subject: "E-Mail: Operational → Outage"."""
    name = entry.subject_name
    match entry.kind:
        case Kind.SERVICE_STATUS:
            before, after = (_status(side, "status") for side in (entry.before, entry.after))
            text = f"{name}: {before} → {after}"
            options = _options(entry.after)
            text = f"{text} ({options})" if options else text
        case Kind.SERVICE_OPTIONS:
            text = f"{name}: {_options(entry.after) or kind_word(entry.kind)}"
        case Kind.SERVICE_PROPOSED:
            text = f"{name}: {kind_word(entry.kind)} ({_status(entry.after, 'wish_status')})"
        case Kind.SERVICE_CONFIRMED if "times" in entry.before:
            since = exactly(datetime.fromisoformat(entry.before["since"]))
            words = filled(_tr("confirmed %1 times since %2"), entry.before["times"], since)
            text = f"{name}: {words}"
        case Kind.SERVICE_EDITED:
            fields = ", ".join(field_word(field) for field in entry.after)
            text = f"{name}: {kind_word(entry.kind)} ({fields})"
        case _:
            text = f"{name}: {kind_word(entry.kind)}" if name else kind_word(entry.kind)
    if entry.undoes is not None:
        return filled(_tr("%1, undoing entry %2"), text, entry.undoes)
    return text


def meaning_of(word: str) -> Meaning:
    """What is shown by a word like this, to search for it."""
    wanted = word.casefold()
    return Meaning(
        kinds=frozenset(kind for kind in Kind if wanted in kind_word(kind).casefold()),
        origins=frozenset(origin for origin in Origin if wanted in origin_word(origin).casefold()),
        statuses=frozenset(
            status for status in STATUS_NAMES if wanted in status_word(status).casefold()
        ),
        fields=frozenset(field for field in FIELDS if wanted in field_word(field).casefold()),
    )


def step_text(entries: Sequence[Entry]) -> str:
    """What a step did, as it stands in "Undo: …"."""
    first = entries[0]
    if len(entries) == 1:
        thing = first.subject_name
    elif first.kind.subject == "service":
        thing = filled(_tr("%1 services"), len({entry.subject_id for entry in entries}))
    else:
        thing = filled(_tr("%1 things"), len(entries))
    if any(entry.kind is not first.kind for entry in entries):
        return filled(_tr("change %1"), thing)
    return filled(_step_pattern(first), thing, _status(first.after, "status"))


FIELDS = (
    "name", "key", "description", "url", "check_url", "hidden", "group_id", "note",
    "stale_minutes", "status",
)  # fmt: skip
"""What has a word of its own."""


def kind_word(kind: Kind) -> str:
    """What happened to the thing, in a word or two."""
    return {
        Kind.SERVICE_ADDED: _tr("added"),
        Kind.SERVICE_EDITED: _tr("edited"),
        Kind.SERVICE_STATUS: _tr("status changed"),
        Kind.SERVICE_CONFIRMED: _tr("confirmed"),
        Kind.SERVICE_OPTIONS: _tr("options changed"),
        Kind.SERVICE_PROPOSED: _tr("a script proposed a status"),
        Kind.SERVICE_DUE: _tr("its time is over"),
        Kind.SERVICE_STALE: _tr("not confirmed in time"),
        Kind.SERVICE_MISTAKE: _tr("mistake marked or unmarked"),
        Kind.SERVICE_MOVED: _tr("moved"),
        Kind.SERVICE_REMOVED: _tr("deleted"),
        Kind.SERVICE_RESTORED: _tr("restored"),
        Kind.SERVICE_PURGED: _tr("deleted for good"),
        Kind.GROUP_ADDED: _tr("group added"),
        Kind.GROUP_EDITED: _tr("group renamed"),
        Kind.GROUP_MOVED: _tr("group moved"),
        Kind.GROUP_REMOVED: _tr("group deleted"),
        Kind.GROUP_ORDERED: _tr("put in order anew"),
        Kind.ACCOUNT_ADDED: _tr("account added"),
        Kind.ACCOUNT_EDITED: _tr("account edited"),
        Kind.ACCOUNT_PASSWORD: _tr("password set"),
        Kind.ACCESS_REFUSED: _tr("refused"),
        Kind.BOARD_CREATED: _tr("board made"),
        Kind.BOARD_RESTORED: _tr("board restored from a backup"),
        Kind.BOARD_IMPORTED: _tr("services imported"),
        Kind.JOURNAL_ARCHIVED: _tr("older entries moved into the archive"),
    }.get(kind, kind.value)


def origin_word(origin: Origin) -> str:
    """Where a change came from."""
    return {
        Origin.DESKTOP: _tr("window"),
        Origin.API: _tr("API"),
        Origin.CLI: _tr("command line"),
        Origin.SCHEDULE: _tr("schedule"),
    }.get(origin, origin.value)


def field_word(field: str) -> str:
    """A field of a service or an account."""
    return {
        "name": _tr("name"),
        "key": _tr("key"),
        "description": _tr("description"),
        "url": _tr("address"),
        "check_url": _tr("check address"),
        "hidden": _tr("hidden"),
        "group_id": _tr("group"),
        "note": _tr("note"),
        "stale_minutes": _tr("stale after"),
        "status": _tr("status"),
    }.get(field, field)


def _step_pattern(entry: Entry) -> str:
    match entry.kind:
        case Kind.SERVICE_STATUS:
            return _tr("set %1 to %2")
        case Kind.SERVICE_ADDED | Kind.GROUP_ADDED:
            return _tr("add %1")
        case Kind.SERVICE_EDITED | Kind.GROUP_EDITED:
            return _tr("edit %1")
        case Kind.SERVICE_REMOVED | Kind.GROUP_REMOVED:
            return _tr("delete %1")
        case Kind.SERVICE_RESTORED:
            return _tr("restore %1")
        case Kind.SERVICE_MOVED | Kind.GROUP_MOVED:
            return _tr("move %1")
        case Kind.SERVICE_OPTIONS if entry.after.get("held_by"):
            return _tr("hold %1")
        case Kind.SERVICE_OPTIONS if entry.before.get("held_by"):
            return _tr("release %1")
        case Kind.SERVICE_MISTAKE:
            return _tr("mark a mistake of %1")
        case _:
            return _tr("change %1")


def _options(fields: Mapping[str, Any]) -> str:
    parts = []
    if fields.get("until"):
        until = exactly(datetime.fromisoformat(fields["until"]))
        parts.append(filled(_tr("until %1"), until))
        if fields.get("until_status"):
            parts.append(filled(_tr("then %1"), _status(fields, "until_status")))
    elif "until" in fields:
        parts.append(_tr("for as long as it takes"))
    if fields.get("held_by"):
        parts.append(filled(_tr("held by %1"), fields["held_by"]))
    elif "held_by" in fields:
        parts.append(_tr("released"))
    return ", ".join(parts)


def _status(fields: Mapping[str, Any], field: str) -> str:
    status_id = fields.get(field)
    return status_word(int(status_id)) if status_id else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("journal", text)
