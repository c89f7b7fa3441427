"""Who waits for whom while documents are made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial

from izzitup_desktop.server.page.makings import Makings
from izzitup_desktop.storage.asked import Asked
from tests.server.wire import DEADLINE_SECONDS

LATE = Asked(age_seconds=3_600.0)


class House:
    """Makes texts of their own names, once `open` is set; `began` names those that were begun."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.kept: list[str] = []
        self.began: list[str] = []
        self.open = threading.Event()
        self.makings = Makings[str, str](loop, lambda key, _made: self.kept.append(key))

    async def get(self, name: str, network: str | None = None, asked: Asked | None = None) -> None:
        def make() -> str:
            self.began.append(name)
            assert network is None or self.open.wait(DEADLINE_SECONDS)
            return name

        await self.makings.begin(name, make, nothing, network).within(asked or Asked())


async def nothing() -> None:
    """There is nothing to be done before."""


def at_home(visit: Callable[[House], Awaitable[None]]) -> House:
    """Run it with a house, which is closed at the end."""

    async def run() -> House:
        house = House(asyncio.get_running_loop())
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await visit(house)
        finally:
            house.open.set()
            await asyncio.to_thread(house.makings.close, DEADLINE_SECONDS)
        return house

    return asyncio.run(run())


def test_who_asks_how_things_are_does_not_wait_for_who_asks_how_they_were() -> None:
    async def visit(house: House) -> None:
        past = [asyncio.create_task(house.get(f"month {n}", "192.0.2.1")) for n in range(20)]
        await house.get("now")
        assert house.kept == ["now"]
        house.open.set()
        await asyncio.gather(*past)

    assert len(at_home(visit).kept) == 21


def test_networks_take_turns_at_the_past() -> None:
    async def visit(house: House) -> None:
        asking = [("a", n) for n in range(6)] + [("b", 0), ("c", 0)]
        made = [asyncio.create_task(house.get(f"{who}{n}", who)) for who, n in asking]
        await house.get("now")  # all of them stand in line
        house.open.set()
        await asyncio.gather(*made)

    assert [name for name in at_home(visit).began if name != "now"] == [
        "a0", "b0", "c0", "a1", "a2", "a3", "a4", "a5",
    ]  # fmt: skip


def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    async def visit(house: House) -> None:
        first = asyncio.create_task(house.get("a", "x"))
        await house.get("now")
        given_up = [house.get(name, network, LATE) for name, network in (("b", "x"), ("c", "y"))]
        await asyncio.gather(*given_up)
        last = asyncio.create_task(house.get("d", "y"))
        house.open.set()
        await asyncio.gather(first, last)

    assert [name for name in at_home(visit).began if name != "now"] == ["a", "d"]


def test_what_is_made_is_kept_and_under_way_no_more() -> None:
    async def visit(house: House) -> None:
        making = house.makings.begin("a", partial(str, "a"), nothing, None)
        await making.within(Asked())
        assert making.done.result() == "a"
        assert house.makings.get("a") is None

    assert at_home(visit).kept == ["a"]
