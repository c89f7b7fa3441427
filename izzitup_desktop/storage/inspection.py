"""A whole board looked at: each row by the domain's rules, and rows beside each other."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Table, select

from izzitup_desktop.domain.accounts import Role, StoredAccount
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.field_rules import assert_id
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.rules import (
    assert_account,
    assert_entry,
    assert_expiry,
    assert_group,
    assert_hold,
    assert_proposal,
    assert_service,
    assert_token,
)
from izzitup_desktop.domain.statuses import FOR_SERVICES, STATUSES
from izzitup_desktop.domain.text import fold
from izzitup_desktop.domain.tokens import StoredToken
from izzitup_desktop.storage import accounts, groups, layers, tables, tokens
from izzitup_desktop.storage.rows import (
    Findings,
    Noting,
    Progress,
    Reader,
    Unique,
    rows_of,
    wrong_numbers,
)

_LAYERS: tuple[tuple[Table, Callable[[Sequence[Any]], Any], Callable[[Any], None]], ...] = (
    (tables.expiries, layers.expiry_in, assert_expiry),
    (tables.holds, layers.hold_in, assert_hold),
    (tables.proposals, layers.proposal_in, assert_proposal),
)


@dataclass(slots=True)
class _Known:
    """What one table's rows tell about those of another."""

    services: dict[int, tuple[int, bool]] = field(default_factory=dict)
    groups: dict[int, bool] = field(default_factory=dict)
    accounts: set[int] = field(default_factory=set)
    tokens: set[int] = field(default_factory=set)


def inspected(read: Reader, progress: Progress | None = None) -> Findings:
    """What is wrong with the rows of a whole board.

    Raises what the reader does: sqlite3.Error for a damaged file.
    """
    findings, told = Findings(), progress or _nobody
    known = _board(read, findings)
    _journal(read, findings, told)
    _periods(read, findings, known, told)
    _runs(read, findings)
    _typed_alone(read, findings)
    return findings


def nobody_signs_in(read: Reader) -> bool:
    """Whether the board has no account at all."""
    return next(iter(read(select(tables.accounts.c.id).limit(1))), None) is None


def board_inspected(read: Reader) -> Findings:
    """What is wrong with statuses, groups, services, accounts and tokens: the few rows."""
    findings = Findings()
    _board(read, findings)
    return findings


def past_inspected(read: Reader, findings: Findings) -> None:
    """Note rows of a SQLite file that tell of the past and can't be read.

    The database itself looks for them: each row is read, but only these come here.
    """
    periods, runs = tables.status_periods, tables.runs
    wrong = (
        wrong_numbers(periods)
        | periods.c.status_id.not_in(FOR_SERVICES)
        | (periods.c.to_time < periods.c.from_time)
    )
    for row in rows_of(read, periods, findings, only=wrong):
        with Noting(findings, periods.name, row["id"]):
            _assert_readable_period(row)
    wrong = wrong_numbers(runs) | (runs.c.seen_time < runs.c.begin_time)
    for row in rows_of(read, runs, findings, only=wrong):
        with Noting(findings, runs.name, row["id"]):
            _assert_run(row)


def _nobody(_table: str, _count: int) -> None:
    """Nobody waits for it."""


def _board(read: Reader, findings: Findings) -> _Known:
    known = _Known()
    _statuses(read, findings)
    _groups(read, findings, known)
    _services(read, findings, known)
    _layers(read, findings, known)
    _accounts(read, findings, known)
    _tokens(read, findings, known)
    service = "service_id", known.services, msg("There is no such service.")
    group = "group_id", known.groups, msg("There is no such group.")
    account = "account_id", known.accounts, msg("There is no such account.")
    token = "token_id", known.tokens, msg("There is no such token.")
    _pairs(read, findings, tables.account_groups, account, group)
    _pairs(read, findings, tables.token_services, token, service)
    _pairs(read, findings, tables.token_groups, token, group)
    return known


def _statuses(read: Reader, findings: Findings) -> None:
    found = {row["id"]: row for row in rows_of(read, tables.statuses, findings)}
    for status in STATUSES:
        row = found.pop(status.id, None)
        if row is None:
            findings.add("statuses", status.id, "", msg("It is missing."))
        elif (row["name"], row["for_services"], row["for_events"]) != (
            status.name, status.for_services, status.for_events,
        ):  # fmt: skip
            findings.add("statuses", status.id, "", msg("It is not the status of this id."))
    for id_ in found:
        findings.add("statuses", id_, "", msg("There is no such status."))


