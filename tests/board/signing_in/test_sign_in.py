import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from izzitup_desktop.board.signing_in.hash_worker import HashWorker
from izzitup_desktop.board.signing_in.passwords import Passwords
from izzitup_desktop.board.signing_in.sign_in import CACHE_MOST_SECONDS, CACHE_SECONDS, SignIn
from izzitup_desktop.board.signing_in.throttle import UNKNOWN_ALLOWANCE, Throttle
from izzitup_desktop.domain.accounts import Account, Role, StoredAccount
from izzitup_desktop.domain.errors import SignInFailed, Throttled, Unavailable
from izzitup_desktop.domain.text import fold
from tests.builders import HandClock

PASSWORD = "correct horse battery"
THEN = datetime(2026, 1, 1, tzinfo=UTC)


class CountedPasswords(Passwords):
    """Keeps what was looked at: a hash, or None for an account that there is not."""

    def __init__(self, cost: int) -> None:
        super().__init__(cost)
        self.verified: list[str | None] = []

    def verify(self, password: str, stored: str | None) -> bool:
        self.verified.append(stored)
        return super().verify(password, stored)


class Desk:
    """A sign-in with accounts in a dict, a clock to turn, and a count of look-ups."""

    def __init__(self) -> None:
        self.clock = HandClock(seconds=0.0)
        self.found = 0
        self.error: Exception | None = None
        self.hold: threading.Event | None = None
        self.looking = threading.Event()
        self.passwords = CountedPasswords(4)
        stored = self.passwords.hash(PASSWORD)
        self.accounts = {
            "eve": StoredAccount(self.account(1, "Eve", active=True), stored),
            "off": StoredAccount(self.account(2, "off", active=False), stored),
        }
        self.worker = HashWorker()
        self.throttle = Throttle(self.clock)
        self.sign_in = SignIn(self.find, self.passwords, self.throttle, self.worker, self.clock)

    @staticmethod
    def account(account_id: int, name: str, *, active: bool) -> Account:
        return Account(
            account_id, f"{account_id:032x}", name, Role.EDITOR, active, frozenset(), THEN, THEN, 1
        )

    def find(self, name: str) -> StoredAccount | None:
        self.found += 1
        self.looking.set()
        if self.hold:
            assert self.hold.wait(20)
        if self.error:
            raise self.error
        return self.accounts.get(fold(name))

    def __call__(self, name: str, password: str = PASSWORD, source: str = "10.0.0.1") -> str:
        return self.sign_in.submit(name, password, source).result(20).name


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.worker.close()


def test_the_right_password_signs_in(desk: Desk) -> None:
    assert desk("eve") == desk("EVE") == "Eve"


@pytest.mark.parametrize(
    ("name", "password"),
    [("eve", "wrong"), ("eve ", PASSWORD), ("nobody", PASSWORD), ("off", PASSWORD), ("eve", "")],
)
def test_every_reason_gives_the_same_error(desk: Desk, name: str, password: str) -> None:
    with pytest.raises(SignInFailed) as caught:
        desk(name, password)
    assert str(caught.value) == str(SignInFailed())


def test_a_verified_pair_needs_no_look_up_for_ten_minutes(desk: Desk) -> None:
    desk("eve")
    desk.clock.seconds += CACHE_SECONDS - 1
    future = desk.sign_in.submit("eve", PASSWORD, "10.0.0.2")
    assert future.done()
    assert desk.found == 1
    desk.clock.seconds += CACHE_SECONDS + 1
    desk("eve")
    assert desk.found == 2


def test_failures_are_not_kept(desk: Desk) -> None:
    for _ in range(2):
        with pytest.raises(SignInFailed):
            desk("eve", "wrong")
    assert desk.found == 2


def test_after_a_change_of_accounts_everybody_is_verified_anew(desk: Desk) -> None:
    desk("eve")
    del desk.accounts["eve"]
    desk.sign_in.forget_all()
    with pytest.raises(SignInFailed):
        desk("eve")


