"""Programs know errors by codes, which stay what they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.domain import errors
from izzitup_desktop.domain.errors import BoardError, NotFound

ROOT = Path(__file__).parents[2]
CODES = {
    "cancelled",
    "conflict",
    "conflict.outdated",
    "invalid",
    "invalid.key-reused",
    "not-allowed",
    "not-allowed.held",
    "not-found.account",
    "not-found.backup",
    "not-found.database",
    "not-found.group",
    "not-found.journal-entry",
    "not-found.service",
    "not-found.status",
    "not-found.token",
    "sign-in-failed",
    "sign-in-failed.expired-token",
    "sign-in-failed.mistyped-token",
    "sign-in-failed.no-token",
    "sign-in-failed.ownerless-token",
    "sign-in-failed.revoked-token",
    "sign-in-failed.stale",
    "sign-in-failed.unknown-token",
    "sign-in-failed.wrong-token-kind",
    "throttled",
    "unavailable",
    "unavailable.damaged",
    "unavailable.full-disk",
    "unavailable.lost-database",
    "unavailable.newer-database",
    "unavailable.older-database",
}
"""What programs may know already: codes are added here, and none is changed."""

ARGUMENTS = {
    "Invalid": ("name", "why"), "NotAllowed": ("service.edit", "bob"),
    "Held": ("service.set_status", "bob"), "Throttled": (3,), "Conflict": ("why",),
    "Outdated": ("why",),
    "Unavailable": ("why",), "Damaged": ("why",), "FullDisk": ("why",), "LostDatabase": ("why",),
    "NewerDatabase": ("why",),
    "OlderDatabase": ("why",), "WrongTokenKind": ("whsec_",), "RevokedToken": ("deploy",),
    "ExpiredToken": ("deploy",), "OwnerlessToken": ("deploy",),
}  # fmt: skip


def kinds(base: type[BoardError] = BoardError) -> Iterator[type[BoardError]]:
    """The board's own; what another board refused has the code that it told."""
    for kind in base.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield kind
            yield from kinds(kind)


def made(kind: type[BoardError]) -> list[BoardError]:
    if kind is NotFound:
        return [NotFound(subject, "7") for subject in errors.SUBJECTS]
    return [kind(*ARGUMENTS.get(kind.__name__, ()))]


def test_every_error_has_its_code_and_no_code_was_changed() -> None:
    codes = [error.code for kind in kinds() for error in made(kind)]
    assert len(codes) == len(set(codes))
    assert set(codes) == CODES


def test_the_code_of_a_special_case_begins_with_the_general_one() -> None:
    for kind in kinds():
        for base in kind.__mro__[1:]:
            if issubclass(base, BoardError) and base is not BoardError:
                assert made(kind)[0].code.startswith(f"{made(base)[0].code}."), kind


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_of_lower_case_words(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?", code)


def test_the_documentation_has_every_code_and_no_other() -> None:
    document = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", document, re.MULTILINE)) == CODES


def test_whatever_is_not_found_has_a_name_and_a_code() -> None:
    subjects = set()
    for path in (ROOT / "izzitup_desktop").rglob("*.py"):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if "NotFound(" in source else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NotFound":
                subjects |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
    assert subjects
    assert subjects <= errors.SUBJECTS.keys()
    assert NotFound("something else", "7").code == "not-found"
