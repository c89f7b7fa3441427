"""What is said with a change: a text, and whether it is meant for the page that all see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from izzitup_desktop.domain.text import many_lines

COMMENT_MOST = 2_000
"""The most characters of a comment."""

FOR_THE_PAGE = "public"
"""The field of an entry's `after` that is true where its comment is meant for the page."""


class Comment(str):
    """A comment. `is_public`: whoever wrote it meant it for the page; never an empty one.

    It is equal to the same text, whoever may read it.
    """

    __slots__ = ("is_public",)

    is_public: bool

    def __new__(cls, text: str = "", *, is_public: bool = False) -> Comment:
        made = super().__new__(cls, text)
        made.is_public = is_public and bool(text)
        return made


def is_for_the_page(comment: str) -> bool:
    """Whether a comment was meant for the page; a mere text never was."""
    return isinstance(comment, Comment) and comment.is_public


def comment_of(text: str, after: Mapping[str, Any]) -> Comment:
    """The comment of a journal entry, by its text and what changed."""
    return Comment(text, is_public=after.get(FOR_THE_PAGE) is True)


def checked_comment(comment: str) -> Comment:
    """The comment of a change, trimmed, for whom it was. Raises `Invalid`."""
    text = many_lines("comment", comment, most=COMMENT_MOST)
    return Comment(text, is_public=is_for_the_page(comment))
