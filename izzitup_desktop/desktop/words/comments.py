"""Comments as the window shows them: whether they are meant for the page is said with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.words.texts import filled, one_line, quoted
from izzitup_desktop.domain.comments import comment_of, is_for_the_page

if TYPE_CHECKING:
    # Entries come after the first paint.
    from izzitup_desktop.domain.journal import Entry
    from izzitup_desktop.domain.services import Service


def why(service: Service) -> str:
    """Why a service has its status, in quotation marks; "" where nobody said so."""
    return _said(quoted(service.comment), service.comment_public) if service.comment else ""


def why_plain(service: Service) -> str:
    """The same on one line without the marks."""
    line = " ".join(service.comment.split())
    return _said(line, service.comment_public) if line else ""


def said_with(entry: Entry) -> str:
    """The comment of a change, in quotation marks; "" where it has none."""
    comment = comment_of(entry.comment, entry.after)
    return _said(quoted(comment), is_for_the_page(comment)) if comment else ""


def said_in_line(entry: Entry) -> str:
    """The same on one line without the marks."""
    comment = comment_of(entry.comment, entry.after)
    return _said(comment.replace("\n", " "), is_for_the_page(comment)) if comment else ""


def said_of(comment: str) -> str:
    """A comment on one line, in quotation marks, where it is a `Comment` for whom it is."""
    return _said(quoted(one_line(comment)), is_for_the_page(comment))


def _said(text: str, is_public: bool) -> str:
    return filled(_tr("%1 (on the page)"), text) if is_public else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("comments", text)
