"""A handover as text for a mail, and as Markdown for a chat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from izzitup_desktop.desktop.handover.outline import Section, Told

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~!&]")
_BEGINS = re.compile(r"(\s*)([-+=]|\d+[.)])(?=\s|$)")


def as_text(sections: Sequence[Section], head: str) -> str:
    """The sections as lines of text."""
    lines = [head]
    for section in sections:
        lines += ["", section.title, "-" * len(section.title)]
        lines += [section.none] if not section.blocks else []
        for told in section.blocks:
            lines.append(": ".join(part for part in (told.name, _head_of(told)) if part))
            lines += [f"    {line}" for line in _below(told)]
            lines += [f"        {line}" for line in told.listed]
    return "\n".join(lines) + "\n"


def as_markdown(sections: Sequence[Section], head: str) -> str:
    """The sections as Markdown; what people typed means nothing in it."""
    lines = [_escaped(head)]
    for section in sections:
        lines += ["", f"## {_escaped(section.title)}", ""]
        lines += [_escaped(section.none)] if not section.blocks else []
        for told in section.blocks:
            name = f"**{_escaped(told.name)}**" if told.name else ""
            lines.append("- " + ": ".join(p for p in (name, _escaped(_head_of(told))) if p))
            lines += [f"  - {_escaped(line)}" for line in _below(told)]
            lines += [f"    - {_escaped(line)}" for line in told.listed]
    return "\n".join(lines) + "\n"


def _head_of(told: Told) -> str:
    return told.text or (_changes_of(told) if not told.lines else "")


def _below(told: Told) -> list[str]:
    lines = list(told.lines)
    changes = _changes_of(told)
    if changes and _head_of(told) != changes:
        lines.append(changes)
    return [line for text in lines for line in text.splitlines()]


def _changes_of(told: Told) -> str:
    return "" if told.changed is None else str(told.changed)


def _escaped(text: str) -> str:
    found = _MARKS.sub(lambda mark: "\\" + mark[0], text)
    return _BEGINS.sub(lambda begin: f"{begin[1]}\\{begin[2]}", found, count=1)
