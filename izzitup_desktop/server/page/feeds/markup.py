"""XML of feeds: everything that is said in it is escaped by the library that writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from izzitup_desktop.server.page.feeds.names import sayable

Element = ET.Element


def under(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last child of `parent`."""
    made = ET.SubElement(parent, name, _clean(attributes))
    if text:
        made.text = sayable(text)
    return made


def root(name: str, attributes: Mapping[str, str]) -> Element:
    """The outermost element."""
    return Element(name, _clean(attributes))


def written(element: Element) -> bytes:
    """A document, in UTF-8."""
    document: bytes = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def html_of(elements: Iterable[Element]) -> str:
    """A piece of HTML, to stand in XML as a text."""
    return "".join(ET.tostring(element, encoding="unicode", method="html") for element in elements)


def paragraph(text: str) -> Element:
    """A paragraph of HTML that says this."""
    made = Element("p")
    made.text = sayable(text)
    return made


def _clean(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: sayable(value) for name, value in attributes.items()}
