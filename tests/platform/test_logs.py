import json
import logging
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.platform import logs


def text_of(folder: Path) -> str:
    return (folder / logs.FILE_NAME).read_text("utf-8")


def test_the_log_is_private_and_one_line_a_record(tmp_path: Path) -> None:
    with logs.logging_to(tmp_path / "logs"):
        logging.getLogger("izzitup_desktop.test").warning("the %s", "message")
    (line,) = text_of(tmp_path / "logs").splitlines()
    assert line.endswith("izzitup_desktop.test: the message")
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700
    for file in (tmp_path / "logs").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_json_lines_are_json(tmp_path: Path) -> None:
    with logs.logging_to(tmp_path, as_json=True):
        logging.getLogger("x").warning('quotes "and"\nbreaks')
    assert json.loads(text_of(tmp_path))["message"] == 'quotes "and"\nbreaks'


@pytest.mark.parametrize(
    "text",
    ["pwd=c4nary", '{"pwd": "c4nary"}', "password: c4nary", "'token': 'c4nary'",
     "postgresql+psycopg://user:c4nary@host/db"],
)  # fmt: skip
def test_what_looks_like_a_secret_is_masked(tmp_path: Path, text: str) -> None:
    with logs.logging_to(tmp_path):
        logging.getLogger("x").warning("sent %s", text)
        try:
            raise ValueError(text)
        except ValueError:
            logging.getLogger("x").exception("failed")
    assert "c4nary" not in text_of(tmp_path)
    assert "********" in text_of(tmp_path)


def test_what_nobody_caught_in_a_thread_is_logged(tmp_path: Path) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with logs.logging_to(tmp_path):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "ZeroDivisionError" in text_of(tmp_path)


def test_a_folder_that_can_not_be_made_does_not_stop_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    with logs.logging_to(tmp_path / "file" / "logs"):
        logging.getLogger("x").warning("still told")
    assert "can't be" in capsys.readouterr().err


@given(st.text())
def test_whatever_a_message_holds_it_is_one_line_of_the_log(text: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "told: %s", (text,), None)
    line = logs.TextFormatter().format(record)
    assert line.isprintable()
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
)
def test_nobodys_words_forge_a_line_of_the_log(tmp_path: Path, end: str, as_json: bool) -> None:
    forged = (
        f"lunch{end}2026-01-01T00:00:00.000+00:00 ERROR   MainThread izzitup: deleted all\x1b[2K"
    )
    with logs.logging_to(tmp_path, as_json=as_json):
        logging.getLogger("x").info("told: %s", forged)
        try:
            raise ValueError(forged)
        except ValueError:
            logging.getLogger("x").exception("failed")
    text = (tmp_path / logs.FILE_NAME).read_bytes().decode("utf-8")
    lines = text.splitlines()
    records = lines if as_json else [line for line in lines if not line.startswith("    ")]
    assert len(records) == 2
    assert not [line for line in lines if line.startswith("2026-01-01")]
    assert "\x1b" not in text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_log_that_is_full_moves_on_past_pipes_under_its_older_names(
    tmp_path: Path,
) -> None:
    for number in range(1, 5):
        os.mkfifo(tmp_path / f"{logs.FILE_NAME}.{number}")
    with logs.logging_to(tmp_path, file_bytes=200):
        for number in range(20):
            logging.getLogger("x").warning("line %d", number)
    assert "line 19" in text_of(tmp_path)
    assert (tmp_path / f"{logs.FILE_NAME}.1").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_pipe_that_takes_the_log_s_name_while_it_is_written_keeps_nobody_waiting(
    tmp_path: Path,
) -> None:
    with logs.logging_to(tmp_path, file_bytes=200):
        logging.getLogger("x").warning("first")
        (tmp_path / logs.FILE_NAME).unlink()
        os.mkfifo(tmp_path / logs.FILE_NAME)
        for number in range(20):
            logging.getLogger("x").warning("line %d", number)
