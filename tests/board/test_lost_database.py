"""A database that goes away is known to be gone, and nothing old is called true."""

from __future__ import annotations

from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.errors import LostDatabase, NotFound, Unavailable
from tests.builders import Heard, add_service, opened_board
from tests.server.wire import ask, serving
from tests.storage.lost import moved_away, nobody_may_connect, replaced_by_copy

UNAVAILABLE = "Service temporarily unavailable"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "izzitup.db"


def names(board: Board) -> set[str]:
    return {service.name for service in board.live.picture().services.values()}


def heard_by(board: Board) -> Heard:
    heard = Heard()
    board.subscribe(heard.on_entries, heard.on_trouble)
    return heard


def test_a_file_moved_away_is_told_though_nobody_acts_and_found_again_by_itself(
    path: Path, tmp_path: Path
) -> None:
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        add_service(board, "Chat")
        board.live.load()
        heard = heard_by(board)
        with moved_away(path):
            heard.wait_until(lambda: len(heard.troubles) == 1)
            assert "was moved or deleted" in heard.troubles[0]
            assert board.live.version_if_known() is None
            with pytest.raises(LostDatabase):
                board.live.picture()
        heard.wait_until(lambda: heard.troubles[1:] == [""])
        assert names(board) == {"Chat"}


def test_a_copy_in_its_place_is_taken_when_it_is_opened_again(path: Path, tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        add_service(board, "Chat")
        board.live.load()
        heard = heard_by(board)
        replaced_by_copy(path)
        heard.wait_until(lambda: len(heard.troubles) == 1)
        assert "replaced" in heard.troubles[0]
        with pytest.raises(LostDatabase):
            add_service(board, "Mail")
        board.open_again()
        heard.wait_until(lambda: heard.troubles[1:] == [""])
        add_service(board, "Mail")
        assert names(board) == {"Chat", "Mail"}
    with opened_board(f"sqlite:///{path}", tmp_path, create=False) as board:
        assert names(board) == {"Chat", "Mail"}


@pytest.mark.parametrize("others", [0, 30])
def test_another_board_opened_again_is_shown_whole_and_its_past_is_no_news(
    path: Path, tmp_path: Path, others: int
) -> None:
    other = tmp_path / "other.db"
    with opened_board(f"sqlite:///{other}", tmp_path) as board:
        for number in range(others):
            add_service(board, f"Other {number}")
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        for number in range(3):
            add_service(board, f"Chat {number}")
        board.live.load()
        heard = heard_by(board)
        other.replace(path)
        heard.wait_until(lambda: len(heard.troubles) == 1)
        told = len(heard.entries)
        board.open_again()
        assert names(board) == {f"Other {number}" for number in range(others)}
        assert board.last_id() == others
        heard.wait_until(lambda: heard.troubles[1:] == [""])
        new = add_service(board, "New")
        heard.wait_until(lambda: bool(heard.entries[told:]))
        assert [entry.subject_id for entry in heard.entries[told:]] == [new.id]
        assert board.live.version_if_known() is not None


@pytest.mark.parametrize("what", ["nothing", "rubbish"])
def test_what_is_no_database_is_not_opened_again_and_the_first_one_goes_on_when_it_is_back(
    path: Path, tmp_path: Path, what: str
) -> None:
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        add_service(board, "Chat")
        board.live.load()
        with moved_away(path):
            if what == "rubbish":
                path.write_text("rubbish")
            with pytest.raises(NotFound if what == "nothing" else Unavailable):
                board.open_again()
            with pytest.raises(LostDatabase):
                board.live.picture()
        add_service(board, "Mail")
        assert names(board) == {"Chat", "Mail"}


def test_the_api_calls_no_old_list_a_success(path: Path, tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{path}", tmp_path) as board:
        add_service(board, "Chat")
        with serving(board) as server:
            assert ask(server, b"").json["result"] == "Success"
            with moved_away(path):
                answer = ask(server, b"")
                assert (answer.status, answer.json["message"]) == (503, UNAVAILABLE)
                assert answer.headers["retry-after"] == "5"
            assert ask(server, b"").json["result"] == "Success"
            replaced_by_copy(path)
            assert ask(server, b"").status == 503
            board.open_again()
            assert ask(server, b"").json["result"] == "Success"


def test_a_shared_database_that_takes_nobody_is_told_and_found_again_by_itself(
    postgres_url: str, tmp_path: Path
) -> None:
    with opened_board(postgres_url, tmp_path) as board:
        add_service(board, "Chat")
        board.live.load()
        heard = heard_by(board)
        with serving(board) as server:
            assert ask(server, b"").json["result"] == "Success"
            with nobody_may_connect(postgres_url):
                heard.wait_until(lambda: bool(heard.troubles))
                assert ask(server, b"").status == 503
            heard.wait_until(lambda: heard.troubles[-1] == "")
            assert ask(server, b"").json["result"] == "Success"
        assert names(board) == {"Chat"}
