"""The window with 100,000 services: opened, searched, sorted, and one change among them.

Beside a bare window that does the same naively. What is counted is CPU of the GUI's
thread (opening: above what 100 services cost), and its longest block. For one change
it is the whole process, beside the same among 100. Run it as
`python -m benchmarks.size`; it paints offscreen.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import compare, medians
from benchmarks.naive import KEY, NAME
from benchmarks.scale import sized
from benchmarks.serving import make_board, prepare_window, setstatus_requests
from benchmarks.window import Window, bare_environ, opened
from benchmarks.wire_clients import load

FEW, MANY = sized(100, 10), sized(100_000, 400)
ROUNDS = sized(3, 1)
CHANGES = sized(20, 2)
WORD = "mail 77"


def opened_cpu(window: Window, rows: int) -> float:
    """CPU seconds of the GUI's thread until it shows so many rows."""
    window.wait_rows(rows)
    window.wait_quiet()
    return float(window.ask("cpu"))


def measure_work(window: Window) -> dict[str, float]:
    """What searching and sorting cost, in seconds."""
    window.ask(f"sort {NAME}")
    filtered = window.ask(f"paste {WORD}")
    blocks = [window.ask("clear")["longest"]]
    blocks += [window.ask(f"type {letter}")["longest"] for letter in WORD]
    blocks.append(window.ask("clear")["longest"])
    return {
        "filtered": filtered["cpu"],
        "sorted": window.ask(f"sort {KEY}")["cpu"],
        "typing": max(blocks),
    }


def naive_round(folder: Path) -> dict[str, float]:
    """One round of the naive window."""
    with opened("naive", bare_environ(folder), FEW) as window:
        few = opened_cpu(window, FEW)
    with opened("naive", bare_environ(folder), MANY) as window:
        many = opened_cpu(window, MANY)
        return {"opened": many - few, **measure_work(window)}


def our_round(homes: dict[int, dict[str, str]], ports: dict[int, int]) -> dict[str, float]:
    """One round of ours."""
    with opened("ours", homes[FEW]) as window:
        few = opened_cpu(window, FEW)
        change_few = change_cpu(window, ports[FEW], FEW)
    with opened("ours", homes[MANY]) as window:
        many = opened_cpu(window, MANY)
        change_many = change_cpu(window, ports[MANY], MANY)
        return {
            "opened": many - few, "change": change_many, "change of few": change_few,
            **measure_work(window),
        }  # fmt: skip


def change_cpu(window: Window, port: int, services: int) -> float:
    """CPU seconds of the window's process for a change by a script, once it was painted."""
    window.wait_serving(port)
    make = setstatus_requests(range(1, services + 1))
    spent = []
    for _ in range(CHANGES + 1):
        before = window.ask("cpu process")
        load(port, make, seconds=0, proof=b'"Success"', connections=1)
        window.wait_quiet(0.3)
        spent.append(window.ask("cpu process") - before)
    # The first one's password is hashed.
    return float(sum(spent[1:])) / CHANGES


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        homes, ports = {}, {}
        for count in (FEW, MANY):
            folder = Path(name) / str(count)
            homes[count] = make_board(folder, count)
            ports[count] = prepare_window(folder)
        pairs = [(naive_round(Path(name)), our_round(homes, ports)) for _ in range(ROUNDS)]
    naive, ours = (medians(column) for column in zip(*pairs, strict=True))
    for what, figure in (
        ("opened", "100,000 services, opened"),
        ("filtered", "100,000 services, filtered"),
        ("sorted", "100,000 services, sorted"),
        ("typing", "100,000 services, longest block while typing"),
    ):
        compare(figure, ours[what] * 1_000, "ms", "naive window's", naive[what] * 1_000)
    compare(
        "CPU of one change among 100,000", ours["change"] * 1_000, "ms",
        "among 100,", ours["change of few"] * 1_000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
