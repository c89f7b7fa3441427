"""Journal entries in words: what happened, where it came from, and to which field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.messages import Message, say
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.statuses import status_word
from izzitup_desktop.text.times import exactly

_KINDS = {
    Kind.SERVICE_ADDED: say("added"),
    Kind.SERVICE_EDITED: say("edited"),
    Kind.SERVICE_STATUS: say("status changed"),
    Kind.SERVICE_CONFIRMED: say("confirmed"),
    Kind.SERVICE_TERMS: say("terms changed"),
    Kind.SERVICE_WISHED: say("a script’s wish was held back"),
    Kind.SERVICE_DUE: say("its time is over"),
    Kind.SERVICE_STALE: say("not confirmed in time"),
    Kind.SERVICE_MISTAKE: say("mistake marked or unmarked"),
    Kind.SERVICE_MOVED: say("moved"),
    Kind.SERVICE_REMOVED: say("deleted"),
    Kind.SERVICE_RESTORED: say("restored"),
    Kind.SERVICE_PURGED: say("deleted for good"),
    Kind.GROUP_ADDED: say("group added"),
    Kind.GROUP_EDITED: say("group renamed"),
    Kind.GROUP_MOVED: say("group moved"),
    Kind.GROUP_REMOVED: say("group deleted"),
    Kind.GROUP_ORDERED: say("put in order anew"),
    Kind.ACCOUNT_ADDED: say("account added"),
    Kind.ACCOUNT_EDITED: say("account edited"),
    Kind.ACCOUNT_PASSWORD: say("password set"),
    Kind.ACCESS_REFUSED: say("refused"),
    Kind.BOARD_CREATED: say("board made"),
    Kind.BOARD_RESTORED: say("board restored from a backup"),
    Kind.BOARD_IMPORTED: say("services imported"),
    Kind.JOURNAL_ARCHIVED: say("older entries moved into the archive"),
}
_ORIGINS = {
    Origin.DESKTOP: say("window"),
    Origin.API: say("API"),
    Origin.CLI: say("command line"),
    Origin.SCHEDULE: say("schedule"),
}
_FIELDS = {
    "name": say("name"),
    "key": say("key"),
    "description": say("description"),
    "url": say("address"),
    "check_url": say("check address"),
    "hidden": say("hidden"),
    "group_id": say("group"),
    "note": say("note"),
    "stale_minutes": say("stale after"),
    "status": say("status"),
}


def kind_word(kind: Kind) -> str:
    """What happened to the thing, in a word or two; of an unknown kind its name."""
    return _KINDS.get(kind, kind.value)


def origin_word(origin: Origin) -> str:
    """Where a change came from."""
    return _ORIGINS.get(origin, origin.value)


def field_word(field: str) -> str:
    """A field of a service or an account; one without a word by its name."""
    return _FIELDS.get(field, field)


def what_happened(catalogue: Catalogue, entry: Entry) -> str:
    """The entry as a sentence without a subject: "E-Mail: Operational -> Outage"."""
    text = catalogue.text(_what(catalogue, entry))
    if entry.subject_name:
        text = f"{entry.subject_name}: {text}"
    if entry.undoes is not None:
        return catalogue.text(say("%1, undoing entry %2", text, entry.undoes))
    return text


def _what(catalogue: Catalogue, entry: Entry) -> str:
    word = kind_word(entry.kind)
    match entry.kind:
        case Kind.SERVICE_STATUS:
            return say("%1 -> %2", _status(entry.before), _status(entry.after))
        case Kind.SERVICE_CONFIRMED if "times" in entry.before:
            since = exactly(catalogue.language, datetime.fromisoformat(entry.before["since"]))
            return say("confirmed %1 times since %2", entry.before["times"], since)
        case Kind.SERVICE_WISHED:
            return say("%1 (%2)", word, _status(entry.after, "wish_status"))
        case Kind.SERVICE_EDITED:
            fields = ", ".join(catalogue.text(field_word(field)) for field in entry.after)
            return say("%1 (%2)", word, fields)
        case _:
            return word


def _status(fields: Mapping[str, Any], field: str = "status") -> Message | str:
    status_id = fields.get(field)
    return status_word(int(status_id)) if status_id else "?"
