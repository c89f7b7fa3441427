import unicodedata

import bcrypt
import pytest

from izzitup_desktop import application
from izzitup_desktop.board.signing_in.passwords import (
    DEFAULT_COST,
    LEAST_CHARACTERS,
    MOST_BYTES,
    Passwords,
    check_new,
)
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.text import fold
from izzitup_desktop.platform.paths import resource


@pytest.fixture
def four() -> Passwords:
    return Passwords(4)


def test_the_cost_is_what_it_should_be() -> None:
    assert Passwords().hash("correct horse battery").startswith("v2$$2b$12$")
    assert DEFAULT_COST == application.DEFAULT_HASH_COST == 12


@pytest.mark.parametrize(
    "password",
    ["x", "x" * 72, "x" * 73, "x" * MOST_BYTES, "🦆" * 19, "a\0b", "pass word", "\u202eabc"],
)
def test_a_password_verifies_and_one_that_differs_in_its_last_character_does_not(
    four: Passwords, password: str
) -> None:
    stored = four.hash(password)
    assert four.verify(password, stored)
    assert not four.verify(password[:-1] + "?", stored)
    assert not four.verify(password + "\0", stored)


def test_composed_and_decomposed_letters_are_the_same_password(four: Passwords) -> None:
    stored = four.hash("Grüße an alle")
    assert four.verify(unicodedata.normalize("NFD", "Grüße an alle"), stored)


@pytest.mark.parametrize(
    "stored",
    [None, "", "garbage", "v2$", "v2$garbage", "$2b$04$" + "a" * 53, "v2$$2y$04$" + "a" * 53,
     "v2$$2b$31$" + "a" * 53, "v2$$2b$16$" + "a" * 53, "v2$$2b$03$" + "a" * 53],
)  # fmt: skip
def test_nothing_usable_is_false_at_the_cost_of_one_hash(
    four: Passwords, monkeypatch: pytest.MonkeyPatch, stored: str | None
) -> None:
    costs = _counted(monkeypatch)
    assert four.verify("correct horse battery", stored) is False
    assert costs == [b"$2b$04$"]


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 60_000])
def test_a_password_that_is_too_long_is_false_at_the_cost_of_one_hash(
    four: Passwords, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    stored = four.hash("x" * length)
    costs = _counted(monkeypatch)
    assert four.verify("x" * length, stored) is False
    assert costs == [b"$2b$04$"]


def test_the_dummy_does_not_verify_anything(four: Passwords) -> None:
    assert not four.verify("-", None)


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    costs: list[bytes] = []
    real = bcrypt.checkpw

    def counting(password: bytes, hashed: bytes) -> bool:
        costs.append(hashed[:7])
        return real(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", counting)
    return costs


@pytest.mark.parametrize(
    "password", ["correct horse battery", "zehn Zeichen", "🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆", "x" * MOST_BYTES]
)
def test_a_long_uncommon_password_is_taken(password: str) -> None:
    check_new(password, "eve")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("nine char", "at least 10"), ("", "at least 10"), ("x" * (MOST_BYTES + 1), "at most"),
        ("1234567890", "most common"), ("QWERTYUIOP", "most common"), ("izzitup2026", "most common"),
        ("Evelyn-Müller", "account's name"), ("evelyn-mu\u0308ller", "account's name"),
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as caught:
        check_new(password, "evelyn-müller")
    assert caught.value.field == "password"


def test_the_shipped_list_is_written_as_passwords_are_compared() -> None:
    lines = resource("common_passwords.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and line != fold(line)] == []


@pytest.mark.soak
def test_the_shipped_list_has_the_three_thousand_most_common_ones() -> None:
    lines = resource("common_passwords.txt").read_text("utf-8").splitlines()
    common = {line for line in lines if line and not line.startswith("#")}
    assert len(common) >= 3_000
    assert {"123456", "password", "qwerty", "letmein"} <= common
    long = [password for password in common if len(password) >= LEAST_CHARACTERS]
    assert long
    for password in long:
        with pytest.raises(Invalid, match="most common"):
            check_new(password, "eve")
