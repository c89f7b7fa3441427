"""What the core and the command line say to people can be translated."""

from __future__ import annotations

import ast
import socket
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings as examples, strategies as st

from izzitup_desktop.board import Board
from izzitup_desktop.domain import errors
from izzitup_desktop.domain.exchange import parsed
from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.platform import settings
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind
from tests.builders import ALICE, DEADLINE_SECONDS, opened_board
from tests.examples import share_of

PACKAGE = Path(__file__).parents[1] / "izzitup_desktop"
FACES = ("desktop",)
"""The window's texts have a test of their own."""

FOR_PROGRAMS = ("server/v1/", "server/monitoring/", "server/whole.py")
"""What the API v1 says is English, as its documents are."""

FOR_OURSELVES = ("log", "logging")
OUR_MISTAKES = {"RuntimeError", "AssertionError", "TypeError", "KeyError"}
NOT_SAID = {
    # The services API's contract, to the byte.
    "server/services_api.py",
    # English for programs; the pages of problems speak people's languages.
    "server/problems.py",
    # Help of the command line and the documentation.
    "platform/page_settings.py:description",
    "platform/settings.py:description",
}


def sentences_outside_of_say(source: str, *, of: str = "") -> list[tuple[int, str]]:
    """Literal sentences of a module that no `msg` holds: line and text."""
    tree = ast.parse(source)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            # Docstrings, also those of constants.
            skipped |= {
                id(child.value) for child in body
                if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            }  # fmt: skip
        if isinstance(node, ast.Call) and _is_for_nobody(node):
            skipped |= {id(inner) for inner in ast.walk(node)}
        # Helps of the command line are translated where they are shown.
        if isinstance(node, ast.keyword) and (node.arg == "help" or f"{of}:{node.arg}" in NOT_SAID):
            skipped |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Assert):
            skipped |= {id(inner) for inner in ast.walk(node)}
    found = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(inner) for inner in ast.walk(node)}
            parts = [p.value if isinstance(p, ast.Constant) else "x" for p in node.values]
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if is_sentence(text):
            found.append((node.lineno, text))
    return found


def is_sentence(text: str) -> bool:
    """Whether a person is told something by it."""
    words = text.split()
    return len(words) >= 3 and text.rstrip().endswith((".", "?", "!")) and not text.startswith("\n")


def _is_for_nobody(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in FOR_OURSELVES
    return isinstance(function, ast.Name) and function.id in {"msg", "counted", *OUR_MISTAKES}


def test_no_sentence_of_the_core_stands_outside_of_say() -> None:
    outside = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith((*FACES, *FOR_PROGRAMS)) or name in NOT_SAID:
            continue
        for line, text in sentences_outside_of_say(path.read_text("utf-8"), of=name):
            outside.append(f"{name}:{line}: {text}")
    assert not outside


def test_the_search_for_sentences_finds_them() -> None:
    found = sentences_outside_of_say(
        'def f(x):\n "A docstring of its own."\n log.info("Logged for us alone.")\n'
        ' y = msg("Said as it must be.")\n return f"{x} is taken by {y}."\n'
    )
    assert found == [(5, "x is taken by x.")]


@pytest.mark.soak
@pytest.mark.parametrize(
    "raised", ["Invalid", "Conflict", "Unavailable", "Damaged", "NewerDatabase"]
)
def test_every_reason_of_an_error_is_said(raised: str) -> None:
    place = 1 if raised == "Invalid" else 0
    literal = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(FACES):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == raised:
                reasons = [
                    *node.args[place : place + 1],
                    *(k.value for k in node.keywords if k.arg == "reason"),
                ]
                literal += [
                    f"{name}:{node.lineno}" for reason in reasons
                    if isinstance(reason, (ast.Constant, ast.JoinedStr, ast.BinOp))
                ]  # fmt: skip
    assert not literal


def test_every_error_is_said() -> None:
    made = (
        errors.NotFound("service", "7"), errors.NotAllowed("service.edit", "bob"),
        errors.Held("service.set_status", "bob"), errors.SignInFailed(), errors.Throttled(3),
        errors.Cancelled(),
    )  # fmt: skip
    assert all(isinstance(str(error), Message) or _said(error) for error in made)
    assert str(made[0]) == "There is no service '7'."


def _said(error: Exception) -> bool:
    return isinstance(error.__str__(), Message)  # str() makes a plain one of it


values = st.one_of(
    st.integers(-(10**6), 10**6), st.booleans(), st.floats(allow_nan=False),
    st.sampled_from(["", "x", "25:99", "a\nb"]), st.lists(st.integers(), max_size=2),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*settings.SETTINGS, "unknown"]), values, max_size=6))
@examples(max_examples=share_of(60), deadline=None)
def test_whatever_is_wrong_with_a_setting_is_said(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / settings.FILE_NAME).write_text(tomlkit.dumps(found), "utf-8")
    _, notices = settings.load(folder)
    for notice in notices:
        assert isinstance(notice, Message)
        assert isinstance(notice.values[-1], Message) or "is unknown" in notice, notice
        assert "nput should" not in notice


def test_a_settings_file_that_can_t_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / settings.FILE_NAME).write_text("no toml")
    _, notices = settings.load(tmp_path)
    assert [type(notice) for notice in notices] == [Message]


@pytest.mark.parametrize("host", ["127.0.0.1", "203.0.113.7", "no such host", "a..b", "::bad"])
def test_why_the_api_does_not_answer_is_said(host: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
            state = failed_state(board, host, port)
    assert isinstance(state, Message)


def failed_state(board: Board, host: str, port: int) -> str:
    server = EmbeddedServer(board)
    server.start(host, port)
    try:
        return server.wait_until([ServerKind.FAILED], DEADLINE_SECONDS).reason
    finally:
        server.stop()


def test_what_is_wrong_with_an_import_is_said_with_all_that_is_in_it(tmp_path: Path) -> None:
    wrong = parsed('{"result": "Success", "data": [{"id": "1", "name": "", "status": 3}]}')
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        try:
            board.exchange.apply(ALICE, wrong)
            raise AssertionError("it was taken")
        except errors.Invalid as refused:
            reason = refused.reason
    assert isinstance(reason, Message)
    assert isinstance(reason.values[0], Message)
    assert isinstance(reason.values[0].values[-1], Message)
    assert all(isinstance(error.reason, Message) for error in wrong.errors)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mail\u202eegatuO", "Mail\u202eegatuO\u202c"),
        ("a\u2067b\u202ec", "a\u2067b\u202ec\u202c\u2069"),
        ("a\u202bb\u202cc", "a\u202bb\u202cc"),
        ("a\u202eb\nc", "a\u202eb\nc"),
        ("דוא״ל", "דוא״ל"),
    ],
)
def test_a_value_turns_the_direction_of_nothing_that_stands_behind_it(name: str, said: str) -> None:
    assert msg("%1: %2", name, "Operational") == f"{said}: Operational"
