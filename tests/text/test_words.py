"""Statuses, roles, kinds, times and numbers in words, without Qt."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from izzitup_desktop.domain.accounts import Action, Origin, Role
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED, action_word
from izzitup_desktop.domain.kinds.journals import JOURNAL_ARCHIVED
from izzitup_desktop.domain.kinds.services import SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import (
    SERVICE_CONFIRMED,
    SERVICE_MISTAKE,
    SERVICE_STATUS,
)
from izzitup_desktop.domain.messages import Message, counted
from izzitup_desktop.domain.statuses import FOR_SERVICES, STATUS_NAMES, status_word
from izzitup_desktop.text import numbers, origins, roles, statuses, times
from izzitup_desktop.text.catalogue import Catalogue

NOON = datetime(2026, 1, 31, 12, 5, 9, tzinfo=UTC)
ENGLISH, GERMAN = Catalogue("en"), Catalogue("de")


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


def entry(kind: Kind, **fields: object) -> Entry:
    values = {
        "id": 7, "time": NOON, "actor": "alice", "account_id": 1, "origin": Origin.API, "kind": kind,
        "subject_id": 1, "subject_name": "E-Mail", "before": {}, "after": {}, "comment": "",
    }  # fmt: skip
    return Entry(**{**values, **fields})  # type: ignore[arg-type]


def said(catalogue: Catalogue, told: Entry) -> str:
    return catalogue.text(VOCABULARY.what_happened(told))


def test_every_status_role_kind_and_origin_has_a_word_that_is_translated() -> None:
    assert [str(status_word(id_)) for id_ in STATUS_NAMES] == list(STATUS_NAMES.values())
    kinds = [spec.word for spec in VOCABULARY.specs.values()]
    words = [
        *map(status_word, FOR_SERVICES), statuses.span_word(0),
        *map(roles.role_word, Role), *map(roles.role_noun, Role),
        *kinds, *map(origins.origin_word, Origin),
    ]  # fmt: skip
    for word in words:
        assert isinstance(word, Message)
        assert GERMAN.found(word) or word in {"Administrator", "API"}, word


def test_what_somebody_was_refused_is_said_in_words() -> None:
    words = [action_word(action.value) for action in Action]
    assert len(set(words)) == len(Action)
    for word in words:
        assert GERMAN.found(word), word
    refused = entry(ACCESS_REFUSED, subject_name="service.set_status")
    assert said(ENGLISH, refused) == "set a status: refused"
    newer = entry(ACCESS_REFUSED, subject_name="event.open")
    assert said(ENGLISH, newer) == "event.open: refused"


def test_a_mistake_says_which_entry_it_is_and_whether() -> None:
    marked = entry(SERVICE_MISTAKE, after={"mistake 12": True})
    assert said(ENGLISH, marked) == "E-Mail: entry 12 marked as a mistake"
    assert said(GERMAN, marked) == "E-Mail: Eintrag 12 als Irrtum gekennzeichnet"
    counted_again = entry(SERVICE_MISTAKE, after={"mistake 12": False})
    assert said(ENGLISH, counted_again) == "E-Mail: entry 12 is no mistake any more"


def test_what_happens_by_itself_is_said_once_and_in_the_language() -> None:
    assert origins.whence("erin", Origin.DESKTOP) == "erin (window)"
    assert origins.whence("schedule", Origin.SCHEDULE) == "by schedule"
    assert GERMAN.text(origins.whence("schedule", Origin.SCHEDULE)) == "nach Zeitplan"
    assert GERMAN.text(origins.actor_word("schedule")) == "Zeitplan"
    assert origins.whence("schedule", Origin.API) == "schedule (API)"
    assert GERMAN.text(origins.actor_word("API")) == "API"


def test_what_is_of_a_newer_version_is_called_by_its_name() -> None:
    assert said(GERMAN, entry(Kind("event.opened"))) == "E-Mail: event.opened"
    edited = entry(SERVICE_EDITED, after={"owner": "x"})
    assert said(ENGLISH, edited) == "E-Mail: edited (owner)"


def test_an_entry_is_a_sentence_in_both_languages() -> None:
    changed = entry(SERVICE_STATUS, before={"status": 5}, after={"status": 7}, undoes=3)
    assert said(ENGLISH, changed) == "E-Mail: Operational → Outage, undone by alice"
    assert said(GERMAN, changed).startswith("E-Mail: In Betrieb → Ausfall, ")
    edited = entry(SERVICE_EDITED, after={"key": "M", "owner": "x"})
    assert said(ENGLISH, edited) == "E-Mail: edited (key, owner)"
    assert "Kürzel" in said(GERMAN, edited)
    archived = entry(JOURNAL_ARCHIVED, subject_name="")
    assert said(ENGLISH, archived) == "older entries moved into the archive"


def test_a_run_of_confirmations_tells_since_when(berlin: None) -> None:
    run = entry(SERVICE_CONFIRMED, before={"times": 12, "since": NOON.isoformat()})
    assert said(ENGLISH, run) == "E-Mail: confirmed 12 times since 2026-01-31 13:05:09 CET"
    assert "31.01.2026 13:05:09 CET" in said(GERMAN, run)


@pytest.mark.parametrize(
    ("seconds", "english", "german"),
    [
        (0.9, "0 s", "0 s"),
        (59, "59 s", "59 s"),
        (60, "1 min", "1 Min."),
        (3_600, "1 h", "1 Std."),
        (3_725, "1 h 2 min", "1 Std. 2 Min."),
        (86_400 + 59 * 60, "1 d", "1 T"),
        (90 * 86_400 + 7_200, "90 d 2 h", "90 T 2 Std."),
    ],
)
def test_a_length_of_time_has_its_two_largest_units(
    seconds: float, english: str, german: str
) -> None:
    assert ENGLISH.text(times.lasting(seconds)) == english
    assert GERMAN.text(times.lasting(seconds)) == german


def test_how_long_ago_is_told_in_the_largest_unit() -> None:
    assert times.ago(NOON, NOON + timedelta(seconds=59)) == "just now"
    assert times.ago(NOON + timedelta(hours=1), NOON) == "just now"
    assert times.ago(NOON, NOON + timedelta(hours=49)) == "2 d"


def test_numbers_have_the_language_s_points_and_commas() -> None:
    assert numbers.number("en", 1_234_567) == "1,234,567"
    assert numbers.number("de", 1_234_567) == "1.234.567"
    assert numbers.number("de", -1_234.5, 2) == "-1.234,50"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"), (0.0, "0 %"), (1.0, "100 %"), (0.5, "50,00 %"), (0.9999999, "99,999 %"),
        (0.99995, "99,995 %"),
    ],
)  # fmt: skip
def test_a_share_never_rounds_an_outage_away(share: float | None, text: str) -> None:
    assert numbers.percent(share, partial(numbers.number, "de")) == text


def test_values_of_a_message_are_translated_too() -> None:
    inner = counted("%1 service", "%1 services", 3)
    assert GERMAN.text(inner) == "3 Dienste"
    assert ENGLISH.text(inner) == inner == "3 services"
    assert GERMAN.text("as it is") == "as it is"
    assert GERMAN.text(7) == "7"


def test_english_reads_no_catalogue_and_german_not_before_its_first_text() -> None:
    code = (
        "import sys, gettext\n"
        "gettext.translation = lambda *a, **k: sys.exit('read')\n"
        "from izzitup_desktop.text.catalogue import Catalogue\n"
        "from izzitup_desktop.domain.messages import msg\n"
        "Catalogue('en').text(msg('Outage')); Catalogue('de')\n"
        "assert not [n for n in sys.modules if n.startswith(('PySide6', 'babel', 'locale'))]\n"
        "try: Catalogue('de').text(msg('Outage'))\n"
        "except SystemExit: sys.exit(0)\n"
        "sys.exit('not read')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=40)
