"""What programs elsewhere are told of an entry's fields, and how they get them back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.concepts import Field, KindSpec
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.statuses import STATUS_NAMES
from izzitup_desktop.domain.told_fields import stored, told

SPECS = sorted(VOCABULARY.specs.values(), key=lambda spec: spec.kind)
TIMES = ("2026-11-27T08:30:00+00:00", "2026-11-27T08:30:00.000250+00:00")
SOME: tuple[Any, ...] = (
    None, True, False, 1, 5, 6, 7, 1024, "", "alice", "editor", *TIMES, [], [1, 2], ["read", "set"],
)  # fmt: skip
"""Values of every sort."""

NO_STATUS, NO_TIME = max(STATUS_NAMES) + 1, "2026-11-27T08:30:00"


def takes(field: Field, name: str, value: Any) -> bool:
    """Whether the board may journal it."""
    try:
        if field.rule is not None:
            field.rule(name, value)
    except Invalid:
        return False
    return field.reads(value)


def sides_of(spec: KindSpec) -> st.SearchStrategy[Mapping[str, Any]]:
    values = {
        name: st.sampled_from([value for value in SOME if takes(field, name, value)])
        for name, field in spec.fields.items()
    }
    return st.fixed_dictionaries({}, optional=values)


ENTRIES = st.sampled_from(SPECS).flatmap(
    lambda spec: st.tuples(st.just(spec), sides_of(spec), st.sampled_from(("", "newer")))
)


@given(ENTRIES)
def test_whatever_is_told_of_a_known_kind_comes_back_as_it_is_stored(
    entry: tuple[KindSpec, dict[str, Any], str],
) -> None:
    spec, side, further = entry
    if further:
        side = {**side, further: [5, TIMES[0]]}
    assert stored(spec, told(spec, side)) == side
    assert stored(spec, side) == side  # as an older version told it


def told_ones() -> Iterator[tuple[Field, str, Any, Any]]:
    """A field, the name and the value that are told of it, and the value that is stored."""
    for spec in SPECS:
        for name, field in spec.fields.items():
            for value in SOME:
                if takes(field, name, value):
                    ((told_name, shown),) = told(spec, {name: value}).items()
                    yield field, told_name, shown, value


def test_no_status_is_told_by_its_number_alone_and_no_time_by_its_offset() -> None:
    seen = set()
    for field, name, shown, value in told_ones():
        if value is None:
            assert shown is None or shown == {"status": None}, name
        elif field.reads(6) and not field.reads(NO_STATUS):
            named = shown["status"] if name == "proposal" else shown
            assert named == {"id": value, "name": STATUS_NAMES[value]}, name
            seen.add("status")
        elif field.reads(TIMES[0]) and not field.reads(NO_TIME):
            assert re.fullmatch(r"2026-11-27T08:30:00\.000(000|250)Z", shown), name
            seen.add("time")
    assert seen == {"status", "time"}


def test_fields_have_the_names_that_they_have_in_the_things_themselves() -> None:
    assert {name for _, name, _, _ in told_ones()} == {
        "account", "active", "check_url", "comment_public", "count", "days", "description", "done", "ending", "expires",
        "file", "group",
        "groups", "held_by", "hidden", "key", "name", "next", "note", "open", "owner", "position",
        "proposal", "removed", "role", "scopes", "services", "since", "stale_minutes", "status",
        "then", "times", "until", "until_id", "url",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "side", "shown"),
    [
        ("service.status", {"status": 7, "until": TIMES[0], "until_status": 6, "held_by": "zoe"},
         {"status": {"id": 7, "name": "Outage"}, "until": "2026-11-27T08:30:00.000000Z",
          "then": {"id": 6, "name": "Impaired"}, "held_by": "zoe"}),
        ("service.terms", {"until": None, "until_status": None, "held_by": ""},
         {"until": None, "then": None, "held_by": None}),
        ("service.wished", {"wish_status": 6},
         {"proposal": {"status": {"id": 6, "name": "Impaired"}}}),
        ("service.confirmed", {"times": 3, "since": "2026-11-27T10:30:00+02:00"},
         {"times": 3, "since": "2026-11-27T08:30:00.000000Z"}),
        ("service.edited", {"group_id": 3, "hidden": True}, {"group": {"id": 3}, "hidden": True}),
        ("service.added", {"group_id": None, "status": 5},
         {"group": None, "status": {"id": 5, "name": "Operational"}}),
        ("service.mistake", {"mistake 12": True}, {"mistake": True, "entry": {"id": 12}}),
        ("account.edited", {"group_ids": [3, 4], "role": "viewer"},
         {"groups": [{"id": 3}, {"id": 4}], "role": "viewer"}),
        ("token.added", {"service_ids": [2], "group_ids": None, "expires": TIMES[0]},
         {"services": [{"id": 2}], "groups": None, "expires": "2026-11-27T08:30:00.000000Z"}),
    ],
)  # fmt: skip
def test_each_sort_of_value_is_told_as_its_thing_has_it(
    kind: str, side: dict[str, Any], shown: dict[str, Any]
) -> None:
    spec = VOCABULARY.spec(Kind(kind))
    assert told(spec, side) == shown
    assert stored(spec, shown).keys() == side.keys()


def test_kinds_and_fields_of_newer_versions_are_told_as_they_are() -> None:
    side: Any = {"status": 7, "until": TIMES[0], "weight": {"until_status": 5}, "mistake 12": True}
    assert told(VOCABULARY.spec(Kind("event.started")), side) == side
    known = VOCABULARY.spec(Kind("service.status"))
    for side in ({"weight": 5, "seen": TIMES[0]}, {"mistake 12": True}, {"entry": 5}):
        assert told(known, side) == stored(known, side) == side
    mistake = VOCABULARY.spec(Kind("service.mistake"))
    for side in ({"mistake 012": True}, {"mistake x": 5}, {"entry": 5}, {"mistake": {"id": 5}}):
        assert told(mistake, side) == stored(mistake, side) == side


@pytest.mark.parametrize(
    "side",
    [{"group_ids": "3"}, {"group_ids": [True]}, {"group_ids": {"3": 4}}, {"role": 5}],
)
def test_a_damaged_value_is_told_as_it_is(side: dict[str, Any]) -> None:
    spec = VOCABULARY.spec(Kind("account.edited"))
    (shown,) = told(spec, side).values()
    assert [shown] == list(side.values())
    assert stored(spec, told(spec, side)) == side
