"""`/metrics`: what Prometheus is told, and what of it strangers are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import parser
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.samples import Sample

from izzitup_desktop import __version__
from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.domain.errors import NotAllowed
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.monitoring.uptimes import Uptimes
from tests.builders import ALICE, HandClock, add_service, do_due, opened_board
from tests.server.v1.world import ADMINISTRATOR, VIEWER, World, assert_problem, basic, sqlite_world
from tests.server.wire import Answer, ask

OPEN = "Accept: application/openmetrics-text; version=1.0.0,text/plain;q=0.5"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("metrics")) as made:
        scrape(made)  # what the first scrape loads, it loads here
        yield made


def scrape(world: World, *headers: str) -> Answer:
    return ask(world.server, method="GET", path="/metrics", headers=headers)


def samples(world: World, *headers: str) -> list[Sample]:
    return [one for family in families(world, *headers) for one in family.samples]


def families(world: World, *headers: str) -> list[Metric]:
    return list(parser.text_string_to_metric_families(scrape(world, *headers).body.decode()))


def value(found: list[Sample], metric: str, /, **labels: str) -> float | None:
    values = [
        one.value for one in found if one.name == metric and labels.items() <= one.labels.items()
    ]
    assert len(values) <= 1
    return values[0] if values else None


def test_each_status_is_told_since_when_and_of_which_service(world: World) -> None:
    service = world.board.statuses.set(ALICE, [world.printer.id], StatusId.OUTAGE).value[0]
    found = samples(world)
    labels = {"service": "Drucker-3", "group": "Printers"}
    statuses = {
        one.labels["status"]: one.value
        for one in found
        if one.name == "izzitup_service_status" and one.labels["service"] == "Drucker-3"
    }
    assert statuses == {"operational": 0, "impaired": 0, "outage": 1, "closed": 0}
    since = value(found, "izzitup_service_status_since_timestamp_seconds", **labels)
    assert since == pytest.approx(service.since.timestamp())
    assert value(found, "izzitup_service_status_stale", **labels) == 0
    assert (
        value(found, "izzitup_service_info", id=str(service.id), name=service.name, **labels) == 1
    )
    assert value(found, "izzitup_build_info", version=__version__) == 1
    world.board.statuses.set(ALICE, [world.printer.id], StatusId.OPERATIONAL)
    assert value(samples(world), "izzitup_service_status", status="outage", **labels) == 0


def test_a_service_without_a_key_is_called_by_its_id(world: World) -> None:
    added = world.board.services.find(PUBLIC, str(world.mail.id))
    assert value(samples(world), "izzitup_service_info", service=added.key) == 1
    plain = world.board.services.add(ALICE, ServiceDraft('Plain "one"\\')).value
    labels = {"service": str(plain.id), "group": ""}
    found = samples(world)
    assert value(found, "izzitup_service_info", name='Plain "one"\\', **labels) == 1
    world.board.services.remove(ALICE, [plain.id])
    assert value(samples(world), "izzitup_service_info", **labels) is None


def test_strangers_find_no_trace_of_what_is_hidden_nor_of_the_process(world: World) -> None:
    public = scrape(world).body
    for secret in (b"VAULT", b"Vault", b"izzitup_journal", b"process_", b"uptime"):
        assert secret not in public
    told = samples(world, basic(VIEWER))
    assert value(told, "izzitup_service_info", service="VAULT") == 1
    last = world.board.journal.latest(ALICE, limit=1)[0].id
    assert value(told, "izzitup_journal_entry_id") == last
    # Who asks next without a sign-in is not given what was kept for somebody else.
    assert b"VAULT" not in scrape(world).body


def test_a_token_sees_what_it_is_limited_to(world: World) -> None:
    draft = TokenDraft(
        "scraper", world.board.accounts.find(ADMINISTRATOR).id, None, frozenset({Scope.READ}),
        Limits(frozenset({world.hidden.id})),
    )  # fmt: skip
    secret = world.board.tokens.add(ALICE, draft).value.secret
    answer = scrape(world, f"Authorization: Bearer {secret}")
    assert answer.status == 200
    assert b"VAULT" in answer.body
    refused = scrape(world, f"Authorization: Bearer {secret[:-1]}x")
    assert_problem(refused)
    assert refused.status == 401


def test_uptimes_are_read_once_a_minute_and_by_nobody_who_may_not(tmp_path: Path) -> None:
    clock = HandClock()
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, clock=clock) as board:
        service = add_service(board)
        uptimes = Uptimes(board)

        def pass_on(minutes: int) -> None:
            for _ in range(minutes):
                clock.go_on(timedelta(minutes=1))
                do_due(board)

        do_due(board)
        pass_on(3)
        board.statuses.set(ALICE, [service.id], StatusId.OUTAGE)
        pass_on(1)
        first = uptimes.ratios(ALICE)
        assert first == {key: {service.id: pytest.approx(0.75)} for key in ("1d", "7d", "30d")}
        clock.go_on(timedelta(seconds=59))
        do_due(board)
        assert uptimes.ratios(ALICE) is first
        clock.go_on(timedelta(seconds=2))
        do_due(board)
        assert uptimes.ratios(ALICE)["1d"][service.id] < 0.7
        with pytest.raises(NotAllowed):
            Uptimes(board).ratios(PUBLIC)


def test_who_may_read_uptimes_finds_them_in_the_scrape(world: World) -> None:
    do_due(world.board)
    names = {one.name for one in families(world, basic(VIEWER))}
    assert "izzitup_service_uptime_ratio" in names
    assert "izzitup_service_uptime_ratio" not in {one.name for one in families(world)}


def test_requests_are_counted_by_class_and_status(world: World) -> None:
    def count(kind: str, code: str) -> float:
        return (
            value(samples(world), "izzitup_http_requests_total", **{"class": kind, "code": code})
            or 0
        )

    before = {
        key: count(*key)
        for key in (
            ("contract", "200"),
            ("api", "404"),
            ("page", "405"),
            ("none", "404"),
            ("none", "421"),
        )
    }
    ask(world.server, method="GET")
    ask(world.server, method="GET", path="/api/v1/services/nobody")
    ask(world.server, method="DELETE", path="/health")
    ask(world.server, method="GET", path="/nowhere")
    ask(world.server, method="GET", path="/nowhere", host="evil.example")
    assert {key: count(*key) - old for key, old in before.items()} == dict.fromkeys(before, 1)
    connections = value(samples(world), "izzitup_http_connections")
    assert connections is not None
    assert connections >= 1


def test_the_format_is_the_one_that_is_asked_for(world: World) -> None:
    plain, opened = scrape(world), scrape(world, OPEN, basic(VIEWER))
    assert plain.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert opened.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    assert opened.body.endswith(b"# EOF\n")
    assert opened.body.count(b"# EOF") == 1
    assert b"# EOF" not in plain.body
    found = list(openmetrics.text_string_to_metric_families(opened.body.decode()))
    assert len({family.name for family in found}) == len(found) > 8
    assert plain.headers["vary"] == "Accept, Authorization"


def test_every_family_says_what_it_is_and_is_called_as_all_of_ours(world: World) -> None:
    text = scrape(world, basic(VIEWER)).body.decode()
    named = set(re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE))
    helped = dict(re.findall(r"^# HELP (\w+) (.+)$", text, re.MULTILINE))
    assert named == helped.keys()
    assert all(name.startswith(("izzitup_", "process_")) for name in named)


def test_head_options_and_other_methods_are_answered_as_everywhere(world: World) -> None:
    head = ask(world.server, method="HEAD", path="/metrics")
    assert (head.status, head.body) == (200, b"")
    options = ask(world.server, method="OPTIONS", path="/metrics")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    posted = ask(world.server, b"", method="POST", path="/metrics")
    assert_problem(posted)
    assert posted.status == 405
