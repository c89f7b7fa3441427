"""The board: the one door through which every face does everything.

A use case checks the permission, makes the change, and writes the journal entry,
in one transaction; it is durable when the method returns. Methods wait for the
database (and for bcrypt) unless their name begins with `submit` or ends with
`if_known`; `refuse_calls_from` makes waiting an error on a thread that must not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from izzitup_desktop.board.accounts import Accounts
from izzitup_desktop.board.concepts import BoardConcept, Concepts
from izzitup_desktop.board.core import Core
from izzitup_desktop.board.groups import Groups
from izzitup_desktop.board.handovers import Handovers
from izzitup_desktop.board.journal import Journal
from izzitup_desktop.board.refusals import Refusals
from izzitup_desktop.board.reversals import CONCEPTS
from izzitup_desktop.board.runs import WATCHED_FOR, Run
from izzitup_desktop.board.services import Services
from izzitup_desktop.board.signing_in.hash_worker import HashWorker
from izzitup_desktop.board.signing_in.known_sources import KeptSources, path_in
from izzitup_desktop.board.signing_in.passwords import DEFAULT_COST, Passwords
from izzitup_desktop.board.signing_in.sign_in import SignIn
from izzitup_desktop.board.signing_in.throttle import Throttle
from izzitup_desktop.board.statuses import Statuses
from izzitup_desktop.board.tokens import Tokens
from izzitup_desktop.board.trash import Trash
from izzitup_desktop.board.uptime import Uptime
from izzitup_desktop.domain.accounts import StoredAccount
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.storage import accounts, opening
from izzitup_desktop.storage.asked import ANSWER_SECONDS
from izzitup_desktop.storage.engine import SPARE_SECONDS
from izzitup_desktop.storage.subscriptions import OnEntries, OnTrouble, Subscription
from izzitup_desktop.storage.writer import Written

if TYPE_CHECKING:
    # What few commands need, and a window only once it is up.
    from izzitup_desktop.board.account_changes import AccountChanges
    from izzitup_desktop.board.archive import Archive
    from izzitup_desktop.board.backups import Backups
    from izzitup_desktop.board.changes import Changes
    from izzitup_desktop.board.condition import Condition
    from izzitup_desktop.board.desks import Desks
    from izzitup_desktop.board.exchange import Exchange
    from izzitup_desktop.board.group_changes import GroupChanges
    from izzitup_desktop.board.idempotency import Idempotency
    from izzitup_desktop.board.jobs import Jobs
    from izzitup_desktop.board.public_boards import PublicBoards
    from izzitup_desktop.board.token_changes import TokenChanges

__all__ = ["Board", "Subscription", "Written", "open_board"]


class Board:
    """Services, groups, accounts, the journal and backups of one database."""

    def __init__(
        self,
        core: Core,
        backups_folder: Path,
        archive_folder: Path,
        hash_cost: int,
        concepts: Concepts,
    ) -> None:
        self.core = core
        """What use cases are made of; faces go by the parts beside it."""
        self._concepts = concepts
        self._passwords = passwords = Passwords(hash_cost)
        self._hash_worker = HashWorker()
        self.clock = core.clock
        throttle = Throttle(core.clock)
        self._sign_in = sign_in = SignIn(
            self._stored_account, passwords, throttle, self._hash_worker, core.clock
        )
        self.live = core.live
        self.services = Services(core)
        self._refusals = Refusals(core)
        self.statuses = Statuses(core, self._refusals)
        self.trash = Trash(core)
        self.groups = Groups(core)
        self.accounts = Accounts(core, passwords, sign_in)
        self.tokens = Tokens(core, self._hash_worker)
        self.journal = Journal(core, concepts)
        self.uptime = Uptime(core)
        self.handovers = Handovers(core)
        self._backups_folder, self._archive_folder = backups_folder, archive_folder
        kept = path_in(archive_folder.parent, self.location)
        self.sources = KeptSources(kept, throttle.known, throttle.make_known, core.clock)

    @cached_property
    def exchange(self) -> Exchange:
        """Exports of the whole board, and imports of services."""
        # The formats load when somebody exports or imports.
        from izzitup_desktop.board.exchange import Exchange

        return Exchange(self.core)

    @cached_property
    def changes(self) -> Changes:
        """Changes that programs ask for, with what they expect."""
        from izzitup_desktop.board.changes import Changes  # for the API v1 alone

        return Changes(self.core, self._refusals, self._concepts)

    @cached_property
    def idempotency(self) -> Idempotency:
        """Answers kept under the keys of programs that repeat themselves."""
        from izzitup_desktop.board.idempotency import Idempotency  # for the API v1 alone

        return Idempotency(self.core)

    @cached_property
    def group_changes(self) -> GroupChanges:
        """As `changes`, of groups."""
        from izzitup_desktop.board.group_changes import GroupChanges  # as above

        return GroupChanges(self.core)

    @cached_property
    def account_changes(self) -> AccountChanges:
        """As `changes`, of accounts."""
        from izzitup_desktop.board.account_changes import AccountChanges  # as above

        return AccountChanges(self.core, self._passwords, self._sign_in.forget)

    @cached_property
    def token_changes(self) -> TokenChanges:
        """As `changes`, of tokens."""
        from izzitup_desktop.board.token_changes import TokenChanges  # as above

        return TokenChanges(self.core)

    @cached_property
    def condition(self) -> Condition:
        """Whether the board can be read and changed now."""
        from izzitup_desktop.board.condition import Condition  # for who watches over us

        return Condition(self.core)

    @cached_property
    def public_boards(self) -> PublicBoards:
        """What of the board everybody may see."""
        from izzitup_desktop.board.public_boards import PublicBoards  # for pages alone

        return PublicBoards(self.core)

    @cached_property
    def desks(self) -> Desks:
        """Which programs have the board open."""
        from izzitup_desktop.board.desks import Desks  # once somebody keeps watch

        return Desks(self.core)

    @cached_property
    def jobs(self) -> Jobs:
        """What happens by itself, and which process does it."""
        from izzitup_desktop.board.jobs import Jobs  # a window keeps watch once it is up

        return Jobs(self.core, uses=self.tokens.uses)

    @cached_property
    def backups(self) -> Backups:
        """Backups of this board."""
        from izzitup_desktop.board.backups import Backups  # no command but theirs needs them

        return Backups(self.core, self._backups_folder)

    @cached_property
    def archive(self) -> Archive:
        """Older journal entries, moved out of it."""
        from izzitup_desktop.board.archive import Archive  # as the jobs, which it is one of

        return Archive(self.core, self._archive_folder)

    @property
    def location(self) -> str:
        """Where the database is, as it may be shown (no password)."""
        return self.core.database.location

    @property
    def is_shared(self) -> bool:
        """Whether several desks may use the database (PostgreSQL)."""
        return self.core.database.is_shared

    @property
    def read_only(self) -> bool:
        """Whether the database file can't be written by this user."""
        return self.core.database.read_only

    @property
    def damage(self) -> tuple[str, ...]:
        """What was wrong with the board's rows when it was opened, a line each.

        What can't be read is left out of lists; everything else is usable.
        """
        return self.core.database.damage

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, and what to do about it; "" where it can be."""
        return self.core.database.why_read_only

    @property
    def vocabulary(self) -> Vocabulary:
        """What is known of kinds of journal entries: their words, their fields."""
        return self._concepts.vocabulary

    def new_run(self, watched_for: timedelta | None = WATCHED_FOR) -> Run:
        """A run of the application beside this one's own; whoever makes it says that it goes on."""
        return Run(self.core, watched_for)

    def last_id(self) -> int:
        """The newest journal id this process knows of."""
        return self.core.last_id()

    def subscribe(self, on_entries: OnEntries, on_trouble: OnTrouble | None = None) -> Subscription:
        """Call `on_entries` with all new journal entries of any process, in order.

        On the feed's thread. `on_trouble` hears why the journal can't be read, and
        "" when it can be again.
        """
        return self.core.feed.subscribe(on_entries, on_trouble)

    @property
    def subscriptions(self) -> int:
        """How many subscribers there are, the board's own included."""
        return self.core.feed.subscriptions

    def refuse_calls_from(self, thread_ident: int) -> None:
        """Make every call that waits a RuntimeError on that thread."""
        self.core.database.refuse_calls_from(thread_ident)

    def allow_calls_from(self, thread_ident: int) -> None:
        """Take `refuse_calls_from` back."""
        self.core.database.allow_calls_from(thread_ident)

    def open_again(self) -> None:
        """Go on with the database that has the name now: the file was replaced.

        Everybody goes on holding this board. Raises as `open_board` does; then nothing
        is another. Waits.
        """
        self.core.open_again()
        self.accounts.forget_sign_ins()

    def end_within(self, seconds: float) -> None:
        """Refuse after so long what then still waits for the database: we close."""
        self.core.database.end_within(seconds)

    def close(self) -> None:
        """Finish what is queued, end all threads, close the database."""
        self.tokens.close()
        self.accounts.close()
        self._hash_worker.close()
        self.core.close()

    def _stored_account(self, name: str) -> StoredAccount | None:
        return self.core.database.read(lambda connection: accounts.by_name(connection, name))


