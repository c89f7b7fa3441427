"""What a search says, and which rows it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.desktop.board.filter import Filter
from izzitup_desktop.desktop.board.query import OPERATORS, Field, Query, Term, Unclear, parsed
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.domain.holds import Hold
from tests.desktop.board.made_rows import MANY, row

NOW = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def query(text: str) -> Query:
    return parsed(text, NOW)


def leaves(text: str, some: Row) -> bool:
    asked = query(text)
    return Filter(asked.words, terms=asked.terms).matches(some)


def with_(some: Row, **fields: Any) -> Row:
    return replace(some, service=replace(some.service, **fields))


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    query(text)


@given(st.lists(st.from_regex(r"\A[a-z0-9]{1,6}\Z"), max_size=4))
def test_plain_words_are_looked_for_as_they_are(words: list[str]) -> None:
    plain = [word for word in words if word not in ("held", "stale", "until")]
    assert query(" ".join(plain)) == Query(tuple(plain))


@given(st.sampled_from(sorted(OPERATORS)), MANY)
def test_an_operator_without_a_value_yet_leaves_every_row(operator: str, rows: list[Row]) -> None:
    assert query(f"{operator}:") == Query()
    assert all(leaves(f"{operator}:", some) for some in rows)


@given(
    st.sampled_from(["group:büro", "status:7|6", "key:a", "held", "changed:2h", "a", '"a b"']),
    MANY,
)
def test_a_minus_leaves_just_the_other_rows(text: str, rows: list[Row]) -> None:
    for some in rows:
        assert leaves(text, some) is not leaves(f"-{text}", some)


@pytest.mark.parametrize(
    "text", ["status:7", "status:outage", "STATUS:Störung", "status:ausfall", "status:5|out"]
)
def test_a_status_goes_by_number_and_by_its_word_in_both_languages(text: str) -> None:
    assert leaves(text, row(1, status=7))
    assert not leaves(text, row(1, status=6))


@pytest.mark.parametrize("text", ["group:bur", "Gruppe:Büro", 'group:"büro"', "group:x|BURO"])
def test_a_group_goes_by_a_part_of_its_name(text: str) -> None:
    assert leaves(text, row(1, "Printer", group=1))
    assert not leaves(text, row(2, "büro"))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("held", {"hold": Hold("alice")}),
        ("festgehalten", {"hold": Hold("alice")}),
        ("stale", {"stale": True}),
        ("veraltet", {"stale": True}),
        ("by:mon", {"changed_by": "Monitor"}),
        ("von:monitor", {"changed_by": "Monitor"}),
        ("key:ml", {"key": "ML-1"}),
        ("Kürzel:ml", {"key": "ML-1"}),
    ],
)
def test_operators_look_at_what_a_row_is(text: str, fields: dict[str, Any]) -> None:
    some = row(1, "held stale")
    assert not leaves(text, some)
    assert leaves(text, with_(some, **fields))


@pytest.mark.parametrize(
    ("text", "hours_ago"),
    [
        ("changed:2h", [0, 1]),
        ("changed:120min", [0, 1]),
        ("geändert:heute", [0, 1, 11]),
        ("changed:yesterday", [13, 35]),
        ("changed:2d", [0, 1, 11, 13, 35, 47]),
    ],
)
def test_changed_goes_by_when_the_status_was_set(text: str, hours_ago: list[int]) -> None:
    times = (0, 1, 11, 13, 35, 47, 60)
    some = [with_(row(1), since=NOW - timedelta(hours=hours)) for hours in times]
    found = [hours for hours, one in zip(times, some, strict=True) if leaves(text, one)]
    assert found == hours_ago


def test_in_quotes_everything_is_text() -> None:
    assert query('"held" "Core Router"') == Query(("held", "core router"))
    assert query('-"a b"').terms == (Term(Field.TEXT, True, ("a b",)),)


def test_an_unknown_operator_is_said_and_searched_as_text() -> None:
    assert query("room:12") == Query(("room:12",), (), ((Unclear.OPERATOR, "room:"),))
    assert query("http://a 10:30").unclear == ()


@pytest.mark.parametrize("text", ["status:broken", "changed:soon", "status:7|broken"])
def test_an_unknown_value_is_said_and_leaves_every_row(text: str) -> None:
    assert query(text) == Query((), (), ((Unclear.VALUE, text),))
