"""How tests come by what they need: it is handed in, and seen from outside."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

REPLACED = {
    ("desktop/notifications/test_delivery.py", "delivery.is_dbus_platform"): "another platform",
    ("conftest.py", "sys.dont_write_bytecode"): "how the tests' own processes start",
    ("conftest.py", "tempfile.tempdir"): "where the tests' files lie",
    ("cli/inside.py", "sys.stdin"): "the streams of a command that is no process of its own",
    ("cli/inside.py", "sys.stdout"): "as above",
    ("cli/inside.py", "sys.stderr"): "as above",
    ("cli/inside.py", "application.start"): "no command line says what a password's hash may cost",
    ("cli/test_hostile_lines.py", "pwd.getpwuid"): "who the system says that we are",
    ("platform/test_paths.py", "pwd.getpwuid"): "as above",
    ("platform/test_paths.py", "grp.getgrgid"): "as above",
    ("desktop/start/test_single_instance.py", "os.geteuid"): "as above",
    ("desktop/start/test_single_instance.py", "socket.socket.getsockopt"): "who calls, as above",
    ("desktop/start/test_read_only.py", "os.access"): "root may write to every folder",
    ("server/test_embedded.py", "socket.socket.bind"): "taking an address away needs root",
    ("server/test_embedded.py", "socket.create_server"): "a fault where nothing else is called",
    ("board/test_accounts.py", "bcrypt.hashpw"): "whether anything is hashed shows nowhere else",
    ("board/signing_in/test_passwords.py", "bcrypt.checkpw"): "as above",
    ("server/v1/stream/test_listeners.py", "world.board.journal.since"): (
        "a database that goes away between two questions of one request"
    ),
    ("board/test_public_boards.py", "board.core.read"): (
        "changes that come between two readings of one request"
    ),
}
"""What tests put something else for, and why: the system, and what counts for it, at their edges."""


@cache
def files() -> dict[str, ast.Module]:
    return {
        path.relative_to(TESTS).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in TESTS.rglob("*.py")
    }


def is_private(name: object) -> bool:
    return isinstance(name, str) and any(
        part.startswith("_") and not part.startswith("__") for part in name.split(".")
    )


def texts(nodes: list[ast.expr]) -> list[str]:
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [value for value in values if isinstance(value, str)]


def private_names(tree: ast.Module) -> set[str]:
    """The private names of others that a file reads, sets, imports or asks for by text."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if is_private(node.attr) and ast.unparse(node.value) not in {"self", "cls", "super()"}:
                found.add(ast.unparse(node))
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names if is_private(alias.name)}
        elif isinstance(node, ast.Call) and called(node) in {
            "getattr", "setattr", "delattr", "hasattr", "attrgetter", "methodcaller",
        }:  # fmt: skip
            found |= {text for text in texts(node.args[:2]) if is_private(text)}
    return found


def called(node: ast.Call) -> str:
    """The last part of what is called by its name."""
    named = node.func
    return named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")


def replaced_names(tree: ast.Module) -> set[str]:
    """What a file puts something else for: by monkeypatch, by mocks, or in a module."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in {"setattr", "delattr"}:
            name = texts(node.args[1:2])
            found.add(".".join([*texts(node.args[:1])] or [ast.unparse(node.args[0]), *name]))
        elif isinstance(node, ast.Call) and called(node) in {"setitem", "delitem"}:
            found.add(ast.unparse(node.args[0]))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [getattr(node, "module", ""), *(alias.name for alias in node.names)]
            found |= {name for name in names if name and name.rpartition(".")[2] == "mock"}
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {
                ast.unparse(target)
                for target in targets
                if isinstance(target, ast.Attribute)
                and ast.unparse(target).partition(".")[0] in imported
            }
    return found


@pytest.mark.parametrize(
    "text",
    ["board._core", "board._core = None", "window.view._timer.stop()", "from a.b import _read",
     "getattr(board, '_core')", "patch.setattr(board, '_core', None)",
     "patch.setattr('a.b._read', None)"],
)  # fmt: skip
def test_a_private_name_of_another_is_found(text: str) -> None:
    assert private_names(ast.parse(text))


@pytest.mark.parametrize(
    "text",
    ["self._seen = 1", "cls._made", "super()._run()", "a.__class__", "from __future__ import x"],
)
def test_what_is_ones_own_may_be_private(text: str) -> None:
    assert not private_names(ast.parse(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("patch.setattr(time, 'monotonic', f)", "time.monotonic"),
        ("patch.setattr('asyncio.sleep', f)", "asyncio.sleep"),
        ("patch.setattr(board.journal, 'steps', f)", "board.journal.steps"),
        ("patch.delattr(os, 'geteuid')", "os.geteuid"),
        ("patch.setitem(sys.modules, 'keyring', None)", "sys.modules"),
        ("import feed\nfeed.PAUSE_SECONDS = 0", "feed.PAUSE_SECONDS"),
        ("from a import feed as f\nf.PAUSE_SECONDS += 1", "f.PAUSE_SECONDS"),
        ("import unittest.mock", "unittest.mock"),
        ("from unittest import mock", "mock"),
        ("from unittest.mock import patch", "unittest.mock"),
    ],
)
def test_what_is_replaced_is_found(text: str, name: str) -> None:
    assert replaced_names(ast.parse(text)) == {name}


def test_no_test_reads_or_sets_what_is_private_to_others() -> None:
    found = {name: private_names(tree) for name, tree in files().items()}
    assert not {name: names for name, names in found.items() if names}


def test_tests_replace_what_is_listed_here_and_nothing_else() -> None:
    found = {
        (name, replaced) for name, tree in files().items() for replaced in replaced_names(tree)
    }
    assert found == REPLACED.keys()


def test_no_test_replaces_the_time_or_a_constant() -> None:
    for _, name in REPLACED:
        assert name.partition(".")[0] not in {"time", "datetime", "asyncio", "threading"}, name
        assert not name.rpartition(".")[2].isupper(), name


def test_no_test_puts_a_function_in_the_place_of_an_object_s_method() -> None:
    # mypy sees each, and asks for this word where it is done all the same.
    word = "method-" + "assign"
    assert not [path for path in TESTS.rglob("*.py") if word in path.read_text("utf-8")]
