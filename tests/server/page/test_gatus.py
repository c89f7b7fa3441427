"""Gatus' list of endpoints, as its readers take it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from izzitup_desktop.server.page import gatus
from tests.made_public_boards import public_board, wanted
from tests.server.page import shapes


def endpoints(**query: str) -> Any:
    return json.loads(gatus.statuses(public_board(), wanted(query=query)).content)


def test_the_answer_has_gatus_shape() -> None:
    found = gatus.statuses(public_board(), wanted())
    TypeAdapter(list[shapes.Endpoint]).validate_json(found.content)
    assert gatus.statuses(public_board(()), wanted()).content == b"[]"


def test_endpoints_are_named_and_keyed_as_gatus_does() -> None:
    found = endpoints()
    assert [(one["name"], one.get("group"), one["key"]) for one in found[:2]] == [
        ("Mail", "Office", "office_mail"), ("Wiki", "Office", "office_wiki"),
    ]  # fmt: skip
    assert (found[-1]["name"], found[-1]["key"]) == ("Door & <gate>", "_door---<gate>")
    assert "group" not in found[-1]


def test_the_last_result_is_what_holds_now() -> None:
    by_name = {one["name"]: one["results"][-1] for one in endpoints()}
    assert by_name["Mail"] == {
        "duration": 0, "success": False, "timestamp": "2026-11-27T21:30:00.000Z",
        "errors": ["Outage"],
    }  # fmt: skip
    assert by_name["Wiki"]["success"]  # impaired: people can work
    assert by_name["Phones"]["success"]


@pytest.mark.parametrize(
    ("query", "count", "last"),
    [
        ({}, 50, "2026-11-27"),
        ({"pageSize": "100"}, 90, "2026-11-27"),
        ({"pageSize": "5"}, 5, "2026-11-27"),
        ({"page": "2", "pageSize": "20"}, 20, "2026-11-07"),
        ({"page": "5", "pageSize": "20"}, 10, "2026-09-08"),
        ({"page": "x", "pageSize": "-1"}, 50, "2026-11-27"),
        ({"page": "0", "pageSize": "0"}, 50, "2026-11-27"),
    ],
)
def test_pages_have_the_newest_first_and_oldest_first_within(
    query: dict[str, str], count: int, last: str
) -> None:
    results = endpoints(**query)[0]["results"]
    assert len(results) == count
    assert results[-1]["timestamp"].startswith(last)
    assert results == sorted(results, key=lambda one: one["timestamp"])


def test_a_page_beyond_the_last_has_no_results() -> None:
    assert endpoints(page="9")[0]["results"] == []
