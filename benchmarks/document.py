"""Writes the figures of `latest.json` into docs/performance.md.

Run it as `python -m benchmarks.document` after `make bench`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.__main__ import LATEST
from benchmarks.goals import BY_BENCHMARK

DOCUMENT = Path(__file__).parents[1] / "docs/performance.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def machine(measured: dict[str, Any]) -> str:
    """On what it was measured."""
    return (
        f"{measured['at'][:10]}, {measured['cores']} cores, load {measured['load']:.1f} at the"
        f" start, Python {measured['python']}, SQLite {measured['sqlite']}."
    )


def row(figure: dict[str, Any]) -> str:
    """A figure's line of the table; one that was left out has none to show."""
    if "left_out" in figure:
        return f"| {figure['name']} | not measured here |  | {figure['goal']} |\n"
    value = f"{figure['shown']} {figure['unit']}"
    beside = figure["compared"] or ""
    goal = f"**{figure['goal']}**" if figure["met"] is False else figure["goal"] or ""
    return f"| {figure['name']} | {value} | {beside} | {goal} |\n"


def table(measured: dict[str, Any]) -> str:
    """All figures that have a goal, as a table; bold are goals that were not met."""
    found = {figure["name"]: figure for figure in measured["figures"]}
    lines = [
        f"{machine(measured)} **Bold** goals are not met.\n\n",
        "| figure | measured | beside its reference | goal |\n|---|---|---|---|\n",
    ]
    for goals in BY_BENCHMARK.values():
        lines += [row(found[goal.name]) for goal in goals if goal.name in found]
    return "".join(lines)


def main() -> None:
    """Put the table in the place of the one that is there."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    measured = json.loads(LATEST.read_text("utf-8"))
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table(measured)}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
