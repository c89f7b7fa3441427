"""A token in the place of the password: old scripts change a value, not their code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from izzitup_desktop.domain.accounts import Account
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.tokens import NewToken, TokenDraft, TokenKind, new_secret
from tests.builders import ALICE
from tests.counting import statements
from tests.server.test_services_api import CANARY, Running, elsewhere, running_in

SET = frozenset({Scope.SET})
OTHERS = frozenset({Scope.READ, Scope.MANAGE})


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with running_in(tmp_path) as made:
        yield made


def account(running: Running, name: str = "bob") -> Account:
    return running.board.accounts.find(name)


def made(
    running: Running,
    name: str = "bob",
    scopes: frozenset[Scope] = SET,
    limits: Limits | None = None,
    expires: datetime | None = None,
) -> NewToken:
    draft = TokenDraft("deploy", account(running, name).id, None, scopes, limits, expires)
    return running.board.tokens.add(ALICE, draft).value


def message(running: Running, **fields: object) -> str:
    answer = running.set_status(**fields)
    assert answer.status == 200
    return str(answer.json["message"])


def test_a_token_of_the_user_is_as_good_as_the_password(running: Running) -> None:
    token = made(running)
    by_token, by_password = running.set_status(pwd=token.secret), running.set_status(status=6)
    assert by_token.json["message"] == "Status of Service E-Mail was set to Outage"
    assert by_token.json["request"] == {**by_password.json["request"], "status": 7}
    assert token.secret.encode() not in by_token.body
    assert list(by_token.json) == list(by_password.json)
    assert by_token.headers.keys() == by_password.headers.keys()
    (use,) = [one.name for one in running.board.tokens.list(ALICE)]
    assert use == "deploy"
    assert running.board.tokens.uses.unwritten()[token.token.id].route == "setstatus"


def test_who_the_user_is_counts_as_with_a_password(running: Running) -> None:
    token = made(running)
    assert message(running, pwd=token.secret, user="BOB").startswith("Status of Service")
    for user in ("alice", "nobody", "deploy", "b" * 5_000):
        assert message(running, pwd=token.secret, user=user) == "Sign in failed"
    assert message(running, pwd=token.secret, user="") == "Incomplete request"


def test_automation_is_called_by_its_tokens_name(running: Running) -> None:
    (group,) = running.board.groups.list(ALICE)
    draft = TokenDraft("Printer watch", group_id=group.id, scopes=SET)
    secret = running.board.tokens.add(ALICE, draft).value.secret
    sent = {"pwd": secret, "user": "printer watch"}
    assert message(running, service=2, **sent).startswith("Status of Service Büro-Drucker")
    assert message(running, service=1, **sent) == "Not allowed"
    assert message(running, service=2, **{**sent, "user": "bob"}) == "Sign in failed"
    (service,) = running.board.services.many(ALICE, [2])
    assert service.changed_by == "Printer watch"


def test_a_token_without_the_scope_is_not_allowed(running: Running) -> None:
    secret = made(running, scopes=OTHERS).secret
    assert message(running, pwd=secret) == "Not allowed"
    # As an account without the right: before anything is looked for.
    assert message(running, pwd=secret, service=99) == "Not allowed"
    assert running.journal()[-1] == ACCESS_REFUSED


def test_a_service_outside_the_limits_is_one_without_the_right(running: Running) -> None:
    (group,) = running.board.groups.list(ALICE)
    for limits in (Limits(frozenset({2})), Limits(group_ids=frozenset({group.id}))):
        limited, by_account = made(running, limits=limits).secret, {"user": "dora"}
        for service in (1, 2, 99):
            sent = {"service": service, "status": 6}
            assert message(running, pwd=limited, **sent) == message(running, **sent, **by_account)
    assert message(running, pwd=limited, service=1) == "Not allowed"
    assert message(running, pwd=limited, service=2, status=4).startswith("Status not allowed")


def test_a_token_gives_no_right_that_its_account_has_not(running: Running) -> None:
    assert message(running, pwd=made(running, "charlie").secret, user="charlie") == "Not allowed"
    assert message(running, pwd=made(running, "dora").secret, user="dora") == "Not allowed"


def refused_secrets(running: Running) -> dict[str, str]:
    """By the code of why it is refused."""
    revoked, sound = made(running), made(running)
    running.board.tokens.revoke(ALICE, revoked.token.id)
    ownerless = made(running, "dora")
    running.board.accounts.edit(ALICE, account(running, "dora").id, active=False)
    return {
        "revoked-token": revoked.secret,
        "mistyped-token": sound.secret[:-1],
        "wrong-token-kind": new_secret(TokenKind.HEARTBEAT),
        "unknown-token": new_secret(TokenKind.ACCOUNT),
        "ownerless-token": ownerless.secret,
    }


def test_a_stranger_is_not_told_what_is_wrong_with_a_token(running: Running) -> None:
    sent = [*refused_secrets(running).values(), "no token at all"]
    # Of another name each time: nobody is held up.
    bodies = [running.set_status(user=f"x{n}", pwd=secret).body for n, secret in enumerate(sent)]
    assert len({body.replace(b"x%d" % n, b"x") for n, body in enumerate(bodies)}) == 1
    assert b"Sign in failed" in bodies[0]


@pytest.mark.parametrize(
    "code",
    ["revoked-token", "mistyped-token", "wrong-token-kind", "unknown-token", "ownerless-token"],
)
def test_the_log_says_what_is_wrong_with_a_token_and_never_the_token(
    running: Running, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    secret = refused_secrets(running)[code]
    user = "dora" if code == "ownerless-token" else "bob"
    assert message(running, user=user, pwd=secret) == "Sign in failed"
    assert f"a sign-in from 127.0.0.1 failed: SignInFailed (sign-in-failed.{code})" in caplog.text
    assert secret not in caplog.text


def test_what_looks_like_a_token_may_be_somebodys_password(running: Running) -> None:
    for password in ("izu_is a fine beginning", new_secret(TokenKind.ACCOUNT)):
        running.board.accounts.set_password(ALICE, account(running).id, password)
        assert message(running, pwd=password).startswith("Status of Service")


def test_a_token_is_obeyed_and_refused_as_another_process_says(running: Running) -> None:
    assert message(running, pwd=new_secret(TokenKind.ACCOUNT)) == "Sign in failed"
    with elsewhere(running) as other:
        draft = TokenDraft("late", account(running).id, scopes=SET)
        token = other.tokens.add(ALICE, draft).value
        assert message(running, pwd=token.secret).startswith("Status of Service")
        other.tokens.revoke(ALICE, token.token.id)
        assert message(running, pwd=token.secret, status=5) == "Sign in failed"
    assert running.board.services.list(ALICE)[0].status_id == 7


def test_a_disabled_account_ends_a_script_with_its_token(running: Running) -> None:
    secret = made(running).secret
    assert message(running, pwd=secret).startswith("Status of Service")
    with elsewhere(running) as other:
        other.accounts.edit(ALICE, account(running).id, active=False)
    assert message(running, pwd=secret, status=5) == "Sign in failed"


def test_a_right_token_is_held_up_by_nobodys_failures(running: Running) -> None:
    secret = made(running).secret
    for number in range(6):
        running.set_status(pwd=f"wrong {number}")
    assert running.set_status(pwd=CANARY).status == 429
    assert message(running, pwd=secret).startswith("Status of Service")
    assert running.set_status(pwd=secret[:-1]).status == 429


def test_a_status_set_by_a_token_asks_the_database_for_no_token(running: Running) -> None:
    secret = made(running).secret
    assert message(running, pwd=secret).startswith("Status of Service")
    assert message(running, pwd=secret).startswith("Status of Service")
    with statements() as asked:
        for status in (5, 6, 7):
            assert message(running, pwd=secret, status=status).startswith("Status of Service")
    assert not [sql for _, sql in asked if "tokens" in sql or "accounts" in sql]


def test_another_reason_from_the_same_address_is_logged_too(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    for secret in (new_secret(TokenKind.ACCOUNT), new_secret(TokenKind.HEARTBEAT)):
        assert message(running, pwd=secret) == "Sign in failed"
    assert "unknown-token" in caplog.text
    assert "wrong-token-kind" in caplog.text
