"""In what order rows stand: sorted all at once, and put into their places one by one."""

from __future__ import annotations

from hypothesis import given, strategies as st

from izzitup_desktop.desktop.board.order import (
    OWN_ORDER,
    Order,
    by_name,
    key_of,
    name_key_of,
    ordered,
    place_of_status,
    places_for,
    put_in,
    take_out,
)
from izzitup_desktop.desktop.board.rows import Column, Row
from tests.desktop.board.made_rows import MANY, WORST_FIRST, row

ORDERS = st.builds(Order, st.integers(OWN_ORDER, len(Column) - 1), st.booleans(), st.booleans())
LONG = st.sets(st.integers(0, 60)).map(sorted)


def held(rows: list[Row]) -> dict[int, Row]:
    return {row.service.id: row for row in rows}


def places_of_groups(rows: dict[int, Row]) -> dict[int, int]:
    return {row.service.group_id or 0: row.group_place for row in rows.values()}


@given(MANY, ORDERS)
def test_all_rows_are_sorted_as_they_compare_singly(found: list[Row], order: Order) -> None:
    rows = held(found)
    groups = places_of_groups(rows)
    key = key_of(order, groups)
    assert ordered(rows, by_name(rows), order, groups) == sorted(rows, key=lambda i: key(rows[i]))


@given(MANY)
def test_rows_by_name_are_sorted_as_they_compare_singly(found: list[Row]) -> None:
    rows = held(found)
    assert by_name(rows) == sorted(rows, key=lambda i: name_key_of(rows[i]))


def test_more_rows_than_are_sorted_in_one_piece_stand_in_one_order() -> None:
    rows = held([row(id_, f"{id_ * 7 % 9_001:04}", key=f"{id_ % 3}") for id_ in range(1, 9_001)])
    by_key = ordered(rows, by_name(rows), Order(Column.KEY), {})
    shown = [(rows[id_].service.key, rows[id_].service.name) for id_ in by_key]
    assert shown == sorted(shown)
    assert len(shown) == 9_000


def test_ties_stand_by_name_and_then_by_number_both_ways() -> None:
    rows = held([row(3, "b", status=7), row(1, "b", status=7), row(2, "a", status=7), row(4, "a")])
    named = by_name(rows)
    assert ordered(rows, named, Order(Column.STATUS), {}) == [2, 1, 3, 4]
    assert ordered(rows, named, Order(Column.STATUS, descending=True), {}) == [4, 3, 1, 2]


def test_what_is_empty_comes_after_all_texts() -> None:
    rows = held([row(1, key=""), row(2, key="zz"), row(3, key="AA")])
    assert ordered(rows, by_name(rows), Order(Column.KEY), {}) == [3, 2, 1]


def test_the_worst_status_is_first_and_one_that_is_unknown_last() -> None:
    assert sorted([0, *reversed(WORST_FIRST)], key=place_of_status) == [*WORST_FIRST, 0]


@given(LONG, st.data())
def test_what_is_taken_out_and_put_in_again_is_all_there_in_order(
    numbers: list[int], data: st.DataObject
) -> None:
    some = st.sets(st.sampled_from(numbers)) if numbers else st.just(set[int]())
    gone = sorted(data.draw(some))
    ids = numbers.copy()
    take_out(ids, [numbers.index(number) for number in gone])
    assert ids == [number for number in numbers if number not in gone]

    coming = places_for(ids, [(number, number) for number in reversed(gone)], key=lambda n: n)
    put_in(ids, coming)
    assert ids == numbers
    assert coming == [(numbers.index(number), number) for number in gone]
