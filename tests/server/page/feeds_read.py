"""Feeds and calendars as their readers take them apart, by the standard library and icalendar."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

from icalendar import Calendar

from izzitup_desktop.server.page.feeds.atom import NAMESPACE
from izzitup_desktop.server.page.formats import Document

ATOM = f"{{{NAMESPACE}}}"


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag == "p":
            self.found.append("")
        elif tag == "br":
            self.found[-1] += "\n"

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


def paragraphs(html: str) -> Sequence[str]:
    """What stands in the paragraphs of a piece of HTML."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    return parser.found


def atom(document: Document | None) -> ET.Element:
    """The feed."""
    assert document is not None
    assert document.media_type == "application/atom+xml; charset=utf-8"
    return ET.fromstring(document.content)


def text(element: ET.Element, name: str) -> str:
    """What stands in the one element of this name below another one."""
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text or ""


def entries(feed: ET.Element) -> Sequence[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def link(element: ET.Element, relation: str) -> str:
    """Where its link of this relation leads."""
    (found,) = (one for one in element.findall(f"{ATOM}link") if one.get("rel") == relation)
    return found.attrib["href"]


def calendar(document: Document | None) -> Any:
    """The calendar, whose lines are no longer than RFC 5545 allows."""
    assert document is not None
    assert document.media_type == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in document.content.split(b"\r\n"))
    assert b"\n" not in document.content.replace(b"\r\n", b"")
    return Calendar.from_ical(document.content)


def events(document: Document | None) -> dict[str, Any]:
    """The events of a calendar by their titles."""
    return {str(event["SUMMARY"]): event for event in calendar(document).walk("VEVENT")}
