"""Every benchmark ends and says what it is for; none of its figures is looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as all_benchmarks, figures, scale
from benchmarks.goals import BY_BENCHMARK, GOALS, Bound, Goal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def least(monkeypatch: pytest.MonkeyPatch) -> None:
    """As little as shows that it runs."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv(scale.LEAST, "1")


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", BY_BENCHMARK)
def test_a_benchmark_ends_with_a_figure_for_each_of_its_goals(
    name: str, least: None, tmp_path: Path
) -> None:
    kept = tmp_path / "figures"
    assert all_benchmarks.run(name, kept) == ""
    found = all_benchmarks.read(kept)
    assert found
    assert {goal.name for goal in BY_BENCHMARK[name]} <= {figure["name"] for figure in found}


@pytest.mark.soak
def test_a_benchmark_that_fails_stops_no_other_and_is_told(
    least: None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    latest = tmp_path / "latest.json"
    assert all_benchmarks.main(["no_such_benchmark", "sign_in"], latest) == 1
    said = json.loads(latest.read_text("utf-8"))
    assert list(said["failed"]) == ["no_such_benchmark"]
    (figure,) = said["figures"]
    assert figure["name"] == "cached sign-in"
    assert figure["goal"] == "≤ 0.1 ms"
    printed = capfd.readouterr().out
    assert "no_such_benchmark FAILED" in printed
    assert "cached sign-in: " in printed


def test_a_goal_bounds_the_ratio_where_it_is_one_and_the_value_elsewhere() -> None:
    ratio = Goal("rate", Bound.AT_LEAST, 3.0, "×")
    assert ratio.is_met(1.0, 3.0)
    assert not ratio.is_met(100.0, 2.9)
    assert not ratio.is_met(100.0, None)
    value = Goal("wait", Bound.AT_MOST, 50, "ms")
    assert value.is_met(50.0, 9.0)
    assert not value.is_met(51.0, 0.1)


def test_a_figure_stands_beside_its_goal_and_one_that_falls_short_is_marked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures.compare("setstatus", 500.0, "answers/s", "floor's", 400.0)
    figures.compare("setstatus", 1_600.0, "answers/s", "floor's", 400.0)
    figures.say("nobody's goal", 1.25, "ms")
    assert capsys.readouterr().out.splitlines() == [
        "setstatus: 500 answers/s (1.25 × floor's 400)   goal ≥ 3 ×   FALLS SHORT",
        "setstatus: 1,600 answers/s (4.00 × floor's 400)   goal ≥ 3 ×",
        "nobody's goal: 1.25 ms",
    ]


def test_the_document_has_every_goal() -> None:
    document = (ROOT / "docs/performance.md").read_text("utf-8")
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in document.splitlines()}
    for goal in GOALS.values():
        assert str(goal) in rows[goal.name]
