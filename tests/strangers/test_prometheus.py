"""Prometheus scrapes the board, its linter reads the metrics, and `check_http` looks at it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ALICE
from tests.server.wire import ask
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, debian_package

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text("utf-8")


def test_promtool_finds_nothing_wrong_with_the_metrics(host: Host) -> None:
    promtool = debian_package("prometheus") / "usr" / "bin" / "promtool"
    for headers in ((), (f"Authorization: Bearer {host.token}",)):
        scraped = ask(host.world.server, method="GET", path="/metrics", headers=headers)
        assert scraped.status == 200
        checked = subprocess.run(
            [str(promtool), "check", "metrics"],
            input=scraped.body, capture_output=True, check=False, timeout=RUN_SECONDS,
        )  # fmt: skip
        assert (checked.returncode, checked.stdout + checked.stderr) == (0, b"")


@contextmanager
def prometheus(host: Host, folder: Path, job: str) -> Iterator[str]:
    """The address of a Prometheus that scrapes by this job each second."""
    program = debian_package("prometheus") / "usr" / "bin" / "prometheus"
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    job = job.replace("localhost:8475", host.url.removeprefix("http://"))
    (folder / "prometheus.yml").write_text(f"global: {{scrape_interval: 1s}}\n{job}", "utf-8")
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [
                str(program), f"--config.file={folder}/prometheus.yml",
                f"--storage.tsdb.path={folder}/data", f"--web.listen-address={address}",
            ],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield f"http://{address}"
        finally:
            running.terminate()
            running.wait(30)


def asked(url: str, query: str) -> list[Any]:
    """What Prometheus answers, once it has an answer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + RUN_SECONDS
    while True:
        try:
            with opener.open(
                f"{url}/api/v1/query?query={urllib.parse.quote(query)}", timeout=10
            ) as answer:
                found: list[Any] = json.load(answer)["data"]["result"]
                if found:
                    return found
        except OSError:
            pass  # it is not up yet
        assert time.monotonic() < until, query
        time.sleep(0.2)  # another process' state can't be waited for otherwise


def test_prometheus_scrapes_the_board_by_the_documented_job(host: Host, tmp_path: Path) -> None:
    (job,) = re.findall(r"```yaml\n(.*?)```", DOCUMENTED, re.DOTALL)
    host.world.board.statuses.set(ALICE, [host.world.mail.id], 7)
    with prometheus(host, tmp_path, job) as url:
        (bad,) = asked(url, 'izzitup_service_status{status="outage"} == 1')
        assert (bad["metric"]["service"], bad["metric"]["group"]) == ("MAIL", "Core")
        (up,) = asked(url, 'up{job="izzitup"}')
        assert up["value"][1] == "1"
        assert {one["metric"]["service"] for one in asked(url, "izzitup_service_info")} == {
            "MAIL", "Drucker-3",
        }  # fmt: skip


def test_prometheus_with_a_token_sees_what_is_hidden(host: Host, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(host.token, "utf-8")
    (job,) = re.findall(r"```yaml\n(.*?)```", DOCUMENTED, re.DOTALL)
    job += f"    authorization: {{credentials_file: {tmp_path}/token}}\n"
    with prometheus(host, tmp_path, job) as url:
        assert asked(url, 'izzitup_service_info{service="VAULT"}')
        assert asked(url, "process_resident_memory_bytes")


def test_check_http_of_nagios_says_whether_the_board_is_ready(host: Host, tmp_path: Path) -> None:
    root = debian_package("monitoring-plugins-basic")
    (documented,) = re.findall(r"^check_http .*$", DOCUMENTED, re.MULTILINE)
    command = documented.replace("8475", str(host.world.server.state.port)).split()
    command[0] = str(root / "usr" / "lib" / "nagios" / "plugins" / "check_http")

    def checked() -> tuple[int, str]:
        ended = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=RUN_SECONDS
        )
        if ended.returncode == 127:
            pytest.skip(f"check_http lacks a library: {ended.stderr}")
        return ended.returncode, ended.stdout

    code, told = checked()
    assert (code, told[:7]) == (0, "HTTP OK"), told
    file = next(tmp_path.glob("*.db"))
    file.rename(tmp_path / "away")
    code, told = checked()
    assert (code, told[:13]) == (2, "HTTP CRITICAL"), told
