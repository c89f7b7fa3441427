"""Whatever is asked of a list: pages are the whole, and nonsense is a 422, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings, strategies as st

from izzitup_desktop.board.live import Picture
from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.services import NAME_MOST, Service
from izzitup_desktop.domain.statuses import STATUS_NAMES
from izzitup_desktop.domain.text import fold
from izzitup_desktop.server.v1 import lists
from izzitup_desktop.server.v1.models import ServiceQuery
from izzitup_desktop.server.v1.pictures import KeyIndex, View
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.v1.shown import groups_by_id
from izzitup_desktop.server.v1.values import CURSOR_MOST
from izzitup_desktop.server.v1.words import Unknown, status_id
from tests.builders import ALICE
from tests.examples import share_of
from tests.server.v1.world import World, sqlite_world

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
GROUPS = tuple(Group(number, f"Group {number}", number * 7 % 5, 1) for number in range(1, 4))
TIMES = st.timedeltas(timedelta(0), timedelta(seconds=3)).map(lambda passed: BEGIN + passed)


@st.composite
def services(draw: st.DrawFn) -> list[Service]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        since = draw(TIMES)
        name = draw(st.sampled_from(["E-Mail", "e-mail", "Büro", "BÜRO", "Web", "ß", "SS"]))
        made.append(
            Service(
                number + 1, name, draw(st.sampled_from(["", "A", "b", "ä"])), "", "", "",
                draw(st.sampled_from([5, 6, 7, 8])), draw(st.booleans()), BEGIN, draw(TIMES),
                draw(st.sampled_from([None, 1, 2, 3])), "", draw(st.integers(0, 3)), since, "bob", 1,
                since, hold=draw(st.sampled_from([None, Hold("bob")])),
            )
        )  # fmt: skip
    return made


def view_of(found: list[Service], *, whole: bool) -> View:
    picture = Picture(1, 1, {service.id: service for service in found}, GROUPS)
    principal, name = (ALICE, "all") if whole else (PUBLIC, "public")
    return View(picture, principal, name, groups_by_id(GROUPS), KeyIndex())


@given(
    services(),
    st.booleans(),
    st.sampled_from([sign + name for name in lists.SORTS for sign in ("", "-")]),
    st.integers(1, 5),
)
def test_the_pages_of_a_list_are_the_whole_list_in_order(
    found: list[Service], whole: bool, sort: str, limit: int
) -> None:
    view = view_of(found, whole=whole)
    everything, none = lists.page(view, ServiceQuery(sort=sort, limit=1_000))
    assert none is None
    paged: list[Service] = []
    cursor: str | None = ""
    while cursor is not None:
        page, cursor = lists.page(view, ServiceQuery(sort=sort, limit=limit, cursor=cursor))
        assert len(page) <= limit
        assert page or cursor is None
        paged += page
    assert paged == everything
    assert {service.id for service in paged} == {
        service.id for service in found if whole or not service.hidden
    }
    other, _ = lists.page(
        view, ServiceQuery(sort=sort.removeprefix("-") if "-" in sort else f"-{sort}", limit=1_000)
    )
    assert other == everything[::-1]


@pytest.mark.parametrize("char", ["x", "ß", "é", "\N{PILE OF POO}"])
def test_the_cursor_behind_the_longest_name_fits_into_an_address(char: str) -> None:
    long = char * NAME_MOST
    found = [
        Service(
            id_, long, "", "", "", "", 5, False, BEGIN, BEGIN, None, "", 0, BEGIN, "bob", 1, BEGIN
        )
        for id_ in (1, 2)
    ]
    first, cursor = lists.page(view_of(found, whole=True), ServiceQuery(sort="name", limit=1))
    assert cursor is not None
    assert len(cursor) <= CURSOR_MOST
    query = ServiceQuery(sort="name", limit=1, cursor=cursor)
    second, _ = lists.page(view_of(found, whole=True), query)
    assert [*first, *second] == found


@given(
    services(),
    st.lists(
        st.sampled_from([*map(str, STATUS_NAMES), "outage", "IMPAIRED", "operational"]), max_size=3
    ),
    st.lists(st.sampled_from(["1", "group 2", "GROUP 3", ""]), max_size=3),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
)
def test_a_filter_leaves_what_meets_it_and_nothing_else(
    found: list[Service],
    status: list[str],
    group: list[str],
    hidden: bool | None,
    held: bool | None,
) -> None:
    query = ServiceQuery(status=status, group=group, hidden=hidden, held=held, limit=1_000)
    page, _ = lists.page(view_of(found, whole=True), query)
    ids = {status_id(word) for word in status}
    group_ids = {int(word[-1]) if word else None for word in group}
    assert {service.id for service in page} == {
        service.id
        for service in found
        if (not ids or service.status_id in ids)
        and (not group_ids or service.group_id in group_ids)
        and (hidden is None or service.hidden is hidden)
        and (held is None or (service.hold is not None) is held)
    }


@given(
    services(),
    st.text(max_size=40) | st.binary(max_size=30).map(lambda sent: quote(sent)),
    st.sampled_from(list(lists.SORTS)),
)
def test_a_cursor_that_nobody_gave_is_refused_or_harmless(
    found: list[Service], cursor: str, sort: str
) -> None:
    view = view_of(found, whole=True)
    try:
        page, _ = lists.page(view, ServiceQuery(cursor=cursor, sort=sort))
    except Refused:
        return
    assert set(page) <= set(found)


@given(st.lists(services(), min_size=1, max_size=4), st.sampled_from(["a", "b", "ä", "c", ""]))
def test_a_key_leads_to_the_service_that_has_it_in_each_picture(
    boards: list[list[Service]], key: str
) -> None:
    index = KeyIndex()
    for version, found in enumerate(boards):
        distinct = {service.key: service for service in found}.values()
        picture = Picture(version, version, {service.id: service for service in distinct}, GROUPS)
        ids = [service.id for service in distinct if key and fold(service.key) == key]
        assert index.find(picture, key) == (ids[0] if ids else None)


@given(st.integers() | st.text(max_size=30))
def test_a_word_is_a_status_or_unknown(word: int | str) -> None:
    try:
        found = status_id(word)
    except Unknown:
        return
    name = STATUS_NAMES[found].casefold()
    assert str(word).strip().casefold() == name or int(word) == found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("queries")) as made:
        yield made


PARAMETERS = st.sampled_from(
    [
        "status",
        "group",
        "q",
        "hidden",
        "stale",
        "held",
        "sort",
        "limit",
        "cursor",
        "x",
        "",
        "limit ",
    ]
)
VALUES = st.sampled_from(
    [
        "",
        "1",
        "7",
        "true",
        "False",
        "-1",
        "1e3",
        "nan",
        "outage",
        "-name",
        "\x00",
        "ä",
        "None",
        "[]",
        "%",
    ]
) | st.text(max_size=12)


@settings(max_examples=share_of(60), deadline=None)
@given(
    path=st.sampled_from(["services", "groups", "journal"]),
    query=st.lists(st.tuples(PARAMETERS, VALUES), max_size=4),
)
def test_no_query_is_a_fault(world: World, path: str, query: list[tuple[str, str]]) -> None:
    sent = urlencode([(name, value.encode("utf-8", "replace")) for name, value in query])
    answer = world.ask("GET", f"/{path}?{sent}", who="alice")
    assert answer.status in (200, 404, 422)


@settings(max_examples=share_of(60), deadline=None)
@given(
    raw=st.text(
        alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"),
        max_size=40,
    )
)
def test_no_path_and_no_raw_query_is_a_fault(world: World, raw: str) -> None:
    for path in (f"/services/{raw}", f"/services?{raw}", f"/{raw}"):
        assert world.ask("GET", path).status in (200, 401, 404, 405, 422)
