"""Strangers subscribe to a served board: readers of feeds, and calendars."""

from __future__ import annotations

import base64
import email
import email.policy
import json
import os
import shutil
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar

from benchmarks.serving import PASSWORD, USER, make_board, served
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.platform import settings
from tests.builders import ALICE
from tests.server.wire import ask
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, debian_package, node_with, python_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
DIRECT = urllib.request.ProxyHandler({})

SAID = 'Disk <full> & "ü"; more, soon \\ 😀'
SECRET = "Not for everybody"


@dataclass
class Story:
    """A board on which mail is out until a time, and the printer was impaired."""

    host: Host
    until: datetime

    @property
    def url(self) -> str:
        return self.host.url

    def say(self, status_id: int, comment: str, *, is_public: bool = True) -> None:
        world = self.host.world
        options = StatusOptions(until=self.until, then=5) if status_id != 5 else None
        said = Comment(comment, is_public=is_public)
        world.board.statuses.set(ALICE, [world.mail.id], status_id, said, options)

    def get(self, path: str) -> bytes:
        answer = ask(self.host.world.server, method="GET", path=path)
        assert answer.status == 200, answer
        assert SECRET.encode() not in answer.body
        assert b"VAULT" not in answer.body
        return answer.body


@pytest.fixture
def story(host: Host) -> Story:
    world = host.world
    world.server.show(PageChoices(title="Example Ltd."))
    made = Story(host, datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2))
    world.board.statuses.set(ALICE, [world.printer.id], 6, Comment("Paper", is_public=True))
    world.board.statuses.set(ALICE, [world.printer.id], 5, SECRET)
    world.board.statuses.set(ALICE, [world.hidden.id], 7, Comment("VAULT", is_public=True))
    made.say(7, SAID)
    return made


TITLES = [
    "E-Mail: Operational → Outage", "Büro-Drucker № 3: Impaired → Operational",
    "Büro-Drucker № 3: Operational → Impaired",
]  # fmt: skip


def test_feedparser_reads_every_feed_and_asks_again_for_nothing(story: Story) -> None:
    incidents = ["E-Mail: Outage", "Büro-Drucker № 3: Impaired"]
    for path, version, titles in (
        ("/atom", "atom10", TITLES),
        ("/services/MAIL/atom", "atom10", TITLES[:1]),
        ("/history.atom", "atom10", incidents),
        ("/history.rss", "rss20", incidents),
    ):
        read = feedparser.parse(f"{story.url}{path}", handlers=[DIRECT])
        assert (read.status, read.bozo, read.version) == (200, False, version)
        assert [entry.title for entry in read.entries] == titles
        assert all(entry.id.startswith("tag:") and entry.link for entry in read.entries)
        assert {link.href for link in read.feed.links if link.rel == "self"} == {story.url + path}
        again = feedparser.parse(f"{story.url}{path}", etag=read.etag, handlers=[DIRECT])
        assert (again.status, again.entries) == (304, [])
    event = feedparser.parse(story.url + "/atom", handlers=[DIRECT]).entries[0].link
    read = feedparser.parse(f"{event}/atom", handlers=[DIRECT])
    assert [entry.title for entry in read.entries] == TITLES[:1]
    assert (
        read.entries[0]
        .content[0]
        .value.startswith('<p>Disk &lt;full&gt; &amp; "ü"; more, soon \\ 😀</p>')
    )