def open_board(
    url: str,
    *,
    create: bool,
    backups: Path,
    quarantine: Path,
    archive: Path | None = None,
    hash_cost: int = DEFAULT_COST,
    concepts: Sequence[BoardConcept] = CONCEPTS,
    clock: Clock = SYSTEM_CLOCK,
    durable: bool = True,
    reading_seconds: float = ANSWER_SECONDS - SPARE_SECONDS,
) -> Board:
    """The board in the database at `url`, made new where `create` allows it.

    `archive` is where older journal entries go; None is beside the backups. Entries of
    kinds that none of the `concepts` has are carried. Whatever needs the time asks
    `clock`. A board in a file that is not `durable` may be lost when the computer stops.
    Whoever reads waits for `reading_seconds` at most.

    Raises `NotFound` (no database and `create` is false), `Damaged`,
    `NewerDatabase`, `Unavailable`, `Invalid` (no usable URL).
    """
    known = Concepts(concepts)
    open_found = partial(
        opening.open_database,
        url,
        backups=backups,
        quarantine=quarantine,
        clock=clock,
        durable=durable,
        reading_seconds=reading_seconds,
    )
    database = open_found(create=create)
    try:
        database.know(known.vocabulary)
        core = Core(database, partial(open_found, create=False))
    except BaseException:
        database.close()
        raise
    try:
        return Board(core, backups, archive or backups.with_name("archive"), hash_cost, known)
    except BaseException:
        core.close()
        raise
