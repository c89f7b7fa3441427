"""What of a request is shown to people."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.tokens import TokenKind, new_secret
from izzitup_desktop.server.masking import MASK, PATH_MOST, masked

SECRETS = [
    new_secret(TokenKind.ACCOUNT), new_secret(TokenKind.AUTOMATION), new_secret(TokenKind.HEARTBEAT),
    new_secret(TokenKind.ACCOUNT).upper(), new_secret(TokenKind.ACCOUNT)[:20],
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", new_secret(TokenKind.ACCOUNT)[4:],
]  # fmt: skip
"""Whole, mistyped, cut, and without what they begin with."""


def everything_encoded(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


ENCODINGS: list[Callable[[str], str]] = [
    str, everything_encoded, lambda s: everything_encoded(everything_encoded(s)),
]  # fmt: skip
PLACES = [
    ("/api/v1/services/{}", ""), ("/{}/api/services", ""), ("/x{}", ""), ("/{}", ""),
    ("/api/v1/services", "token={}"), ("/api/v1/services", "q={}"), ("/api/v1/services", "{}"),
    ("/api/v1/services", "{}=1"), ("/api/v1/services", "status={}"), ("/api/v1/services", "sort={}"),
    ("/api/v1/services", "status=6&limit={}"), ("//user:{}@host/api", ""), ("/user:{}@host", ""),
    ("/api/services", "action=setstatus&pwd={}"), ("/api/services", "pwd={}&status=6"),
    ("/api/services;{}", ""), ("/a/%2e%2e/{}", ""),
]  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS, ids=range(len(SECRETS)))
def test_no_token_is_shown_wherever_it_was_sent_and_however_encoded(secret: str) -> None:
    for path, query in PLACES:
        for encoded in ENCODINGS:
            shown = masked(path.format(encoded(secret)), query.format(encoded(secret)))
            tail = secret[-12:].lower()
            assert tail not in shown.lower(), (path, query)
            assert tail not in shown.replace("%", "").lower()


@given(
    name=st.sampled_from(["pwd", "password", "token", "api_key", "q", "hunter2", "user", "cursor"]),
    value=st.text(min_size=4, max_size=30),
)
def test_of_a_parameter_that_is_not_ours_neither_name_nor_value_is_shown(
    name: str, value: str
) -> None:
    query = f"{quote(name)}={quote(value, safe='')}"
    assert masked("/api/v1/services", query) == f"/api/v1/services?{MASK}"


@given(value=st.text(max_size=60))
def test_a_password_as_the_value_of_our_own_parameter_is_masked_unless_it_is_a_plain_word(
    value: str,
) -> None:
    shown = masked("/api/v1/services", f"status={quote(value, safe='')}")
    assert shown in (f"/api/v1/services?status={MASK}", f"/api/v1/services?status={value}")
    assert len(shown) < 80


@given(path=st.text(max_size=400), query=st.text(max_size=400))
def test_whatever_was_sent_is_one_short_line(path: str, query: str) -> None:
    shown = masked(f"/{path}", query)
    assert shown.isprintable()
    assert len(shown) <= PATH_MOST


def test_what_is_no_secret_is_shown_as_it_was_sent() -> None:
    path = "/api/v1/services/MAIL/status"
    assert masked(path) == path
    assert masked("/api/v1/services", "status=outage&sort=-since&limit=5") == (
        "/api/v1/services?status=outage&sort=-since&limit=5"
    )
    assert masked("/api/v1/services/B%C3%BCro") == "/api/v1/services/Büro"
