"""What others put on their pages and into their programs to show our status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from html import escape
from urllib.parse import quote

_FRAME_HEIGHT = 320


class SubjectKind(Enum):
    """What a badge, frame or feed is of."""

    BOARD = "board"
    GROUP = "group"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Subject:
    """`reference` is what addresses name it by: a service's key or number, a group's number."""

    kind: SubjectKind
    reference: str
    name: str


class LinkKind(Enum):
    """What is copied."""

    BADGE_MARKDOWN = "badge_markdown"
    BADGE_HTML = "badge_html"
    FRAME = "frame"
    FEED = "feed"
    CALENDAR = "calendar"
    SUBSCRIBE = "subscribe"
    WALL = "wall"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class PageLink:
    """`text` is what is copied: an address, or the code that has it."""

    kind: LinkKind
    text: str


def links_for(base: str, subject: Subject) -> list[PageLink]:
    """What there is of `subject` at a page's address, which has no slash at its end."""
    made = [
        PageLink(LinkKind.BADGE_MARKDOWN, _markdown(base, subject)),
        PageLink(LinkKind.BADGE_HTML, _html(base, subject)),
        PageLink(LinkKind.FRAME, _frame(base, subject)),
    ]
    reference = quote(subject.reference, safe="")
    if subject.kind is SubjectKind.BOARD:
        made += [
            PageLink(LinkKind.FEED, f"{base}/atom"),
            PageLink(LinkKind.CALENDAR, f"{base}/calendar.ics"),
            PageLink(LinkKind.SUBSCRIBE, f"{base}/subscribe"),
            PageLink(LinkKind.WALL, f"{base}/wall"),
            PageLink(LinkKind.JSON, f"{base}/api/v2/summary.json"),
        ]
    elif subject.kind is SubjectKind.GROUP:
        made += [
            PageLink(LinkKind.CALENDAR, f"{base}/groups/{reference}/calendar.ics"),
            PageLink(LinkKind.WALL, f"{base}/wall?groups={reference}"),
        ]
    else:
        made.append(PageLink(LinkKind.FEED, f"{base}/services/{reference}/atom"))
    return made


def _what(subject: Subject) -> str:
    if subject.kind is SubjectKind.BOARD:
        return "overall"
    if subject.kind is SubjectKind.GROUP:
        return quote(f"group:{subject.reference}", safe=":")
    return quote(subject.reference, safe="")


def _badge(base: str, subject: Subject) -> str:
    return f"{base}/badge/{_what(subject)}.svg"


def _leads_to(base: str, subject: Subject) -> str:
    if subject.kind is SubjectKind.SERVICE:
        return f"{base}/services/{quote(subject.reference, safe='')}"
    return f"{base}/"


def _markdown(base: str, subject: Subject) -> str:
    name = "".join(f"\\{char}" if char in "\\[]" else char for char in subject.name)
    return f"[![{name}]({_badge(base, subject)})]({_leads_to(base, subject)})"


def _html(base: str, subject: Subject) -> str:
    picture = f'<img src="{escape(_badge(base, subject))}" alt="{escape(subject.name)}">'
    return f'<a href="{escape(_leads_to(base, subject))}">{picture}</a>'


def _frame(base: str, subject: Subject) -> str:
    address = escape(f"{base}/embed/{_what(subject)}")
    return (
        f'<iframe src="{address}" title="{escape(subject.name)}" width="100%" '
        f'height="{_FRAME_HEIGHT}"></iframe>'
    )