def test_a_success_that_was_under_way_during_a_change_is_not_kept(desk: Desk) -> None:
    desk.hold = threading.Event()
    future = desk.sign_in.submit("eve", PASSWORD, "10.0.0.1")
    assert desk.looking.wait(20)
    desk.sign_in.forget(1)
    desk.hold.set()
    future.result(20)
    desk("eve")
    assert desk.found == 2


def test_the_same_guess_at_the_same_time_is_one_guess(desk: Desk) -> None:
    desk.hold = threading.Event()
    futures = [desk.sign_in.submit("eve", PASSWORD, "10.0.0.1") for _ in range(50)]
    desk.hold.set()
    assert {future.result(20).name for future in futures} == {"Eve"}
    assert desk.found == 1


def test_parallel_different_guesses_are_held_up_before_they_are_hashed(desk: Desk) -> None:
    desk.hold = threading.Event()
    futures = [desk.sign_in.submit("eve", f"guess {n}", "10.0.0.1") for n in range(12)]
    desk.hold.set()
    errors = [type(future.exception(20)) for future in futures]
    assert errors == [SignInFailed] * 5 + [Throttled] * 7
    assert desk.found == 5


def test_while_held_up_even_the_right_password_is_not_tried(desk: Desk) -> None:
    for number in range(5):
        with pytest.raises(SignInFailed):
            desk("eve", f"guess {number}")
    with pytest.raises(Throttled):
        desk("eve")
    assert desk("eve", source="10.0.0.2") == "Eve"


def test_an_owner_who_was_verified_is_not_locked_out_by_others(desk: Desk) -> None:
    desk("eve")
    for source in range(2, 40):
        for number in range(5):
            with pytest.raises((SignInFailed, Throttled)):
                desk("eve", f"guess {number}", f"10.0.0.{source}")
    assert desk("eve") == "Eve"
    desk.sign_in.forget(1)
    assert desk("eve") == "Eve"


def test_a_database_that_is_away_is_said_so_and_counted_against_nobody(desk: Desk) -> None:
    desk.error = Unavailable("away")
    for _ in range(30):
        with pytest.raises(Unavailable):
            desk("eve")
    desk.error = None
    assert desk("eve") == "Eve"


def held_up(desk: Desk, source: str = "10.0.0.9") -> None:
    """Fail so often from `source` that it is held up."""
    for number in range(5):
        with pytest.raises(SignInFailed):
            desk("eve", f"guess {number}", source)


def refusal(desk: Desk, name: str, password: str, source: str) -> tuple[type, str, int]:
    """How a sign-in is refused, as far as anybody can tell."""
    error = desk.sign_in.submit(name, password, source).exception(0)
    return type(error), str(error), getattr(error, "retry_after_seconds", 0)


def test_a_held_up_address_is_not_told_a_remembered_password_from_a_wrong_one(desk: Desk) -> None:
    desk("eve", source="10.0.0.1")
    held_up(desk, "10.0.0.9")
    found = desk.found
    right = refusal(desk, "eve", PASSWORD, "10.0.0.9")
    assert right[0] is Throttled
    for name, password in (("eve", "wrong"), ("EVE", PASSWORD), ("eve", "x" * 5_000)):
        assert refusal(desk, name, password, "10.0.0.9") == right
    assert refusal(desk, "eve", PASSWORD, "::ffff:10.0.0.9") == right
    assert desk.found == found
    assert desk("eve", source="10.0.0.1") == "Eve"


def test_a_held_up_address_shares_no_check_that_is_in_flight(desk: Desk) -> None:
    held_up(desk, "10.0.0.9")
    desk.hold = threading.Event()
    desk.looking.clear()
    honest = desk.sign_in.submit("eve", PASSWORD, "10.0.0.1")
    assert desk.looking.wait(20)
    assert refusal(desk, "eve", PASSWORD, "10.0.0.9")[0] is Throttled
    desk.hold.set()
    assert honest.result(20).name == "Eve"