def _groups(read: Reader, findings: Findings, known: _Known) -> None:
    names = Unique(findings, "groups", "name_folded")
    for row in rows_of(read, tables.groups, findings):
        known.groups[row["id"]] = row["removed"] is not None
        with Noting(findings, "groups", row["id"]):
            assert_group(groups.from_row(_as_row(row)))
            _assert_folded("name", row["name"], row["name_folded"])
        if row["removed"] is None:
            names.add(row["id"], row["name_folded"])


def _services(read: Reader, findings: Findings, known: _Known) -> None:
    keys = Unique(findings, "services", "key_folded")
    for row in rows_of(read, tables.services, findings):
        known.services[row["id"]] = row["status_id"], row["removed"] is not None
        with Noting(findings, "services", row["id"]):
            assert_service(_as_row(row))
            _assert_folded("key", row["key"], row["key_folded"])
            group_id = row["group_id"]
            if group_id is not None and group_id not in known.groups:
                raise Invalid("group_id", msg("There is no such group."))
            if row["removed"] is None and known.groups.get(group_id, False):
                raise Invalid("group_id", msg("This group was removed."))
        if row["removed"] is None and row["key_folded"]:
            keys.add(row["id"], row["key_folded"])


def _layers(read: Reader, findings: Findings, known: _Known) -> None:
    for table, made, assert_layer in _LAYERS:
        for row in rows_of(read, table, findings):
            with Noting(findings, table.name, row["service_id"]):
                assert_layer(made(tuple(row.values())))
                if row["service_id"] not in known.services:
                    raise Invalid("service_id", msg("There is no such service."))


def _accounts(read: Reader, findings: Findings, known: _Known) -> None:
    names = Unique(findings, "accounts", "name_folded")
    uids = Unique(findings, "accounts", "uid")
    administrators = 0
    for row in rows_of(read, tables.accounts, findings):
        known.accounts.add(row["id"])
        with Noting(findings, "accounts", row["id"]):
            if row["role"] not in list(Role):
                raise Invalid("role", msg("There is no such role."))
            account = accounts.from_row(_as_row(row), ())
            assert_account(StoredAccount(account, row["password_hash"]))
            _assert_folded("name", row["name"], row["name_folded"])
            administrators += account.active and account.role is Role.ADMINISTRATOR
        names.add(row["id"], row["name_folded"])
        uids.add(row["id"], row["uid"])
    # Without any account the board is new, and whoever opens it first makes one.
    findings.nobody_administers = bool(known.accounts) and not administrators
    if findings.nobody_administers:
        findings.add("accounts", "", "", msg("No active account administers this board."))


def _tokens(read: Reader, findings: Findings, known: _Known) -> None:
    digests = Unique(findings, "tokens", "digest")
    for row in rows_of(read, tables.tokens, findings):
        known.tokens.add(row["id"])
        with Noting(findings, "tokens", row["id"]):
            if (row["account_id"] is None) == (row["group_id"] is None):
                raise Invalid(
                    "account_id", msg("It is of an account or of a group, never of both.")
                )
            token = tokens.from_row(_as_row(row))
            assert_token(StoredToken(token, row["digest"]), row["scopes"])
            if token.account_id is not None and token.account_id not in known.accounts:
                raise Invalid("account_id", msg("There is no such account."))
            if token.group_id is not None and token.group_id not in known.groups:
                raise Invalid("group_id", msg("There is no such group."))
        digests.add(row["id"], row["digest"])


def _pairs(
    read: Reader, findings: Findings, table: Table, *sides: tuple[str, Container[int], str]
) -> None:
    """Look at a table of pairs: of each side its column, what there is, and else the reason."""
    pairs = Unique(findings, table.name, sides[1][0])
    for row in rows_of(read, table, findings):
        pair = tuple(row[column] for column, _, _ in sides)
        name = "/".join(map(str, pair))
        for (column, there, reason), id_ in zip(sides, pair, strict=True):
            if id_ not in there:
                findings.add(table.name, name, column, reason)
        pairs.add(name, pair)


def _journal(read: Reader, findings: Findings, progress: Progress) -> None:
    for row in rows_of(read, tables.journal, findings, progress):
        with Noting(findings, "journal", row["id"]):
            assert_entry(row, VOCABULARY)


