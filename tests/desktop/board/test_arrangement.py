"""An arrangement that is kept as rows change is the one that would be made anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings, strategies as st

from izzitup_desktop.desktop.board.arranged import Change, arrange
from izzitup_desktop.desktop.board.arrangement import Arrangement
from izzitup_desktop.desktop.board.order import OWN_ORDER, Order
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from tests.desktop.board.made_rows import COLLAPSED, MANY, STATUSES, WORDS, row
from tests.examples import share_of

ORDERS = st.builds(Order, st.integers(OWN_ORDER, len(Column) - 1), st.booleans(), st.booleans())
CHANGES = st.tuples(st.just("change"), MANY, st.sets(st.integers(1, 12), max_size=4))
STEPS = st.one_of(
    CHANGES,
    CHANGES,
    st.tuples(st.just("order"), ORDERS, st.lists(CHANGES, max_size=2)),
    st.tuples(st.just("search"), st.sampled_from([*WORDS, "al", "alp", "alp a"])),
    st.tuples(st.just("only"), STATUSES),
    st.tuples(st.just("collapse"), COLLAPSED),
)


def arranged_anew(
    rows: dict[int, Row], order: Order, text: str, statuses: Any, collapsed: Any
) -> Arrangement:
    made = Arrangement()
    made.wanted = order
    made.take(arrange(rows.values(), order, {}))
    made.search(text)
    made.only(statuses)
    made.collapse(collapsed)
    return made


def everything_of(arrangement: Arrangement) -> tuple[Any, ...]:
    shown = arrangement.shown
    return (
        shown,
        arrangement.found_count,
        arrangement.counts(),
        [arrangement.section_of(number) for number in shown if number < 0],
        [arrangement.place_in(shown, number) for number in (*shown, 99, -99)],
    )


def changed(arrangement: Arrangement, rows: list[Row], gone: set[int]) -> set[int]:
    """Change rows, check what it says of it, and return whose rows changed."""
    before, known = arrangement.shown.copy(), arrangement.rows.copy()
    change = arrangement.change(rows, gone - {row.service.id for row in rows})
    if not change.is_whole:
        assert followed(before, change) == arrangement.shown
    now = arrangement.rows
    touched = {id_ for id_ in known | now if known.get(id_) != now.get(id_)}
    assert touched & now.keys() == {number for number in change.changed if number > 0}
    return touched


def followed(shown: list[int], change: Change) -> list[int]:
    """What is shown, changed by what a change says."""
    kept = [number for place, number in enumerate(shown) if place not in change.leaving]
    for place, number in change.coming:
        kept.insert(place, number)
    return kept


@settings(max_examples=share_of(150), deadline=None)
@given(MANY, ORDERS, st.lists(STEPS, max_size=8))
def test_kept_as_rows_change_it_is_as_if_made_anew(
    rows: list[Row], order: Order, steps: list[Any]
) -> None:
    text, statuses, collapsed = "", frozenset[int](), frozenset[int]()
    kept = arranged_anew({row.service.id: row for row in rows}, order, "", (), ())
    for name, value, *more in steps:
        match name:
            case "change":
                changed(kept, value, more[0])
            case "order":
                order = kept.wanted = value
                sort, since = kept.sorter(order), set[int]()
                for _name, new, gone in more[0]:
                    since |= changed(kept, new, gone)
                if kept.order != order:
                    kept.put_in(order, sort(), since)
            case "search":
                text = value
                kept.search(text)
            case "only":
                statuses = value
                kept.only(statuses)
            case "collapse":
                collapsed = value
                kept.collapse(collapsed)
        anew = arranged_anew(kept.rows, order, text, statuses, collapsed)
        assert everything_of(kept) == everything_of(anew)


def test_among_many_rows_it_is_kept_as_rows_change_too() -> None:
    rows = [row(id_, f"{id_ * 7 % 101}", group=id_ % 4) for id_ in range(1, 101)]
    order = Order(Column.NAME, sectioned=True)
    kept = arranged_anew({row.service.id: row for row in rows}, order, "1", (), ())
    changed(kept, [row(id_, f"{id_}", group=id_ % 3) for id_ in range(40, 80)], set(range(1, 30)))
    kept.search("1 2")
    assert everything_of(kept) == everything_of(arranged_anew(kept.rows, order, "1 2", (), ()))


def test_in_the_own_order_a_status_moves_nothing() -> None:
    rows = {id_: row(id_, group=id_ % 2) for id_ in range(1, 5)}
    kept = arranged_anew(rows, Order(OWN_ORDER, sectioned=True), "", (), ())
    change = kept.change([row(2, status=7)], ())
    assert (change.changed, change.is_whole) == ([2, -1], False)
    assert not change.leaving
    assert not change.coming
    assert kept.section_of(-1).counts == ((7, 1), (5, 1))


def test_a_section_goes_with_its_last_row_and_comes_with_its_first() -> None:
    rows = {1: row(1, group=1), 2: row(2, group=2)}
    kept = arranged_anew(rows, Order(OWN_ORDER, sectioned=True), "", (), ())
    assert kept.shown == [-3, 2, -2, 1]
    gone = kept.change([], [2])
    assert (gone.leaving, gone.coming) == ([0, 1], [])
    back = kept.change([row(2, group=2)], ())
    assert (back.leaving, back.coming) == ([], [(0, -3), (1, 2)])


def test_a_group_that_is_put_elsewhere_takes_its_section_along() -> None:
    rows = {1: row(1, group=1), 2: row(2, group=2)}
    kept = arranged_anew(rows, Order(OWN_ORDER, sectioned=True), "", (), ())
    change = kept.change([replace(rows[1], group_place=1)], ())
    assert change.is_whole
    assert kept.shown == [-2, 1, -3, 2]


def test_a_row_that_is_as_it_was_changes_nothing() -> None:
    kept = arranged_anew({1: row(1)}, Order(), "", (), ())
    assert kept.change([row(1)], [99]) == Change()


def test_arranging_names_rows_that_are_new_or_differ_from_before() -> None:
    before = {id_: row(id_) for id_ in (1, 2, 3)}
    arranged = arrange([row(1), row(2, status=7), row(4)], Order(), before)
    assert arranged.changed == {2, 4}
    assert arranged.counts == {0: Counter({5: 2, 7: 1})}


def test_rows_arranged_before_somebody_sorted_stand_as_is_wanted_now() -> None:
    kept = Arrangement()
    arranged = arrange([row(1, "b"), row(2, "a")], Order(OWN_ORDER), {})
    kept.wanted = Order(Column.NAME)
    kept.take(arranged)
    assert kept.shown == [2, 1]
    assert kept.order == kept.wanted


def test_a_collapsed_section_says_so() -> None:
    kept = arranged_anew({1: row(1, group=1)}, Order(OWN_ORDER, sectioned=True), "", (), {1})
    assert kept.shown == [-2]
    assert kept.section_of(-2) == Section(1, "Büro", ((5, 1),), collapsed=True)
    assert kept.found_count == 1
