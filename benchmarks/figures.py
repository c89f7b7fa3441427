"""How a benchmark says what it found: one line each, the goal beside it."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.goals import BY_BENCHMARK, GOALS

KEPT_IN = "BENCHMARK_FIGURES"
"""The environment names the file to which each figure is added, a line of JSON."""


def say(
    name: str, value: float, unit: str, *, ratio: float | None = None, beside: str = ""
) -> None:
    """One figure: `ratio` to what is measured `beside` it."""
    shown, compared = _number(value), None
    line = f"{name}: {shown} {unit}"
    if ratio is not None:
        compared = f"{_ratio(ratio)} × {beside}"
        line += f" ({compared})"
    goal = GOALS.get(name)
    met = None if goal is None else goal.is_met(value, ratio)
    if goal is not None:
        line += f"   goal {goal}{'' if met else '   FALLS SHORT'}"
    print(line, flush=True)
    _keep({
        "name": name, "value": value, "unit": unit, "ratio": ratio,
        "shown": shown, "compared": compared, "goal": str(goal) if goal else None, "met": met,
    })  # fmt: skip


def compare(name: str, value: float, unit: str, beside: str, reference: float) -> None:
    """One figure beside its reference, in the same unit."""
    ratio = value / reference if reference else float("inf")
    say(name, value, unit, ratio=ratio, beside=f"{beside} {_number(reference)}")


def note(name: str, text: str) -> None:
    """What is no single figure."""
    print(f"{name}: {text}", flush=True)
    _keep({"name": name, "text": text})


def leave_out(benchmark: str, why: str) -> None:
    """This benchmark's goals are not measured here, by choice.

    Raises ValueError for one that has all it needs.
    """
    goals = BY_BENCHMARK[benchmark]
    for goal in goals:
        if not goal.needs or os.environ.get(goal.needs):
            raise ValueError(f"{goal.name} can be measured here")
    print(f"{benchmark} is left out: {why}", flush=True)
    for goal in goals:
        _keep({"name": goal.name, "left_out": why, "goal": str(goal)})


def milliseconds(seconds: Sequence[float]) -> str:
    """Median, 99th percentile and longest."""
    median = statistics.median(seconds)
    p99 = percentile(seconds, 99)
    return f"p50 {median * 1e3:.1f}, p99 {p99 * 1e3:.1f}, max {max(seconds) * 1e3:.1f} ms"


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of `values` do not exceed."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def medians(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each figure of the rounds."""
    return {what: statistics.median(found[what] for found in rounds) for what in rounds[0]}


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"


def _keep(found: dict[str, Any]) -> None:
    path = os.environ.get(KEPT_IN)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(found, ensure_ascii=False) + "\n")
