"""Answers as they are kept under keys: whole again, or none at all."""

from __future__ import annotations

import base64
import json
import zlib
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.idempotency import (
    PACKED_MOST,
    KeptAnswer,
    asker_of,
    kept_answer,
    packed,
)
from izzitup_desktop.domain.scopes import Scope, TokenRights

HEADERS = json.dumps([["content-type", "application/json"]])
BODY = packed(b"{}")


def packed_as(body: bytes) -> str:
    return base64.b64encode(body).decode("ascii")


names = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
values = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)


@given(st.integers(200, 599), st.lists(st.tuples(names, values), max_size=4), st.binary())
def test_an_answer_comes_back_as_it_was(
    status: int, headers: list[tuple[str, str]], body: bytes
) -> None:
    found = kept_answer(status, json.dumps(headers), packed(body))
    assert found == KeptAnswer(status, tuple(headers), body)


@pytest.mark.parametrize(
    "stored",
    [
        ("200", HEADERS, BODY), (99, HEADERS, BODY), (600, HEADERS, BODY), (200, None, BODY),
        (200, "[", BODY), (200, "{}x", BODY), (200, "7", BODY), (200, "[1]", BODY),
        (200, "[" * 100_000, BODY), (200, json.dumps([["a", "b\r\nset-cookie: c"]]), BODY),
        (200, json.dumps([["a: b", ""]]), BODY), (200, json.dumps([["a", "\u20ac"]]), BODY),
        (200, HEADERS, None), (200, HEADERS, b""), (200, HEADERS, "?"), (200, HEADERS, "e30="),
        (200, HEADERS, packed_as(zlib.compress(b"{}")[:-1])),
        (200, HEADERS, packed_as(zlib.compress(b"0" * (65 * 1024 * 1024), 1))),
    ],
)  # fmt: skip
def test_what_no_answer_of_ours_is_stored_as_is_none(stored: tuple[Any, Any, Any]) -> None:
    assert kept_answer(*stored) is None


def test_what_is_too_long_to_be_kept_is_refused() -> None:
    with pytest.raises(Invalid):
        packed(Random(1).randbytes(PACKED_MOST))
    assert len(packed(b"{}" * 1_000_000)) < PACKED_MOST


def test_keys_are_the_token_s_or_the_account_s() -> None:
    by_password = Principal("bob", Role.EDITOR, Origin.API, 7, account_uid="u" * 32)
    token = TokenRights(1, "d" * 64, frozenset({Scope.SET}), None)
    by_token = Principal("bob", Role.EDITOR, Origin.API, 7, account_uid="u" * 32, token=token)
    assert asker_of(by_password) == f"account:{'u' * 32}"
    assert asker_of(by_token) == f"token:{'d' * 64}"
