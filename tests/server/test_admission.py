"""Who may have a connection."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given, strategies as st

from izzitup_desktop.domain.sources import LOOPBACK, network_of
from izzitup_desktop.server.admission import Admission, NoRoom
from izzitup_desktop.server.limits import Limits

LIMITS = Limits(connections=20, connections_reserved=5, connections_a_network=4)


@dataclass(eq=False)
class Someone:
    """A connection of a test."""

    address: str
    asks: bool = False
    is_idle: bool = False
    seconds: float = 9.0
    was_sent_away: bool = field(default=False, init=False)

    @property
    def network(self) -> str:
        return network_of(self.address)

    @property
    def is_late(self) -> bool:
        return not self.asks and not self.is_idle

    def waiting_seconds(self) -> float | None:
        return None if self.asks else self.seconds

    def send_away(self) -> None:
        assert not self.asks
        self.was_sent_away = True


def lan(number: int, **options: bool) -> Someone:
    return Someone(f"10.0.0.{number}", **options)


def test_an_address_has_so_many_and_no_more() -> None:
    admission = Admission(LIMITS)
    assert [admission.admit(lan(1)) for _ in range(6)] == [True] * 4 + [False] * 2


def test_a_whole_v6_network_is_one_and_a_mapped_address_its_v4_one() -> None:
    admission = Admission(LIMITS)
    admitted = [admission.admit(Someone(f"2001:db8::{n:x}", asks=True)) for n in range(6)]
    assert admitted == [True] * 4 + [False] * 2
    for _ in range(4):
        assert admission.admit(Someone("::ffff:10.0.0.1", asks=True))
    assert not admission.admit(lan(1))


def test_a_network_that_is_full_makes_room_by_its_own_idle_ones() -> None:
    admission = Admission(LIMITS)
    first, *others = (Someone(f"2001:db8::{n}", is_idle=True) for n in range(4))
    first.seconds = 30.0
    for guest in (first, *others):
        assert admission.admit(guest)
    assert admission.admit(Someone("2001:db8::9", asks=True))
    assert first.was_sent_away
    assert not any(guest.was_sent_away for guest in others)


def test_this_computer_is_let_in_whatever_the_network_does() -> None:
    admission = Admission(LIMITS)
    for number in range(40):
        admission.admit(lan(number % 10, asks=True))
    assert [admission.admit(Someone("127.0.0.1", asks=True)) for _ in range(5)] == [True] * 5
    assert admission.admit(Someone("::1", asks=True)) is False


def test_the_network_is_let_in_whatever_this_computer_does() -> None:
    admission = Admission(LIMITS)
    for number in range(40):
        admission.admit(Someone(f"127.0.0.{number}", asks=True))
    assert [admission.admit(lan(n, asks=True)) for n in range(6)] == [True] * 5 + [False]


def test_under_pressure_the_longest_idle_one_of_the_busiest_goes() -> None:
    admission = Admission(LIMITS)
    busy = [lan(1, is_idle=True) for _ in range(4)]
    busy[2].seconds = 60.0
    small = [lan(number, is_idle=True) for number in range(2, 13)]
    for guest in (*busy, *small):
        guest.seconds += 100.0 * (guest in small)
        assert admission.admit(guest)
    assert admission.admit(lan(99))
    assert [guest for guest in (*busy, *small) if guest.was_sent_away] == [busy[2]]


def test_few_descriptors_mean_few_connections_and_a_reserve_all_the_same() -> None:
    few = Limits().fitting(64)
    assert few.connections + few.accepted_at_once + few.streams == 24
    assert few.streams > 0
    assert 0 < few.connections_reserved < few.connections
    assert Limits().fitting(1_024) == Limits()
    some = Limits().fitting(800)
    assert some == replace(Limits(), streams=800 - 40 - Limits().connections - 256)


def test_streams_take_no_connection_and_end_with_who_listens() -> None:
    admission = Admission(replace(LIMITS, streams=6, streams_a_network=2))
    listeners = [lan(1, asks=True) for _ in range(3)]
    for guest in listeners:
        assert admission.admit(guest)
    said = [admission.begin_stream(guest) for guest in listeners]
    assert said == [None, None, NoRoom.OF_NETWORK]
    assert (len(admission), admission.streams) == (1, 2)
    assert [admission.admit(lan(1, asks=True)) for _ in range(4)] == [True] * 3 + [False]
    local = [Someone("127.0.0.1", asks=True) for _ in range(5)]
    for guest in local:
        assert admission.admit(guest)
    said = [admission.begin_stream(guest) for guest in local]
    assert said == [None] * 4 + [NoRoom.IN_ALL]
    for _ in range(2):
        admission.leave(listeners[0])
    assert admission.streams == 5
    assert admission.begin_stream(listeners[2]) is None


ADDRESSES = ["127.0.0.1", "::1", "10.0.0.1", "10.0.0.2", "10.0.0.3", "2001:db8::1", "2001:db8::2"]


@given(
    st.lists(
        st.tuples(st.sampled_from(ADDRESSES), st.booleans(), st.booleans(), st.booleans()),
        max_size=120,
    )
)
def test_whoever_comes_the_bounds_hold(coming: list[tuple[str, bool, bool, bool]]) -> None:
    admission = Admission(LIMITS)
    here: list[Someone] = []
    for address, asks, is_idle, leaves in coming:
        if leaves and here:
            gone = here.pop(0)
            admission.leave(gone)
            admission.leave(gone)
        guest = Someone(address, asks=asks, is_idle=is_idle and not asks)
        if admission.admit(guest):
            here.append(guest)
        here = [other for other in here if not other.was_sent_away]
        local = [other for other in here if other.network == LOOPBACK]
        assert len(admission) == len(here) <= LIMITS.connections
        assert len(local) <= LIMITS.connections - LIMITS.connections_reserved
        assert len(here) - len(local) <= LIMITS.connections - LIMITS.connections_reserved
        for network in {other.network for other in here} - {LOOPBACK}:
            of_it = sum(other.network == network for other in here)
            assert of_it <= LIMITS.connections_a_network