def _periods(read: Reader, findings: Findings, known: _Known, progress: Progress) -> None:
    begun = _begun_by(read)
    last: dict[int, tuple[int, int | None]] = {}
    open_: dict[int, int] = {}
    for row in rows_of(read, tables.status_periods, findings, progress):
        with Noting(findings, "status_periods", row["id"]):
            assert_id("id", row["id"])
            entry = begun(row["id"])
            _assert_period(row, known, entry)
            before = last.get(row["service_id"])
            if before is not None:
                _assert_follows(row, before, restored=entry[3] == "service.restored")
        last[row["service_id"]] = row["from_time"], row["to_time"]
        if row["to_time"] is None:
            open_[row["service_id"]] = row["status_id"]
        else:
            open_.pop(row["service_id"], None)
    for service_id, (status_id, removed) in known.services.items():
        if removed and service_id in open_:
            findings.add("services", service_id, "removed", msg("Its last period has no end."))
        elif not removed and open_.get(service_id) != status_id:
            reason = msg("It is not that of the service's last period.")
            findings.add("services", service_id, "status_id", reason)


_Begin = tuple[Any, Any, Any, Any]
"""An entry's time, subject, subject id and kind; all None where there is no entry."""


def _begun_by(read: Reader) -> Callable[[int], _Begin]:
    """Finds the entry that began a period; periods are asked for in order of id."""
    periods, entries = tables.status_periods.c, tables.journal.c
    query = (
        select(periods.id, entries.time, entries.subject, entries.subject_id, entries.kind)
        .join(tables.journal, entries.id == periods.journal_id, isouter=True)
        .order_by(periods.id)
    )
    found = iter(read(query))

    def begun(period_id: int) -> _Begin:
        for id_, *entry in found:
            if id_ == period_id:
                time, subject, subject_id, kind = entry
                return time, subject, subject_id, kind
        return None, None, None, None

    return begun


def _assert_period(row: Mapping[str, Any], known: _Known, entry: _Begin) -> None:
    if row["service_id"] not in known.services:
        raise Invalid("service_id", msg("There is no such service."))
    _assert_readable_period(row)
    time, subject, subject_id, _ = entry
    if time is None:
        raise Invalid("journal_id", msg("There is no such entry."))
    if (subject, subject_id) != ("service", row["service_id"]):
        raise Invalid("journal_id", msg("This entry is about something else."))
    if time != row["from_time"]:
        raise Invalid("from_time", msg("It is not the time of the entry that began it."))


def _assert_readable_period(row: Mapping[str, Any]) -> None:
    if row["status_id"] not in FOR_SERVICES:
        raise Invalid("status_id", msg("This is no status of a service."))
    if row["to_time"] is not None and row["to_time"] < row["from_time"]:
        raise Invalid("to_time", msg("It ends before it begins."))


def _assert_follows(
    row: Mapping[str, Any], before: tuple[int, int | None], *, restored: bool
) -> None:
    """Raise `Invalid` for a gap or an overlap with the service's period before.

    In the trash a service has no status. A clock that was set back makes a period
    end when it began, and the next one begin before that.
    """
    begin, end = before
    if end is None:
        raise Invalid("from_time", msg("The period before it has no end."))
    if restored or row["from_time"] == end:
        return
    if row["from_time"] > end:
        raise Invalid("from_time", msg("There is a gap between it and the period before."))
    if end != begin:
        raise Invalid("from_time", msg("It begins before the period before it ends."))


def _runs(read: Reader, findings: Findings) -> None:
    for row in rows_of(read, tables.runs, findings):
        with Noting(findings, "runs", row["id"]):
            assert_id("id", row["id"])
            _assert_run(row)


def _typed_alone(read: Reader, findings: Findings) -> None:
    for table in (tables.jobs, tables.idempotency_keys):
        for _ in rows_of(read, table, findings):
            pass  # their types are all that can be wrong with them


def _assert_run(row: Mapping[str, Any]) -> None:
    if row["seen_time"] < row["begin_time"]:
        raise Invalid("seen_time", msg("It ends before it begins."))


def _as_row(values: Mapping[str, Any]) -> Any:
    return SimpleNamespace(**values)


def _assert_folded(name: str, text: str, folded: str) -> None:
    if fold(text) != folded:
        raise Invalid(f"{name}_folded", msg("It is not the folded form of %1.", name))
