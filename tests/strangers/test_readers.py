"""Programs that read other systems' pages read ours without a change."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.comments import Comment
from tests.builders import ALICE
from tests.strangers import read_widgets
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, debian_package, python_with
from tests.strangers.read_widgets import Shown

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

MAIL, PRINTER = "E-Mail", "Büro-Drucker № 3"
SAID = "The disk is full."
EXPORTER = "statuspage-prometheus-exporter"


def mail_goes_out(host: Host) -> None:
    host.world.board.statuses.set(ALICE, [host.world.mail.id], 7, Comment(SAID, is_public=True))


def exported(host: Host, folder: Path) -> dict[str, float]:
    """The exporter's samples, after it looked once."""
    program = python_with(EXPORTER, f"{EXPORTER}==2.6.0") / EXPORTER
    services, metrics = folder / "services.json", folder / "metrics.prom"
    page = {"name": "Board", "url": f"{host.url}/api/v2/summary.json"}
    services.write_text(json.dumps({"board": page}), "utf-8")
    subprocess.run(
        [str(program)], cwd=folder, check=True, capture_output=True, timeout=RUN_SECONDS,
        env={
            **host.environment, "RUN_MODE": "once", "CLEAR_CACHE": "true",
            "SERVICES_JSON_PATH": str(services), "METRICS_TEXTFILE_PATH": str(metrics),
        },
    )  # fmt: skip
    lines = metrics.read_text("utf-8").splitlines()
    split = (line.rpartition(" ") for line in lines if line.startswith("statuspage_"))
    return {name: float(value) for name, _, value in split}


def components(samples: dict[str, float]) -> dict[str, float]:
    """Which components are fine (1), by name."""
    found = ((re.search(r'component_name="([^"]+)"', name), one) for name, one in samples.items()
             if name.startswith("statuspage_component_status"))  # fmt: skip
    return {match[1]: one for match, one in found if match is not None}


def test_a_statuspage_exporter_exports_our_services(host: Host, tmp_path: Path) -> None:
    fine = exported(host, tmp_path)
    assert fine['statuspage_probe_check{service_name="Board"}'] == 1
    assert fine['statuspage_service_status{service_name="Board"}'] == 1
    assert components(fine) == {"Core": 1, MAIL: 1, "Printers": 1, PRINTER: 1}
    mail_goes_out(host)
    bad = exported(host, tmp_path)
    assert bad['statuspage_service_status{service_name="Board"}'] == 0
    assert components(bad) == {"Core": 0, MAIL: 0, "Printers": 1, PRINTER: 1}
    (incident,) = (name for name, value in bad.items() if "incident_info" in name and value)
    assert f'affected_components="{MAIL}"' in incident
    assert 'impact="major"' in incident
    assert f'shortlink="{host.url}/events/' in incident


def amtool(host: Host, *arguments: str) -> tuple[int, str]:
    program = debian_package("prometheus-alertmanager") / "usr" / "bin" / "amtool"
    ended = subprocess.run(
        [str(program), f"--alertmanager.url={host.url}", *arguments], env=host.environment,
        capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
    )  # fmt: skip
    return ended.returncode, ended.stdout + ended.stderr


def named(host: Host, *matchers: str) -> list[str]:
    """The services whose alerts amtool finds."""
    code, told = amtool(host, "alert", "query", "--output=json", *matchers)
    assert code == 0, told
    return sorted(one["labels"]["service"] for one in json.loads(told))


def test_amtool_lists_and_filters_our_alerts(host: Host) -> None:
    assert named(host) == []
    mail_goes_out(host)
    host.world.board.statuses.set(ALICE, [host.world.printer.id], 6)
    assert named(host) == [PRINTER, MAIL]
    assert named(host, MAIL) == [MAIL]
    assert named(host, "severity=critical") == [MAIL]
    assert named(host, 'severity!="critical"', "status=impaired") == [PRINTER]
    assert named(host, 'service=~"E-.*|X"') == [MAIL]
    assert named(host, "service!~E.*", "team=") == [PRINTER]
    code, told = amtool(host, "alert", "query", "--output=extended", MAIL)
    assert code == 0
    for expected in (SAID, f"{MAIL}: Outage", f"{host.url}/services/MAIL", "active"):
        assert expected in told


def test_amtool_sees_no_silences_and_no_cluster(host: Host) -> None:
    assert amtool(host, "silence", "query", "--output=json") == (0, "[]\n")
    code, told = amtool(host, "cluster", "show")
    assert (code, "disabled" in told) == (0, True)
    assert amtool(host, "config", "show")[0] == 0


def test_amtool_is_told_what_is_no_pattern(host: Host) -> None:
    code, told = amtool(host, "alert", "query", "severity=critical", "service=~(")
    assert (code, "bad matcher format" in told) == (1, True)


def proxied(host: Host, path: str) -> Any:
    """What gethomepage's server fetches for its widget: it sends what axios-like clients do."""
    asked = urllib.request.Request(
        f"{host.url}{path}",
        headers={
            "Accept": "application/json, text/plain, */*", "Accept-Encoding": "gzip, deflate",
            "User-Agent": "axios/1.7",
        },
    )  # fmt: skip
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(asked, timeout=RUN_SECONDS) as answer:
        assert answer.headers["Content-Type"].startswith("application/json")
        return json.load(answer)


@pytest.mark.parametrize("slug", ["default", "status"])
def test_a_dashboards_uptime_kuma_widget_counts_our_services(host: Host, slug: str) -> None:
    kuma = "/compat/uptime-kuma/api/status-page"
    assert read_widgets.uptime_kuma(proxied(host, f"{kuma}/heartbeat/{slug}")).down == 0
    mail_goes_out(host)
    shown = read_widgets.uptime_kuma(proxied(host, f"{kuma}/heartbeat/{slug}"))
    assert (shown.up, shown.down) == (1, 1)
    page = proxied(host, f"{kuma}/{slug}")
    assert page["incident"]["content"] == SAID
    assert {one["name"] for one in page["publicGroupList"]} == {"Core", "Printers"}


def test_a_dashboards_uptime_kuma_widget_may_show_one_group(host: Host) -> None:
    mail_goes_out(host)
    kuma = "/compat/uptime-kuma/api/status-page"
    shown = read_widgets.uptime_kuma(proxied(host, f"{kuma}/heartbeat/core"))
    assert (shown.up, shown.down) == (0, 1)


def test_a_dashboards_gatus_widget_counts_our_services(host: Host) -> None:
    statuses = "/compat/gatus/api/v1/endpoints/statuses"
    assert read_widgets.gatus(proxied(host, statuses)) == Shown(2, 0, "100.0")
    mail_goes_out(host)
    shown = read_widgets.gatus(proxied(host, statuses))
    assert (shown.up, shown.down) == (1, 1)


def test_a_gatus_client_reads_our_services(host: Host) -> None:
    mail_goes_out(host)
    python = python_with("gatus-api", "gatus-api==1.2.0") / "python"
    ended = subprocess.run(
        [str(python), str(Path(__file__).with_name("read_gatus.py")), f"{host.url}/compat/gatus"],
        env=host.environment, capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert sorted(ended.stdout.splitlines()) == [
        f"False Core core_e-mail {MAIL}", f"True Printers printers_büro-drucker-№-3 {PRINTER}",
    ]  # fmt: skip
