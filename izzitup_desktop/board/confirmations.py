"""Confirmations in the journal: what only repeats keeps its first entry and its last.

A script that confirms fifty services each minute would write gigabytes a year. Of a
run of confirmations of one service by the same principal, with none of another kind in
between, the last entry says how many there were and since when.
"""

from __future__ import annotations

from itertools import takewhile

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.comments import FOR_THE_PAGE, is_for_the_page
from izzitup_desktop.domain.journal import NOTHING, Entry
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from izzitup_desktop.domain.services import Service
from izzitup_desktop.storage.transaction import Transaction

_LOOK_BACK = 32
"""So many actors may confirm a service in turn, each with a run of its own."""


def record_confirmation(
    transaction: Transaction, principal: Principal, service: Service, comment: str
) -> Entry:
    """Add the entry; where it only repeats, it takes the place of the one before."""
    last = _last_of_run(transaction, principal, service, comment)
    before = NOTHING
    if last is not None:
        times = int(last.before.get("times", 1)) + 1
        # Not in `after`: nothing changed.
        before = {"times": times, "since": last.before.get("since", last.time.isoformat())}
        if "times" in last.before:
            transaction.replace(last)
    return transaction.record(
        principal, SERVICE_CONFIRMED, service.id, service.name, before=before, comment=comment
    )


def _last_of_run(
    transaction: Transaction, principal: Principal, service: Service, comment: str
) -> Entry | None:
    wanted = (
        principal.name, principal.account_id, principal.origin, comment, is_for_the_page(comment)
    )  # fmt: skip
    for most in (1, _LOOK_BACK):
        newest = transaction.newest("service", service.id, limit=most)
        run = list(takewhile(lambda entry: entry.kind == SERVICE_CONFIRMED, newest))
        for entry in run:
            is_public = entry.after.get(FOR_THE_PAGE) is True
            if (
                entry.actor, entry.account_id, entry.origin, entry.comment, is_public
            ) == wanted:  # fmt: skip
                return entry
        if len(run) < most:
            break
    return None