class _Links(HTMLParser):
    """What a page says that may be subscribed to, by its type."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        if tag == "link" and told.get("rel") == "alternate":
            self.found.setdefault(told["type"] or "", []).append(told["href"] or "")


def test_pages_lead_a_reader_to_their_feeds_and_calendars(story: Story) -> None:
    event = feedparser.parse(story.url + "/atom", handlers=[DIRECT]).entries[0].link
    for path, feeds in (
        ("/", ["/atom"]),
        ("/services/MAIL", ["/atom", "/services/MAIL/atom"]),
        (event.removeprefix(story.url), ["/atom", event.removeprefix(story.url) + "/atom"]),
    ):
        page = _Links()
        page.feed(story.get(path).decode())
        assert sorted(page.found["application/atom+xml"]) == feeds
        for feed in feeds:
            read = feedparser.parse(story.url + feed, handlers=[DIRECT])
            assert (read.bozo, read.version) == (False, "atom10")
            assert read.entries[0].title == TITLES[0]
        for calendar in page.found.get("text/calendar", []):
            assert Calendar.from_ical(story.get(calendar)).walk("VEVENT")


def test_what_izzitup_serve_serves_is_read(tmp_path: Path) -> None:
    environ = make_board(tmp_path / "board", 2)
    settings.save(tmp_path / "board", page_title="Example Ltd.")
    with served(environ) as board:
        url = f"http://127.0.0.1:{board.port}"
        body = json.dumps({"status": "Outage", "comment": SAID, "public": True}).encode()
        signed = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {signed}", "Content-Type": "application/json"}
        asked = urllib.request.Request(
            f"{url}/api/v1/services/K1/status", body, headers, method="PUT"
        )
        opener = urllib.request.build_opener(DIRECT)
        with opener.open(asked, timeout=RUN_SECONDS) as answer:
            assert answer.status == 200
        read = feedparser.parse(f"{url}/atom", handlers=[DIRECT])
        with opener.open(f"{url}/calendar.ics", timeout=RUN_SECONDS) as answer:
            calendar = Calendar.from_ical(answer.read())
    (entry,) = read.entries
    assert (read.bozo, read.feed.title) == (False, "Example Ltd.")
    assert entry.title.endswith(": Operational → Outage")
    assert "soon \\ 😀" in entry.summary
    assert calendar["X-WR-CALNAME"] == "Example Ltd."
    # Nobody promised an end.
    assert calendar.walk("VEVENT") == []


class Newsboat:
    """newsboat with one feed, and what it keeps in a folder of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        roots = [debian_package("newsboat"), debian_package("libstfl0")]
        libraries = {str(one.parent) for root in roots for one in root.rglob("*.so*")}
        self._folder = folder
        self._program = str(roots[0] / "usr" / "bin" / "newsboat")
        self._environment = {
            **os.environ, "LD_LIBRARY_PATH": ":".join(libraries), "HOME": str(folder),
            "no_proxy": "*", "NO_PROXY": "*",
        }  # fmt: skip
        (folder / "urls").write_text(f"{url}\n", "utf-8")
        (folder / "config").write_text("", "utf-8")

    def reload(self) -> list[tuple[str, str]]:
        """Have it look for what is new; the titles and contents that it knows, newest first."""
        cache = self._folder / "cache.db"
        ended = subprocess.run(
            [
                self._program, "-C", str(self._folder / "config"), "-u", str(self._folder / "urls"),
                "-c", str(cache), "-x", "reload",
            ],
            env=self._environment, capture_output=True, check=False, timeout=RUN_SECONDS,
        )  # fmt: skip
        if ended.returncode == 127:
            pytest.skip(f"newsboat lacks a library: {ended.stderr.decode()}")
        assert ended.returncode == 0, ended
        with closing(sqlite3.connect(cache)) as database:
            return list(
                database.execute("SELECT title, content FROM rss_item ORDER BY pubDate DESC, id")
            )


def test_newsboat_finds_each_change_once(story: Story, tmp_path: Path) -> None:
    newsboat = Newsboat(tmp_path, f"{story.url}/atom")
    found = newsboat.reload()
    assert sorted(title for title, _ in found) == sorted(TITLES)
    (content,) = (content for title, content in found if title == TITLES[0])
    assert content.startswith('<p>Disk &lt;full&gt; &amp; "ü"; more, soon \\ 😀</p>')
    assert newsboat.reload() == found
    story.say(7, "A new disk comes.")
    titles = [title for title, _ in newsboat.reload()]
    assert sorted(titles) == sorted([*TITLES, "E-Mail: Outage – A new disk comes."])


class Rss2Email:
    """rss2email that puts what it would send into a folder."""

    def __init__(self, folder: Path) -> None:
        self._program = str(python_with("rss2email", "rss2email==3.14") / "r2e")
        self._folder = folder
        for name in ("cur", "new", "tmp"):
            (folder / "mail" / "INBOX" / name).mkdir(parents=True)
        self.run("new", "reader@board.example")
        config = ConfigParser(interpolation=None)
        config.read(folder / "r2e.cfg", "utf-8")
        maildir = {"maildir-path": f"{folder}/mail", "maildir-mailbox": "INBOX"}
        config["DEFAULT"].update({"email-protocol": "maildir", **maildir})
        with (folder / "r2e.cfg").open("w", encoding="utf-8") as file:
            config.write(file)

    def run(self, *arguments: str) -> None:
        subprocess.run(
            [
                self._program, "-c", str(self._folder / "r2e.cfg"),
                "-d", str(self._folder / "r2e.json"), *arguments,
            ],
            env={**os.environ, "HOME": str(self._folder), "no_proxy": "*", "NO_PROXY": "*"},
            capture_output=True, check=True, timeout=RUN_SECONDS,
        )  # fmt: skip

    def mails(self) -> Iterator[EmailMessage]:
        """What lies there now, which is then taken away."""
        for file in sorted((self._folder / "mail" / "INBOX" / "new").iterdir()):
            yield email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            file.unlink()


