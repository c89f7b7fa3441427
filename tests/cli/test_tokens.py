"""`izzitup tokens`: the token alone for programs, words for people, nothing twice."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.tokens import TokenDraft, TokenKind, kind_of
from izzitup_desktop.platform.paths import find_paths
from izzitup_desktop.storage.urls import url_of
from tests.builders import ALICE, GOOD_PASSWORD, HandClock, opened_board
from tests.cli.inside import done, init, refused, run
from tests.cli.izzitup import COMMAND, ROOT


@pytest.fixture
def board(home: Path) -> None:
    init()
    done("services", "add", "--name", "Mail", "--key", "MAIL", "--group", "Core")
    done("services", "add", "--name", "VPN", "--key", "VPN")


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done("tokens", "list", "--json"))
    return found


def found_by(secret: str) -> str:
    """Who acts by the token on the board that the commands use."""
    paths = find_paths()
    with opened_board(url_of(paths.database), paths.data) as opened:
        return opened.tokens.found(secret, address="10.0.0.1", route="setstatus").name


@pytest.mark.usefixtures("board")
def test_add_prints_the_token_alone_and_the_words_beside_it() -> None:
    ended = run("tokens", "add", "deploy", "--account", "ALICE", "--scope", "set")
    assert ended.returncode == 0
    assert ended.stdout.endswith("\n")
    secret = ended.stdout[:-1]
    assert kind_of(secret) is TokenKind.ACCOUNT
    assert ended.stderr == "Made the token deploy. It is shown this once, and kept nowhere.\n"
    assert found_by(secret) == "alice"


@pytest.mark.usefixtures("board")
def test_every_option_is_in_the_list_and_no_secret_is() -> None:
    secret = done(
        "tokens", "add", "deploy", "--account", "alice", "--scope", "set", "--scope", "read",
        "--service", "mail", "--service", "2", "--group", "core", "--expires", "90d",
    ).strip()  # fmt: skip
    (token,) = listed()
    expires = datetime.fromisoformat(token.pop("expires"))
    created = datetime.fromisoformat(token.pop("created"))
    assert timedelta(0) <= created + timedelta(days=90) - expires < timedelta(minutes=1)
    assert token == {
        "id": 1, "name": "deploy", "kind": "account", "account": "alice", "group": None,
        "scopes": ["read", "set"], "services": [1, 2], "groups": ["Core"], "state": "valid",
        "ending": secret[-4:], "created_by": token["created_by"], "revoked": None, "last_use": None,
    }  # fmt: skip
    table = done("tokens", "list")
    for text in ("deploy", "alice", "read, set", "Mail, VPN, Core", "valid", secret[-4:]):
        assert text in table
    for text in (
        table,
        done("tokens", "list", "--json"),
        done("journal"),
        done("journal", "--json"),
    ):
        assert secret[:-4] not in text


@pytest.mark.usefixtures("board")
def test_a_token_of_automation_names_the_one_group_that_it_works_for() -> None:
    secret = done("tokens", "add", "robot", "--group", "Core", "--service", "MAIL").strip()
    assert kind_of(secret) is TokenKind.AUTOMATION
    (token,) = listed()
    assert (token["kind"], token["account"], token["group"]) == ("automation", None, "Core")
    assert (token["services"], token["groups"], token["scopes"]) == ([1], [], ["read"])
    assert found_by(secret) == "robot"
    for groups in ([], ["--group", "Core", "--group", "Core"]):
        assert "--account" in refused("tokens", "add", "robot", *groups)


@pytest.mark.usefixtures("board")
def test_when_a_token_was_used_last_is_told() -> None:
    found_by(done("tokens", "add", "deploy", "--account", "alice").strip())
    (token,) = listed()
    assert (token["last_use"]["address"], token["last_use"]["route"]) == ("10.0.0.1", "setstatus")
    assert "10.0.0.1, setstatus" in done("tokens", "list")


@pytest.mark.usefixtures("board")
def test_a_revoked_token_stays_in_the_list_and_is_revoked_once() -> None:
    secret = done("tokens", "add", "deploy", "--account", "alice").strip()
    assert done("tokens", "revoke", "1") == (
        f"Revoked the token deploy, which ends in {secret[-4:]}\n"
    )
    assert done("tokens", "revoke", "1") == "The token deploy was revoked before\n"
    assert [token["state"] for token in listed()] == ["revoked"]
    assert "no token '2'" in refused("tokens", "revoke", "2")
    journal = done("journal")
    assert journal.count("token revoked") == 1


@pytest.mark.usefixtures("board")
def test_the_state_tells_whose_account_is_disabled_and_whose_time_is_over() -> None:
    done("users", "add", "bob", "--role", "editor", "--password-stdin", stdin="a good password 9\n")
    for name, end in (("one", "8w"), ("two", "12h")):
        done("tokens", "add", name, "--account", "bob", "--expires", end)
    done("users", "disable", "bob")
    assert [token["state"] for token in listed()] == ["ownerless", "ownerless"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--account", "eve"], "no account 'eve'"),
        (["--account", ""], "must not be empty"),
        (["--account", "alice", "--service", "fax"], "no service 'fax'"),
        (["--account", "alice", "--group", "Nowhere"], "no group 'Nowhere'"),
        (["--account", "alice", "--expires", "soon"], "90d"),
        (["--account", "alice", "--expires", "0d"], "past"),
        (["--account", "alice", "--expires", "999999w"], "90d"),
        (["--account", "alice", "--expires", "9999d"], "ten years"),
        (["--account", "alice", "--expires", "2020-01-31"], "past"),
        (["--account", "alice", "--expires", "2027-02-30"], "90d"),
        (["--group", "Core", "--expires", ""], "must not be empty"),
    ],
)
@pytest.mark.usefixtures("board")
def test_what_can_not_be_made_is_refused_in_one_line(arguments: list[str], told: str) -> None:
    assert told in refused("tokens", "add", "deploy", *arguments)
    assert not listed()


@pytest.mark.usefixtures("board")
def test_wrong_usage_is_told_as_such() -> None:
    for arguments in (
        ["add", "x", "--account", "alice", "--scope", "events"],
        ["add", "x", "--account", "alice", "--scope", "propose"],
        ["add"],
        ["revoke", "0"],
        ["revoke", "x"],
        ["revoke", "9" * 30],
    ):
        assert run("tokens", *arguments).returncode == 2, arguments


@pytest.mark.usefixtures("board")
def test_an_expiry_by_a_day_is_its_local_midnight() -> None:
    day = datetime.now().astimezone().date() + timedelta(days=30)
    done("tokens", "add", "deploy", "--account", "alice", "--expires", day.isoformat())
    end = datetime.fromisoformat(listed()[0]["expires"])
    assert end == datetime.combine(day, datetime.min.time()).astimezone(UTC)


@pytest.mark.usefixtures("board")
def test_people_read_it_in_their_language() -> None:
    german = {"LC_ALL": "de_DE.UTF-8"}
    ended = run("tokens", "add", "deploy", "--account", "alice", **german)
    assert "nur dieses eine Mal" in ended.stderr
    assert kind_of(ended.stdout.strip())
    assert "gültig" in done("tokens", "list", **german)
    assert listed()[0]["state"] == "valid"


@pytest.mark.soak
def test_serve_writes_into_its_log_that_a_token_ends(home: Path) -> None:
    ten_days = timedelta(days=10)
    before = HandClock(datetime.now(UTC) - ten_days)
    with opened_board(f"sqlite:///{home}/izzitup.db", home, clock=before) as board:
        owner = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value
        board.tokens.add(ALICE, TokenDraft("deploy", owner.id, expires=before.now() + 2 * ten_days))
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        try:
            assert process.stderr is not None
            assert any("the token deploy of alice ends at" in line for line in process.stderr)
        finally:
            process.kill()
