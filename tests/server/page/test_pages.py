"""The page's routes on a real server: what is kept, told as unchanged, refused and let in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.page.registry import FORMATS
from izzitup_desktop.server.page_routes import PAGE_ROUTES
from izzitup_desktop.server.route_rows import RouteRow
from tests.builders import ALICE, add_service, opened_board
from tests.server.wire import Answer, ask, serving

WIKI = "https://wiki.example"
SECRETS = ("Vault", "VAULT", "strongroom", "the key is under", "nobody may read", "alice")
ASKED = {
    "page_service": {"service": "MAIL"},
    "page_event": {"id": "{outage}"},
    "page_day": {"day": "2026-11-03"},
    "page_asset": {"asset": "board.css"},
    "embed": {"what": "MAIL"},
    "badge": {"what": "MAIL.svg"},
    "atom_service": {"service": "MAIL"},
    "atom_event": {"id": "{outage}"},
    "calendar_group": {"group": "Office"},
    "kuma_page": {"slug": "default"},
    "kuma_heartbeat": {"slug": "default"},
}
"""By row: something that there is."""

HIDDEN = {
    "page_service": ({"service": "VAULT"}, {"service": "NOTHING"}),
    "page_event": ({"id": "{hidden_outage}"}, {"id": "987654321"}),
    "embed": ({"what": "VAULT"}, {"what": "NOTHING"}),
    "badge": ({"what": "VAULT.svg"}, {"what": "NOTHING.svg"}),
    "atom_service": ({"service": "VAULT"}, {"service": "NOTHING"}),
    "atom_event": ({"id": "{hidden_outage}"}, {"id": "987654321"}),
    "calendar_group": ({"group": "Strongroom"}, {"group": "Nothing"}),
}
"""By row: something that is hidden, and something that never was."""


class World:
    """A board with a secret in each place that can hold one, and its server."""

    def __init__(self, board: Board, server: EmbeddedServer) -> None:
        self.board, self.server = board, server
        office = board.groups.add(ALICE, "Office").value
        strongroom = board.groups.add(ALICE, "Strongroom").value
        self.mail = add_service(
            board, "Mail", key="MAIL", group_id=office.id, note="the key is under the mat"
        )
        vault = add_service(board, "Vault", key="VAULT", group_id=strongroom.id, hidden=True)
        outage = board.statuses.set(
            ALICE, [self.mail.id], 7, Comment("The disk is full", is_public=True)
        )
        board.statuses.set(ALICE, [self.mail.id], 6, "nobody may read this")
        hidden = board.statuses.set(
            ALICE, [vault.id], 7, Comment("Vault stands open", is_public=True)
        )
        self.things = {
            "outage": str(outage.entries[0].id), "hidden_outage": str(hidden.entries[0].id),
        }  # fmt: skip

    def path(self, row: RouteRow, parts: dict[str, str]) -> str:
        return row.path.format(**{name: part.format(**self.things) for name, part in parts.items()})

    def get(self, path: str, *headers: str, method: str = "GET") -> Answer:
        return ask(self.server, method=method, path=path, headers=headers)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pages")
    with (
        opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board,
        serving(board) as server,
    ):
        server.show(PageChoices(title="Example Ltd.", origins=(WIKI,)))
        made = World(board, server)
        made.get("/atom")  # what the first question loads, it loads here
        yield made


def by_name(rows: object = None) -> list[RouteRow]:
    return [row for row in PAGE_ROUTES if rows is None or row.name in rows]  # type: ignore[operator]


def test_every_route_of_the_page_has_a_format_and_every_format_a_route() -> None:
    assert sorted(FORMATS) == sorted(row.name for row in PAGE_ROUTES)


@pytest.mark.parametrize("row", by_name(), ids=lambda row: row.name)
def test_a_stranger_reads_every_route_and_finds_nothing_that_is_not_public(
    world: World, row: RouteRow
) -> None:
    if row.name == "page_logo":
        return  # there is none
    path = world.path(row, ASKED.get(row.name, {}))
    for headers in ((), ("Accept: text/html", "Accept-Language: de"), ("User-Agent: curl/8",)):
        answer = world.get(path, *headers)
        assert answer.status == 200, answer
        text = answer.body.decode() + repr(answer.headers)
        assert not [secret for secret in SECRETS if secret in text]
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["etag"].startswith('"')
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in answer.headers
        again = world.get(path, *headers, f"If-None-Match: {answer.headers['etag']}")
        assert (again.status, again.body) == (304, b"")
        head = world.get(path, *headers, method="HEAD")
        assert {**head.headers, "date": ""} == {**answer.headers, "date": ""}
        if "text/html" in answer.headers["content-type"]:
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert ("frame-ancestors 'none'" in policy) is not row.is_framed


@pytest.mark.parametrize("row", by_name(HIDDEN), ids=lambda row: row.name)
def test_what_is_hidden_is_answered_as_what_never_was(world: World, row: RouteRow) -> None:
    hidden, missing = (
        world.get(world.path(row, parts), "Accept: text/html") for parts in HIDDEN[row.name]
    )
    assert hidden.status == missing.status == 404
    assert hidden.body == missing.body
    assert {**hidden.headers, "date": ""} == {**missing.headers, "date": ""}


def test_a_change_is_on_the_page_with_the_next_question(world: World) -> None:
    first = world.get("/api/v2/components.json")
    assert b"degraded_performance" in first.body
    set_ = world.board.statuses.set(ALICE, [world.mail.id], 7)
    second = world.get("/api/v2/components.json", f"If-None-Match: {first.headers['etag']}")
    assert second.status == 200
    assert b"major_outage" in second.body
    world.board.journal.undo(ALICE, [set_.entries[0].id])


def test_a_query_that_no_format_knows_is_the_same_page(world: World) -> None:
    plain = world.get("/atom")
    assert world.get("/atom?utm_source=x&&=").body == plain.body
    assert world.get("/atom?lang=de").headers["content-language"] == "de"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_done_to_a_page(world: World, method: str) -> None:
    answer = world.get("/", method=method)
    assert answer.status == (204 if method == "OPTIONS" else 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_site_that_is_listed_may_read_what_is_public_and_nothing_else(world: World) -> None:
    read = world.get("/api/v2/summary.json", f"Origin: {WIKI}", "Sec-Fetch-Site: cross-site")
    assert read.status == 200
    assert read.headers["access-control-allow-origin"] == WIKI
    assert "origin" in " ".join(value for name, value in read.header_list if name == "vary").lower()
    assert "access-control-allow-credentials" not in read.headers
    for path in ("/api/v1/services", "/api/services", "/api/v1/stream", "/metrics"):
        assert world.get(path, f"Origin: {WIKI}").status == 403
    assert world.get("/", f"Origin: {WIKI}", method="POST").status == 403
    for origin in ("https://evil.example", "null", f"{WIKI}:444", f"{WIKI}.evil.example"):
        assert world.get("/api/v2/summary.json", f"Origin: {origin}").status == 403


@pytest.mark.parametrize(
    ("path", "mode", "destination", "status"),
    [
        ("/", "navigate", "document", 200),
        ("/services/MAIL", "navigate", "document", 200),
        ("/", "navigate", "iframe", 403),
        ("/embed/MAIL", "navigate", "iframe", 200),
        ("/badge/MAIL.svg", "no-cors", "image", 200),
        ("/badge/MAIL.svg", "cors", "empty", 403),
        ("/", "no-cors", "image", 403),
        ("/", "no-cors", "empty", 403),
        ("/page/board.js", "no-cors", "script", 403),
        ("/api/v1/services", "navigate", "document", 403),
        ("/api/services", "navigate", "document", 403),
    ],
)
def test_a_browser_may_follow_a_link_show_a_badge_and_frame_what_is_for_frames(
    world: World, path: str, mode: str, destination: str, status: int
) -> None:
    for site in ("cross-site", "same-site"):
        answer = world.get(
            path, f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}",
            f"Sec-Fetch-Dest: {destination}",
        )  # fmt: skip
        assert answer.status == status
        assert "access-control-allow-origin" not in answer.headers


def test_there_is_no_page_where_the_settings_say_so(tmp_path: Path) -> None:
    with (
        opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board,
        serving(board) as server,
    ):
        server.show(PageChoices(is_on=False, origins=(WIKI,)))
        for row in PAGE_ROUTES:
            path = row.path.replace("{", "").replace("}", "")
            answer = ask(server, method="GET", path=path)
            assert (answer.status, answer.json["message"]) == (404, "Not found")
        assert ask(server, method="GET", path="/", headers=(f"Origin: {WIKI}",)).status == 403
        server.show(PageChoices())
        assert ask(server, method="GET", path="/history.atom").status == 200
