"""Tokens that end soon: noted once for each of the times at which their owners are told."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from izzitup_desktop.domain.accounts import SCHEDULE
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.tokens import TOKEN_EXPIRING
from izzitup_desktop.domain.tokens import WARNED_AHEAD, StoredToken, warning_of
from izzitup_desktop.storage import accounts, groups, journal, tokens
from izzitup_desktop.storage.transaction import Transaction

log = logging.getLogger(__name__)


def log_expiring_tokens(entries: Sequence[Entry]) -> None:
    """Write into the log which tokens end soon, of those that were noted, by any process."""
    for entry in entries:
        if entry.kind == TOKEN_EXPIRING:
            log.warning(
                "the token %s of %s ends at %s",
                entry.subject_name,
                entry.after.get("owner", "?"),
                entry.after["expires"],
            )


def note_expiring_tokens(transaction: Transaction) -> int:
    """Journal of which tokens somebody is to be told that they end; of how many.

    Once for each token and time ahead, whoever did it before: the journal says so.
    """
    now = transaction.now
    soon = tokens.expiring(transaction.connection, now, now + WARNED_AHEAD)
    ids = [stored.token.id for stored in soon]
    told = {
        (entry.subject_id, entry.after["expires"], entry.after["days"])
        for entry in journal.of_kind(transaction.connection, TOKEN_EXPIRING, ids)
    }
    count = 0
    for stored in soon:
        token, days = stored.token, warning_of(stored.token, now)
        expires = "" if token.expires is None else token.expires.isoformat()
        if days is None or (token.id, expires, days) in told:
            continue
        owner = _owner(transaction, stored)
        if owner is None:
            continue
        after = {
            "owner": owner,
            "ending": token.ending,
            "expires": expires,
            "days": days,
            "account_id": token.account_id,
            "group_id": token.group_id,
        }
        transaction.record(SCHEDULE, TOKEN_EXPIRING, token.id, token.name, after=after)
        count += 1
    return count


def _owner(transaction: Transaction, stored: StoredToken) -> str | None:
    """The name of whose it is; None where nobody signs in by it any more."""
    token = stored.token
    if token.account_id is not None:
        account = accounts.get(transaction.connection, token.account_id)
        return account.name if account is not None and account.active else None
    group = groups.get(transaction.connection, token.group_id or 0)
    return None if group is None else group.name