def test_another_address_that_guesses_the_same_has_its_own_guess_counted(desk: Desk) -> None:
    desk.hold = threading.Event()
    futures = [desk.sign_in.submit("eve", "guess", f"10.0.0.{n}") for n in range(3)]
    assert len(set(map(id, futures))) == 3
    desk.hold.set()
    assert {type(future.exception(20)) for future in futures} == {SignInFailed}
    assert desk.found == 3


def test_use_renews_what_was_verified_for_a_day(desk: Desk) -> None:
    desk("eve")
    while desk.clock.seconds < CACHE_MOST_SECONDS - CACHE_SECONDS:
        desk.clock.seconds += CACHE_SECONDS - 1
        desk("eve")
    assert desk.found == 1
    desk.clock.seconds = CACHE_MOST_SECONDS + 1
    desk("eve")
    assert desk.found == 2


def test_only_the_changed_account_is_verified_anew(desk: Desk) -> None:
    stored = desk.accounts["eve"].password_hash
    desk.accounts["kim"] = StoredAccount(desk.account(3, "kim", active=True), stored)
    desk("eve")
    desk("kim")
    desk.sign_in.forget(3)
    desk("eve")
    assert desk.found == 2
    desk("kim")
    assert desk.found == 3


@pytest.mark.parametrize(
    "name", ["eve\0", "\0", "\ud800", "eve\udcff", "e" * 5_000, "e\u0301" * 300]
)
def test_what_no_database_can_hold_is_nobodys_name_and_costs_one_hash(
    desk: Desk, name: str
) -> None:
    for _ in range(5):
        with pytest.raises(SignInFailed):
            desk(name)
    with pytest.raises(Throttled):
        desk(name)
    assert desk.passwords.verified == [None] * 5
    assert desk.found == 0


def test_a_flood_from_a_thousand_addresses_starves_no_script_that_is_known(desk: Desk) -> None:
    desk("eve", source="10.0.0.1")
    desk.sign_in.forget(1)
    desk.hold = threading.Event()
    flood = [desk.sign_in.submit(f"u{n}", "x", f"10.1.{n >> 8}.{n & 255}") for n in range(1_000)]
    known = desk.sign_in.submit("eve", PASSWORD, "10.0.0.1")
    own = desk.sign_in.submit("eve", PASSWORD, "127.0.0.1")
    desk.hold.set()
    assert (known.result(20).name, own.result(20).name) == ("Eve", "Eve")
    ended = [type(future.exception(20)) for future in flood]
    assert ended.count(SignInFailed) == UNKNOWN_ALLOWANCE.most
    assert ended.count(Throttled) == 1_000 - UNKNOWN_ALLOWANCE.most


def test_the_checks_of_known_sources_go_first(desk: Desk) -> None:
    desk("eve", source="10.0.0.1")
    desk.sign_in.forget(1)
    desk.hold = threading.Event()
    desk.looking.clear()
    ended: list[str] = []
    running = desk.sign_in.submit("nobody", "x", "10.0.1.1")
    assert desk.looking.wait(20)
    others = [desk.sign_in.submit(f"u{n}", "x", "10.0.1.2") for n in range(5)]
    known = desk.sign_in.submit("eve", PASSWORD, "10.0.0.1")
    for future in others:
        future.add_done_callback(lambda _: ended.append("other"))
    known.add_done_callback(lambda _: ended.append("known"))
    desk.hold.set()
    for future in (running, *others, known):
        future.exception(20)
    assert ended[0] == "known"


def test_a_long_text_of_combining_marks_is_refused_at_once(desk: Desk) -> None:
    # To normalise it takes over a second, in which nothing else runs.
    marks = "a" + "\u0301\u0316" * 15_000
    began = time.perf_counter()
    for name, password in ((marks, "x"), ("eve", marks)):
        with pytest.raises(SignInFailed):
            desk(name, password)
    assert time.perf_counter() - began < 0.5
