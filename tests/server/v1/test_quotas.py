"""Whoever changes things hears how many changes are left, and waits where none is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from izzitup_desktop.board.buckets import Allowance
from izzitup_desktop.domain.scopes import Scope
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.limits import CHANGES, Limits
from tests.builders import ALICE, HandClock
from tests.server.v1.world import ADMINISTRATOR, EDITOR, PUBLIC, VIEWER, World, world_in
from tests.server.wire import Answer, ask

MOST, SECONDS = 4, 15.0


@dataclass
class Quota:
    left: int
    whole_in: int


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world(tmp_path: Path, clock: HandClock) -> Iterator[World]:
    limits = replace(Limits(), changes=Allowance(MOST, SECONDS))
    url = f"sqlite:///{tmp_path}/izzitup.db"
    with world_in(url, tmp_path, limits=limits, clock=clock) as made:
        yield made


def put(world: World, *, who: str = EDITOR, headers: tuple[str, ...] = ()) -> Answer:
    return world.ask("PUT", "/services/MAIL/status", {"status": 6}, who=who, headers=headers)


def quota(answer: Answer) -> Quota:
    assert answer.headers["ratelimit-policy"] == '"write";q=4;w=60'
    found = re.fullmatch('"write";r=([0-9]+);t=([0-9]+)', answer.headers["ratelimit"])
    assert found is not None
    return Quota(int(found[1]), int(found[2]))


def test_each_change_says_what_is_left_and_the_one_too_many_when_to_go_on(
    world: World, clock: HandClock
) -> None:
    assert [quota(put(world)) for _ in range(MOST)] == [
        Quota(3, 15), Quota(2, 30), Quota(1, 45), Quota(0, 60),
    ]  # fmt: skip
    before = world.board.last_id()
    refused = put(world)
    assert (refused.status, refused.json["code"]) == (429, "quota-exceeded")
    assert refused.json["violated-policies"] == ["write"]
    assert refused.headers["retry-after"] == "15"
    assert quota(refused) == Quota(0, 15)
    assert world.board.last_id() == before
    # Being refused costs nothing more; what was told was true.
    clock.seconds += 14.5
    assert put(world).headers["retry-after"] == "1"
    clock.seconds += 0.5
    assert quota(put(world)) == Quota(0, 60)
    clock.seconds += 120
    assert quota(put(world)).left == 3


def test_each_account_and_each_token_has_its_own(world: World) -> None:
    for _ in range(MOST):
        put(world)
    assert put(world).status == 429
    assert put(world, who=ADMINISTRATOR).status == 200
    account = world.board.accounts.find(EDITOR)
    secrets = [
        world.board.tokens.add(
            ALICE, TokenDraft(name, account_id=account.id, scopes=frozenset({Scope.SET}))
        ).value.secret
        for name in ("one", "two")
    ]
    for secret in secrets:
        answer = put(world, who=PUBLIC, headers=(f"Authorization: Bearer {secret}",))
        assert quota(answer).left == 3


def test_whatever_becomes_of_a_change_it_counts_and_reading_does_not(world: World) -> None:
    for method, path, body, who, status in (
        ("POST", "/services/MAIL/confirm", None, VIEWER, 403),
        ("DELETE", "/services/99", None, VIEWER, 404),
        ("PATCH", "/services/MAIL", {"colour": 1}, VIEWER, 422),
        ("POST", "/services/MAIL/confirm?dry_run=true", {}, EDITOR, 200),
    ):
        answer = world.ask(method, path, body, who=who)
        assert (answer.status, "ratelimit" in answer.headers) == (status, True)
    assert quota(put(world, who=VIEWER)).left == 0
    for _ in range(MOST + 1):
        answer = world.ask("GET", "/services/MAIL", who=VIEWER)
        assert (answer.status, "ratelimit" in answer.headers) == (200, False)


def test_the_services_api_knows_nothing_of_it(world: World) -> None:
    answer = ask(world.server, b'{"action":"list"}')
    assert "ratelimit" not in answer.headers


def test_a_script_that_sets_20_statuses_a_second_never_waits() -> None:
    whole_at = now = 1_000.0
    for _ in range(100_000):
        assert CHANGES.wait_seconds(whole_at, now) <= 0
        whole_at = CHANGES.taken(whole_at, now)
        now += 1 / 20
