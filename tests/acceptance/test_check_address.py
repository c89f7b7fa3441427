"""The address that a check asks: one thing, `check_url` in the house, `curl` in the services API."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.inside import done, init
from tests.cli.izzitup import serving

ADDRESS = "https://check.example/health"


@pytest.mark.soak
@pytest.mark.parametrize("option", ["--check-url", "--curl"])
def test_a_check_address_is_called_so_everywhere_and_curl_in_the_services_api(
    home: Path, tmp_path: Path, option: str
) -> None:
    init()
    done("services", "add", "--name", "Mail", "--key", "MAIL", option, ADDRESS)
    exported = json.loads(done("export", "--format", "json", "-"))
    assert exported["services"][0]["check_url"] == ADDRESS
    assert "curl" not in exported["services"][0]
    with serving() as desk:
        connection = HTTPConnection("127.0.0.1", desk.port, timeout=20)
        connection.request("GET", "/api/services")
        (listed,) = json.loads(connection.getresponse().read())["data"]
        connection.close()
    assert listed["curl"] == ADDRESS
    assert "check_url" not in listed


@pytest.mark.parametrize("name", ["help", "check_url"])
def test_a_file_that_calls_it_help_as_older_versions_did_is_taken(
    home: Path, tmp_path: Path, name: str
) -> None:
    init()
    rows = [{"name": "Mail", "key": "MAIL", name: ADDRESS}]
    path = tmp_path / "board.json"
    path.write_text(json.dumps({"format": "izzitup-board", "version": 1, "services": rows}))
    done("import", str(path))
    assert (
        json.loads(done("export", "--format", "json", "-"))["services"][0]["check_url"] == ADDRESS
    )
