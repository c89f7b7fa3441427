import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from izzitup_desktop.board.hash_worker import HashWorker
from izzitup_desktop.board.passwords import Passwords
from izzitup_desktop.board.sign_in import CACHE_SECONDS, SignIn
from izzitup_desktop.board.throttle import Throttle
from izzitup_desktop.domain.accounts import Account, Role, StoredAccount
from izzitup_desktop.domain.errors import SignInFailed, Throttled, Unavailable
from izzitup_desktop.domain.text import fold

PASSWORD = "correct horse battery"
THEN = datetime(2026, 1, 1, tzinfo=UTC)


class Desk:
    """A sign-in with accounts in a dict, a clock to turn, and a count of look-ups."""

    def __init__(self) -> None:
        self.now = 0.0
        self.found = 0
        self.error: Exception | None = None
        self.hold: threading.Event | None = None
        self.looking = threading.Event()
        passwords = Passwords(4)
        stored = passwords.hash(PASSWORD)
        self.accounts = {
            "eve": StoredAccount(self.account(1, "Eve", active=True), stored),
            "off": StoredAccount(self.account(2, "off", active=False), stored),
        }
        self.worker = HashWorker()
        self.throttle = Throttle(lambda: self.now)
        self.sign_in = SignIn(self.find, passwords, self.throttle, self.worker, lambda: self.now)

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
    desk.now += CACHE_SECONDS - 1
    future = desk.sign_in.submit("eve", PASSWORD, "10.0.0.2")
    assert future.done()
    assert desk.found == 1
    desk.now += CACHE_SECONDS + 1
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
