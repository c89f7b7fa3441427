"""Kinds of entries that only a concept of its own, or another desk, knows of."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from izzitup_desktop import application
from izzitup_desktop.application import Application
from izzitup_desktop.board import Board
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.cli.journal import journal
from izzitup_desktop.domain.accounts import Action, Origin, Principal
from izzitup_desktop.domain.concepts import Concept
from izzitup_desktop.domain.errors import Conflict, Invalid, NotAllowed
from izzitup_desktop.domain.journal import Entry, Kind, Meaning, Search
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.platform import settings
from izzitup_desktop.platform.paths import find_paths
from izzitup_desktop.text.catalogue import Catalogue
from tests.builders import (
    ALICE,
    BOB,
    CHARLIE,
    GOOD_PASSWORD,
    HASH_COST,
    Heard,
    add_service,
    database_at,
    opened_board,
)
from tests.made_up import EVENT_COMMENT, EVENT_RENAMED, EVENTS, MADE_UP, SERVICE_BLESSED
from tests.storage.journal_rows import put

pytestmark = pytest.mark.soak_on_postgresql


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, concepts=MADE_UP) as opened:
        yield opened


def record(
    board: Board, kind: Kind, principal: Principal = ALICE, subject_id: int = 1, name: str = "Power",
    **details: Any,
) -> Entry:  # fmt: skip
    """An entry, as a use case of its concept writes it."""
    return board.core.write(
        lambda transaction: transaction.record(principal, kind, subject_id, name, **details)
    ).value


def renamed(board: Board, before: str, after: str, principal: Principal = ALICE) -> Entry:
    return record(board, EVENT_RENAMED, principal, before={"title": before}, after={"title": after})


def undo(board: Board, entry: Entry, principal: Principal = ALICE) -> tuple[Entry, ...]:
    return board.journal.undo(principal, [entry.id]).entries


def latest(board: Board, principal: Principal = ALICE) -> list[Kind]:
    return [entry.kind for entry in board.journal.latest(principal)]


def test_its_entries_are_heard_and_read(board: Board) -> None:
    heard = Heard()
    subscription = board.subscribe(heard.on_entries)
    entry = renamed(board, "a", "b")
    heard.wait_until(lambda: heard.entries == [entry])
    subscription.cancel()
    assert board.journal.latest(BOB) == (entry,)


def test_its_own_reversal_takes_an_entry_back_and_back_again(board: Board) -> None:
    entry = renamed(board, "a", "b")
    (undone,) = undo(board, entry)
    assert (undone.kind, undone.after, undone.undoes) == (EVENT_RENAMED, {"title": "a"}, entry.id)
    with pytest.raises(Conflict, match="undone already"):
        undo(board, entry)
    (redone,) = undo(board, undone)
    assert redone.after == {"title": "b"}


def test_its_reversal_asks_for_the_right_to_do_it(board: Board) -> None:
    entry = renamed(board, "a", "b")
    with pytest.raises(NotAllowed):
        undo(board, entry, CHARLIE)
    assert latest(board) == [EVENT_RENAMED]


def test_the_same_field_changed_since_stands_against_it_and_what_has_no_effect_does_not(
    board: Board,
) -> None:
    mine = renamed(board, "a", "b")
    record(board, EVENT_COMMENT, BOB, after={"title": "b"})
    theirs = renamed(board, "b", "c", BOB)
    with pytest.raises(Conflict, match="bob") as caught:
        undo(board, mine)
    assert caught.value.changed_by == "bob"
    undo(board, theirs)
    undo(board, mine)


def test_a_kind_about_a_service_touches_its_own_fields_alone(board: Board) -> None:
    service = add_service(board)
    blessed = record(
        board, SERVICE_BLESSED, subject_id=service.id, before={"blessing": ""},
        after={"blessing": "long"},
    )  # fmt: skip
    (change,) = board.statuses.set(ALICE, [service.id], 7).entries
    undo(board, blessed)
    again = record(
        board, SERVICE_BLESSED, BOB, subject_id=service.id, before={"blessing": ""},
        after={"blessing": "longer"},
    )  # fmt: skip
    undo(board, change)
    with pytest.raises(Conflict, match="bob"):
        undo(board, blessed)
    assert again.kind in latest(board)


def test_what_nobody_knows_stands_against_taking_back_that_a_thing_began(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    added = board.services.add(ALICE, ServiceDraft("x"))
    database = database_at(database_url, tmp_path)
    put(database, added.entries[0].id + 1, subject_id=added.value.id, kind="service.cursed")
    database.close()
    with pytest.raises(Conflict, match="zoe"):
        undo(board, added.entries[0])


def test_a_damaged_entry_of_it_is_logged_and_left_out_and_the_feed_goes_on(
    board: Board, database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard()
    subscription = board.subscribe(heard.on_entries)
    database = database_at(database_url, tmp_path)
    fields = {"kind": EVENT_RENAMED.value, "subject": "event"}
    with caplog.at_level(logging.WARNING):
        put(database, 1, before='{"title":"a"}', after='{"title":5}', **fields)
        put(database, 2, before='{"title":"a"}', **fields)
        put(database, 3, kind="event.rained", subject="event", after='{"title":5}')
        heard.wait_until(lambda: [entry.id for entry in heard.entries] == [3])
    database.close()
    subscription.cancel()
    assert latest(board) == ["event.rained"]
    told = {record.getMessage().rpartition(": ")[2] for record in caplog.records}
    assert {"5 is no title", "event.renamed has no title"} <= told


def test_it_is_read_by_those_alone_who_its_concept_says(database_url: str, tmp_path: Path) -> None:
    secret = Concept("event", EVENTS.kinds, title="Events", read_by=Action.ACCOUNT_LIST)
    concepts = [
        BoardConcept(secret, one.reversals) if one.concept is EVENTS else one for one in MADE_UP
    ]
    with opened_board(database_url, tmp_path, concepts=concepts) as board:
        entry = renamed(board, "a", "b")
        assert board.journal.latest(ALICE) == (entry,)
        assert board.journal.latest(BOB) == ()
        assert board.journal.search(BOB, Search(kinds=frozenset({EVENT_RENAMED}))) == ()


def test_a_window_s_step_of_it_is_undone_and_redone_after_a_restart(
    database_url: str, tmp_path: Path
) -> None:
    with opened_board(database_url, tmp_path, concepts=MADE_UP) as board:
        account = board.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP).value
        me = Principal.of(account, Origin.DESKTOP)
        entry = renamed(board, "a", "b", me)
        record(board, EVENT_COMMENT, me)
        (undone,) = undo(board, entry, me)
    with opened_board(database_url, tmp_path, concepts=MADE_UP) as board:
        steps = board.journal.steps(me)
        assert [step.entries for step in steps.undone] == [(undone,)]
        assert board.vocabulary.step(steps.undone[0].first) == "rename Power"
        assert steps.done == ()


def test_it_reads_in_its_own_words(board: Board) -> None:
    vocabulary = board.vocabulary
    entry = renamed(board, "a", "b")
    (undone,) = undo(board, entry)
    assert vocabulary.what_happened(entry) == "Power: renamed from a to b"
    said = f"Power: renamed from b to a, undone by {undone.actor}"
    assert vocabulary.what_happened(undone) == said
    blessed = record(board, SERVICE_BLESSED, after={"blessing": "x", "colour": "red"}, name="Mail")
    assert vocabulary.what_happened(blessed) == "Mail: blessed (the blessing, colour)"
    other = record(board, EVENT_RENAMED, subject_id=2, before={"title": ""}, after={"title": "c"})
    assert vocabulary.step([entry, other]) == "rename 2 events"


def test_the_command_line_speaks_its_words(database_url: str, tmp_path: Path, home: Path) -> None:
    with opened_board(database_url, tmp_path, concepts=MADE_UP) as board:
        renamed(board, "a", "b")
        record(board, EVENT_COMMENT, comment="it rains")
    desk = DeskWithEvents(find_paths(), settings.Settings(), database_url, Catalogue())
    table = CliRunner().invoke(journal, [], obj=desk, catch_exceptions=False).output
    assert "Power: renamed from a to b" in table
    assert "Power: commented on" in table
    as_json = CliRunner().invoke(journal, ["--json"], obj=desk, catch_exceptions=False).output
    assert [entry["kind"] for entry in json.loads(as_json)] == ["event.comment", "event.renamed"]


class DeskWithEvents(CliContext):
    """The command line of a version that knows of events."""

    @contextmanager
    def opened(self, *, create: bool = False, tell: bool = True) -> Iterator[Application]:
        with application.start(
            self.paths, self.settings, database=self.database, create=create,
            hash_cost=HASH_COST, concepts=MADE_UP,
        ) as running:  # fmt: skip
            yield running


class TestADeskThatDoesNotKnowIt:
    """What a newer desk wrote is carried here: shown by its name, and left as it is."""

    @pytest.fixture
    def entries(self, database_url: str, tmp_path: Path) -> tuple[Entry, ...]:
        with opened_board(database_url, tmp_path, concepts=MADE_UP) as newer:
            newer.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP)
            service = add_service(newer)
            record(newer, SERVICE_BLESSED, subject_id=service.id, after={"status": [7], "name": 5})
            record(newer, EVENT_COMMENT, comment="it rains")
            renamed(newer, "a", "a title longer than ten")
            return newer.journal.latest(ALICE, limit=3)

    @pytest.fixture
    def older(
        self, entries: tuple[Entry, ...], database_url: str, tmp_path: Path
    ) -> Iterator[Board]:
        assert len(entries) == 3
        with opened_board(database_url, tmp_path) as opened:
            yield opened

    def test_it_is_read_whole_and_said_by_its_name(
        self, older: Board, entries: tuple[Entry, ...]
    ) -> None:
        assert older.journal.latest(CHARLIE, limit=3) == entries
        assert older.vocabulary.what_happened(entries[1]) == "Power: event.comment"
        assert older.vocabulary.step(entries[:1]) == "change Power"

    def test_taking_it_back_is_refused_with_the_reason(
        self, older: Board, entries: tuple[Entry, ...]
    ) -> None:
        for entry in entries:
            with pytest.raises(Conflict, match=f"kind {entry.kind} can't be undone"):
                undo(older, entry)
        assert older.journal.latest(ALICE, limit=3) == entries

    def test_it_is_found_by_its_name_its_subject_and_its_values(
        self, older: Board, entries: tuple[Entry, ...]
    ) -> None:
        known = Meaning(
            known=frozenset(older.vocabulary.specs), statuses=frozenset({7}),
            status_fields=older.vocabulary.status_fields,
        )  # fmt: skip

        def found(word: str) -> list[Kind]:
            search = Search(words=(word,), meanings={word: known})
            return [entry.kind for entry in older.journal.search(ALICE, search)]

        assert found("EVENT.COMM") == [EVENT_COMMENT]
        assert found("longer than") == [EVENT_RENAMED]
        assert found("service.added") == []
        by_subject = older.journal.search(ALICE, Search(subjects=frozenset({"event"})))
        assert by_subject == entries[:2]

    def test_it_is_saved_restored_and_checked_like_any_other(
        self, older: Board, entries: tuple[Entry, ...]
    ) -> None:
        backup = older.backups.save(ALICE)
        older.services.remove(ALICE, [1])
        older.backups.restore(ALICE, backup)
        assert older.journal.latest(ALICE, limit=4)[1:] == entries
        assert older.backups.check() == ()

    def test_nothing_else_is_harmed(self, older: Board) -> None:
        (change,) = older.statuses.set(ALICE, [1], 7).entries
        heard = Heard()
        subscription = older.subscribe(heard.on_entries)
        undo(older, change)
        heard.wait_until(lambda: bool(heard.entries))
        subscription.cancel()
        me = next(account for account in older.accounts.list(ALICE) if account.name == "alice")
        assert older.journal.steps(Principal.of(me, Origin.DESKTOP)).done == ()

    def test_a_kind_of_the_journal_s_own_hides_no_archive_and_harms_no_undo(
        self, older: Board
    ) -> None:
        (change,) = older.statuses.set(ALICE, [1], 7).entries
        record(older, Kind("journal.packed"), subject_id=0, name="", after={"until_id": "x"})
        assert undo(older, change)[0].undoes == change.id

    def test_the_command_line_says_its_name(
        self, entries: tuple[Entry, ...], database_url: str, home: Path
    ) -> None:
        desk = CliContext(find_paths(), settings.Settings(), database_url, Catalogue())
        table = CliRunner().invoke(journal, [], obj=desk, catch_exceptions=False).output
        assert "Power: event.comment" in table
        assert "Power: service.blessed" in table


def test_a_file_from_elsewhere_keeps_to_the_rules_of_its_fields(board: Board) -> None:
    vocabulary = board.vocabulary
    vocabulary.assert_rules(EVENT_RENAMED, {"title": "a"}, {"title": "b"})
    with pytest.raises(Invalid, match="too long"):
        vocabulary.assert_rules(EVENT_RENAMED, {"title": "a"}, {"title": "longer than ten"})
    with pytest.raises(Invalid, match="does not tell the title"):
        vocabulary.assert_rules(EVENT_RENAMED, {}, {"title": "b"})
    vocabulary.assert_rules(Kind("event.rained"), {"title": 5}, {})
