"""Answers that are sent whole, without FastAPI: pages, and what programs watch us by."""

from __future__ import annotations

from izzitup_desktop.server import routes
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Send
from izzitup_desktop.server.problems import Problem


async def send_whole(send: Send, status: int, headers: Headers, content: bytes) -> None:
    """Send an answer. What is answered to HEAD is that of GET, whose body nobody sends."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def tell(send: Send, problem: Problem) -> None:
    """Send a problem."""
    content = problem.content()
    await send_whole(send, problem.status, problem.all_headers(content), content)


async def decline(send: Send, path: str, method: str, methods: list[str]) -> None:
    """Answer a method that a path does not know; it knows `methods`, which may be none."""
    if not methods:
        await tell(send, Problem("not-found.route", f"There is nothing at {path}."))
        return
    allow = [(b"allow", routes.allow(methods))]
    if method == "OPTIONS":
        await send_whole(send, 204, allow, b"")
        return
    detail = f"{path} does not know the method {method[:20]}."
    await tell(send, Problem("method-not-allowed", detail, headers=allow))
