"""Reads pages as a browser does that only looks at elements and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from izzitup_desktop.server.page.formats import Document

_VOID = frozenset({"meta", "link", "input", "img", "br"})


@dataclass
class Element:
    """One element, and what is in it."""

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, its spaces as a reader sees them."""
        parts = (one if isinstance(one, str) else one.text for one in self.children)
        return " ".join("".join(parts).split())

    def all(self, name: str = "", /, **attributes: str) -> list[Element]:
        """Elements in it of this name, with these attributes (`class_` for `class`)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        found: list[Element] = []
        for one in self.children:
            if isinstance(one, str):
                continue
            if (not name or one.name == name) and all(
                one.attributes.get(key) == value for key, value in wanted.items()
            ):
                found.append(one)
            found += one.all(name, **attributes)
        return found

    def one(self, name: str = "", /, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(name, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(made)
        if tag not in _VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        assert self._open[-1].name == tag, f"{self._open[-1].name} is ended by {tag}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read(document: Document | None) -> Element:
    """The page, every element of which must be ended where it belongs."""
    assert document is not None
    assert document.media_type == "text/html; charset=utf-8"
    reader = _Reader()
    reader.feed(document.content.decode())
    reader.close()
    return reader.root
