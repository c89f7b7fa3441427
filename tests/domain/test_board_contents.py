"""How two times of a board differ."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from izzitup_desktop.domain.board_contents import BoardContents, difference
from izzitup_desktop.domain.services import Service
from tests.desktop.board.made_rows import row

SERVICES = st.dictionaries(
    st.integers(1, 6),
    st.tuples(st.sampled_from(["Mail", "Chat"]), st.sampled_from([5, 6, 7])),
)


def contents(found: dict[int, tuple[str, int]]) -> BoardContents:
    services: dict[int, Service] = {
        id_: replace(row(id_, name).service, status_id=status_id)
        for id_, (name, status_id) in found.items()
    }
    return BoardContents(services, 0, 1, None, "")


@given(SERVICES, SERVICES)
def test_each_service_that_is_not_the_same_is_told_once_for_each_way_it_differs(
    then: dict[int, tuple[str, int]], now: dict[int, tuple[str, int]]
) -> None:
    found = difference(contents(then), contents(now))
    assert {service.id for service in found.coming} == then.keys() - now.keys()
    assert {service.id for service in found.going} == now.keys() - then.keys()
    both = then.keys() & now.keys()
    assert {old.id for old, _ in found.other_status} == {
        id_ for id_ in both if then[id_][1] != now[id_][1]
    }
    assert {old.id for old, _ in found.edited} == {
        id_ for id_ in both if then[id_][0] != now[id_][0]
    }
    assert bool(found) == (then != now)
