"""Prints what PyPI's gatus-api reads at URL: a service a line, its last result before its name."""

import asyncio
import sys

import aiohttp  # type: ignore[import-not-found]  # here only
from gatus_api import GatusClient  # type: ignore[import-not-found]  # here only


async def read(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for found in await GatusClient(url, session).get_endpoints_statuses():
            print(found.results[-1].success, found.group, found.key, found.name)


asyncio.run(read(sys.argv[1]))
