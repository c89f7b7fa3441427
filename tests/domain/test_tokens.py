"""Making tokens, and telling what somebody sent apart."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain import tokens
from izzitup_desktop.domain.errors import (
    ExpiredToken,
    Invalid,
    MistypedToken,
    NoToken,
    RevokedToken,
    SignInFailed,
    UnknownToken,
    WrongTokenKind,
)
from izzitup_desktop.domain.scopes import Limits, Scope, scope_words
from izzitup_desktop.domain.tokens import NewToken, StoredToken, Token, TokenDraft, TokenKind

NOW = datetime(2026, 11, 27, tzinfo=UTC)
DIGITS = string.digits + string.ascii_letters
kinds = st.sampled_from(TokenKind)
secrets = kinds.map(tokens.new_secret)


def token(**fields: object) -> Token:
    values: dict[str, object] = {
        "id": 1, "name": "deploy", "kind": TokenKind.ACCOUNT, "ending": "wxyz",
        "scopes": frozenset({Scope.SET}), "limits": None, "account_id": 1, "group_id": None,
        "created": NOW, "created_by": "alice", "expires": None, "last_use": None, "revoked": None,
    }  # fmt: skip
    return Token(**(values | fields))  # type: ignore[arg-type]


@given(kinds)
def test_a_secret_is_53_characters_that_scanners_know(kind: TokenKind) -> None:
    secret = tokens.new_secret(kind)
    assert len(secret) == tokens.SECRET_LENGTH == 53
    assert re.fullmatch(r"iz[ush]_[0-9A-Za-z]{49}", secret)
    assert tokens.looks_like_token(secret)
    assert tokens.kind_of(secret) is kind


def test_a_known_secret_stays_one() -> None:
    # CRC32 and SHA-256 are those of gzip and sha256sum, so that no later version reads it otherwise.
    body = "izu_" + "0" * 42 + "A"
    assert tokens.kind_of(body + "0MO71h") is TokenKind.ACCOUNT
    assert tokens.digest_of(body + "0MO71h").startswith("51963d0dcc94")


def test_no_two_secrets_are_the_same() -> None:
    assert len({tokens.new_secret(TokenKind.ACCOUNT) for _ in range(1_000)}) == 1_000


@given(secrets, st.integers(0, 52), st.sampled_from(DIGITS))
def test_one_wrong_character_is_noticed_without_looking_anything_up(
    secret: str, place: int, char: str
) -> None:
    wrong = secret[:place] + char + secret[place + 1 :]
    if wrong == secret:
        assert tokens.kind_of(wrong)
        return
    with pytest.raises((MistypedToken, NoToken)):
        tokens.kind_of(wrong)
    if place >= len("izu_"):
        with pytest.raises(MistypedToken):
            tokens.digest_of(wrong)


@given(secrets, st.integers(4, 51))
def test_two_characters_the_other_way_round_are_noticed(secret: str, place: int) -> None:
    swapped = secret[:place] + secret[place + 1] + secret[place] + secret[place + 2 :]
    if swapped != secret:
        with pytest.raises(MistypedToken):
            tokens.kind_of(swapped)


@given(secrets, st.integers(4, 52))
def test_a_secret_that_was_cut_is_mistyped(secret: str, length: int) -> None:
    with pytest.raises(MistypedToken):
        tokens.kind_of(secret[:length])


@pytest.mark.parametrize("change", ["{}\n", "{} ", "{}0", "{}é", "{}\0", "{}\ud800"])
def test_whatever_follows_a_secret_makes_it_mistyped(change: str) -> None:
    with pytest.raises(MistypedToken):
        tokens.kind_of(change.format(tokens.new_secret(TokenKind.ACCOUNT)))


@given(st.text())
def test_any_other_text_is_no_token(text: str) -> None:
    if not tokens.looks_like_token(text):
        with pytest.raises(NoToken):
            tokens.digest_of(text)


@pytest.mark.parametrize("text", ["", "izu", "IZU_", "correct horse battery", " izu_", "iz_u"])
def test_a_password_does_not_look_like_a_token(text: str) -> None:
    assert not tokens.looks_like_token(text)


def test_secrets_for_something_else_are_told_apart() -> None:
    with pytest.raises(WrongTokenKind) as caught:
        tokens.digest_of(tokens.new_secret(TokenKind.HEARTBEAT))
    assert caught.value.begin == "izh_"
    with pytest.raises(WrongTokenKind, match="whsec_"):
        tokens.digest_of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")


def test_every_refusal_is_a_failed_sign_in_to_strangers() -> None:
    for error in (NoToken, MistypedToken, UnknownToken, RevokedToken, ExpiredToken):
        assert issubclass(error, SignInFailed)


@given(secrets, secrets)
def test_a_digest_tells_two_secrets_apart_and_neither(one: str, other: str) -> None:
    if TokenKind.HEARTBEAT in (one[:4], other[:4]):
        return
    digest = tokens.digest_of(one)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert one[4:] not in digest
    assert (digest == tokens.digest_of(other)) == (one == other)


def test_a_token_is_the_one_with_its_digest_alone() -> None:
    stored = StoredToken(token(), tokens.digest_of(tokens.new_secret(TokenKind.ACCOUNT)))
    assert tokens.assert_same(stored, stored.digest) is stored
    for other in (None, stored):
        with pytest.raises(UnknownToken):
            tokens.assert_same(other, "0" * 64)


def test_neither_secret_nor_digest_is_in_what_is_logged() -> None:
    assert "hush" not in repr(NewToken(token(), "hush"))
    assert "abcd" not in repr(StoredToken(token(), "abcd"))


def test_a_token_holds_until_it_expires_or_is_revoked() -> None:
    token(expires=NOW + timedelta(microseconds=1)).assert_valid(NOW)
    with pytest.raises(ExpiredToken, match="deploy"):
        token(expires=NOW).assert_valid(NOW)
    with pytest.raises(RevokedToken, match="deploy"):
        token(expires=NOW, revoked=NOW).assert_valid(NOW)


def test_limits_hold_what_they_name_and_nothing_else() -> None:
    limits = Limits(frozenset({2}), frozenset({5}))
    assert limits.hold(2, None)
    assert limits.hold(9, 5)
    assert not limits.hold(9, 4)
    # What is in no group, or has no id yet, is not what a limit names.
    assert not limits.hold(None, None)
    assert not Limits().hold(2, 5)


@pytest.mark.parametrize("scopes", [frozenset(), {Scope.EVENTS}, {Scope.READ, Scope.PROPOSE}])
def test_no_token_is_made_for_nothing_or_for_what_is_reserved(scopes: set[Scope]) -> None:
    with pytest.raises(Invalid) as caught:
        tokens.checked_scopes(scopes)
    assert caught.value.field == "scopes"
    assert "read, set, manage" in str(caught.value)


def test_scopes_are_told_in_one_order() -> None:
    assert scope_words({Scope.MANAGE, Scope.READ, Scope.SET}) == ["read", "set", "manage"]


@pytest.mark.parametrize("passed", [timedelta(0), -timedelta(days=1), timedelta(days=3661)])
def test_no_token_is_made_that_ends_in_the_past_or_in_ages(passed: timedelta) -> None:
    with pytest.raises(Invalid) as caught:
        tokens.checked_expiry(NOW + passed, NOW)
    assert caught.value.field == "expires"


def test_a_limit_that_names_nothing_or_too_much_is_refused() -> None:
    many = frozenset(range(1, tokens.LIMITS_MOST + 2))
    for limits in (Limits(), Limits(many), Limits(frozenset({1}), many)):
        with pytest.raises(Invalid) as caught:
            tokens.checked_limits(limits)
        assert caught.value.field == "limits"
    assert tokens.checked_limits(None) is None


def test_a_token_without_an_account_is_of_automation() -> None:
    assert TokenDraft("x", account_id=1).kind is TokenKind.ACCOUNT
    assert TokenDraft("x", group_id=1).kind is TokenKind.AUTOMATION