def test_rss2email_sends_each_change_once(story: Story, tmp_path: Path) -> None:
    reader = Rss2Email(tmp_path)
    reader.run("add", "board", f"{story.url}/atom")
    reader.run("run")
    mails = {mail["Subject"]: mail for mail in reader.mails()}
    assert sorted(mails) == sorted(TITLES)
    body = mails[TITLES[0]].get_body(("plain", "html"))
    assert body is not None
    assert SAID.replace("\\", "") in body.get_content().replace("\\", "")
    story.say(5, "Back.")
    reader.run("run")
    assert [mail["Subject"] for mail in reader.mails()] == ["E-Mail: Outage → Operational"]


def listed(program: Path, folder: Path, calendar: bytes) -> Sequence[str]:
    """What khal lists of a calendar that it takes in."""
    (folder / "board").mkdir(exist_ok=True)
    config, file = folder / "khal.conf", folder / "board.ics"
    file.write_bytes(calendar)
    config.write_text(
        f"[calendars]\n[[board]]\npath = {folder}/board\n[sqlite]\npath = {folder}/khal.db\n"
        "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%dT%H:%M\n"
        "longdatetimeformat = %Y-%m-%dT%H:%M\n",
        "utf-8",
    )
    shown = "{start} {end} {status}{title} | {description}"
    day = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    commands = (
        ["import", "--batch", "-a", "board", str(file)],
        ["list", "--once", "--day-format", "", "--format", shown, day, "4d"],
    )
    for command in commands:
        ended = subprocess.run(
            [str(program), "-c", str(config), *command],
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, check=True, timeout=RUN_SECONDS,
        )  # fmt: skip
    return ended.stdout.splitlines()


def test_khal_lists_what_is_promised_and_what_was(story: Story, tmp_path: Path) -> None:
    khal = python_with("khal", "khal==0.14.1") / "khal"
    lines = listed(khal, tmp_path, story.get("/calendar.ics"))
    (mail,) = (line for line in lines if "E-Mail: Outage" in line)
    assert f"{story.until:%Y-%m-%dT%H:%M}" in mail
    assert SAID in mail
    assert any("Büro-Drucker № 3: Impaired" in line for line in lines)
    # The same event ends now: it is moved, and not another one.
    story.say(5, "Back.")
    lines = listed(khal, tmp_path, story.get("/calendar.ics"))
    (mail,) = (line for line in lines if "E-Mail: Outage" in line)
    assert f"{story.until:%Y-%m-%dT%H:%M}" not in mail.partition("|")[0]


def test_ical_js_reads_the_calendar(story: Story) -> None:
    module = node_with("ical.js@2.2.1").parent / "ical.js" / "dist" / "ical.js"
    node = shutil.which("node")
    assert node is not None  # npm comes with it

    def read(path: str) -> dict[str, object]:
        ended = subprocess.run(
            [node, str(HERE / "read_calendar.mjs"), module.as_uri()],
            input=story.get(path), capture_output=True, check=True, timeout=RUN_SECONDS,
        )  # fmt: skip
        found: dict[str, object] = json.loads(ended.stdout)
        return found

    calendar = read("/calendar.ics")
    assert (calendar["name"], calendar["refresh"]) == ("Example Ltd.", "PT15M")
    events = calendar["events"]
    assert isinstance(events, list)
    mail = next(event for event in events if event["summary"] == "E-Mail: Outage")
    assert SAID in mail["description"]
    assert mail["end"] == f"{story.until:%Y-%m-%dT%H:%M:%S}.000Z"
    assert (mail["status"], mail["sequence"]) == ("TENTATIVE", 0)
    assert {event["summary"] for event in events} == {
        "E-Mail: Outage",
        "Büro-Drucker № 3: Impaired",
    }
    assert read("/groups/Core/calendar.ics")["events"] == [mail]
    story.host.world.server.show(replace(PageChoices(), without_services=frozenset(
        story.host.world.board.live.picture().services
    )))  # fmt: skip
    assert read("/calendar.ics")["events"] == []
