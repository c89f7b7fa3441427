"""The benchmark beside Uptime Kuma: what it asks for, takes for an answer, and leaves out."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import __main__ as all_benchmarks, document, figures, kuma
from benchmarks.goals import BY_BENCHMARK, KUMA, KUMA_P99, KUMA_RATE
from benchmarks.wire_clients import load

NAMES = [KUMA_RATE, KUMA_P99]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of figures, and no Uptime Kuma named."""
    path = tmp_path / "figures"
    monkeypatch.setenv(figures.KEPT_IN, str(path))
    monkeypatch.delenv(KUMA, raising=False)
    return path


def answer(content: bytes, status: bytes = b"200 OK") -> bytes:
    """As Express answers."""
    return (
        b"HTTP/1.1 %s\r\nX-Powered-By: Express\r\nContent-Type: application/json; charset=utf-8"
        b"\r\nContent-Length: %d\r\nConnection: keep-alive\r\n\r\n%s"
    ) % (status, len(content), content)


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server of one connection that gives these answers; its port, and what it was asked."""
    asked: list[bytes] = []

    def answer_all() -> None:
        connection, _ = listening.accept()
        with connection:
            for one in answers:
                asked.append(connection.recv(4_096))
                connection.sendall(one)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer_all, name="kuma")
        thread.start()
        try:
            yield listening.getsockname()[1], asked
        finally:
            thread.join()


def test_a_push_goes_to_one_monitor_after_another_and_a_refused_one_is_counted() -> None:
    fine, refused = b'{"ok":true}', b'{"ok":false,"msg":"Monitor not found or not active."}'
    with answering(answer(fine), answer(refused, b"404 Not Found"), answer(fine)) as (port, asked):
        make = kuma.push_requests(("a", "b"))
        measured = load(port, make, seconds=60, proof=kuma.PUSHED, connections=1, most=3)
    assert [request.split(b" ")[1] for request in asked] == [
        b"/api/push/a?status=up&msg=OK",
        b"/api/push/b?status=up&msg=OK",
        b"/api/push/a?status=up&msg=OK",
    ]
    assert (len(measured.latencies), measured.refused) == (3, 1)


def test_a_round_with_a_refused_push_has_no_figures(kept: Path) -> None:
    with answering(answer(b'{"ok":false}')) as (port, _):
        make = kuma.push_requests(("a",))
        measured = load(port, make, seconds=60, proof=kuma.PUSHED, connections=1, most=1)
    with pytest.raises(AssertionError, match="1 answers were refusals"):
        kuma.round_of(1, lambda: measured)


def test_each_figure_stands_beside_that_of_kuma(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = {"rate": 1_500.0, "p50": 9.0, "p99": 20.0, "cpu": 0.5, "memory": 40.0}
    theirs = {"rate": 100.0, "p50": 150.0, "p99": 160.0, "cpu": 5.0, "memory": 200.0}
    kuma.say_all(ours, theirs)
    assert capsys.readouterr().out.splitlines() == [
        "setstatus beside Kuma's push: 1,500 answers/s (15.00 × Kuma's 100)   goal ≥ 15 ×",
        "setstatus p99 beside Kuma's push: 20 ms (0.12 × Kuma's 160)   goal ≤ 0.1 ×   FALLS SHORT",
        "setstatus p50 beside Kuma's push: 9 ms (0.06 × Kuma's 150)",
        "CPU of the server for a setstatus beside Kuma's push: 0.5 ms (0.10 × Kuma's 5)",
        "memory of the server beside Kuma: 40 MiB PSS (0.20 × Kuma's 200)",
    ]
    assert [figure["met"] for figure in all_benchmarks.read(kept)[:2]] == [True, False]


def test_without_an_uptime_kuma_it_says_in_one_line_that_it_is_left_out(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kuma.main()
    why = "KUMA names no folder of an installed Uptime Kuma"
    assert capsys.readouterr().out == f"kuma is left out: {why}\n"
    found = all_benchmarks.read(kept)
    assert [(figure["name"], figure["left_out"]) for figure in found] == [
        (name, why) for name in NAMES
    ]


def test_a_folder_that_is_no_installed_uptime_kuma_is_a_failure(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package.json").write_text('{"version": "2.5.3"}', "utf-8")
    monkeypatch.setenv(KUMA, str(tmp_path))
    with pytest.raises(ValueError, match="KUMA names no installed Uptime Kuma"):
        kuma.main()
    assert not kept.exists()
    assert kuma.version_of(tmp_path) == "2.5.3"


def test_what_can_be_measured_is_not_left_out(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="setstatus can be measured here"):
        figures.leave_out("setstatus", "no time")
    monkeypatch.setenv(KUMA, "anywhere")
    with pytest.raises(ValueError, match="can be measured here"):
        figures.leave_out("kuma", "no time")
    assert not kept.exists()


def _all_but(monkeypatch: pytest.MonkeyPatch, *missing: str) -> Callable[[str, Path], str]:
    """Each benchmark has its figures at once, but for the goals `missing`."""

    def run(name: str, kept: Path) -> str:
        monkeypatch.setenv(figures.KEPT_IN, str(kept))
        if name == "kuma" and not missing:
            kuma.main()
        for goal in BY_BENCHMARK[name]:
            if goal.name not in (*missing, *NAMES):
                figures.say(goal.name, goal.limit, goal.unit, ratio=goal.limit)
        return ""

    return run


def test_all_is_well_with_goals_that_were_left_out_and_they_are_told(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    latest = tmp_path / "latest.json"
    assert all_benchmarks.main([], latest, _all_but(monkeypatch)) == 0
    printed = capsys.readouterr().out
    assert " goals met, 2 left out\n" in printed
    assert "not measured here: setstatus beside Kuma's push (KUMA names no folder" in printed
    assert "\nnot measured: " not in printed
    table = document.table(json.loads(latest.read_text("utf-8")))
    assert "| setstatus beside Kuma's push | not measured here |  | ≥ 15 × |\n" in table


def test_a_goal_without_a_figure_that_nobody_left_out_is_a_failure(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = _all_but(monkeypatch, *NAMES)
    assert all_benchmarks.main([], tmp_path / "latest.json", run) == 1
    assert f"\nnot measured: {KUMA_RATE}\n" in capsys.readouterr().out
