"""What a person chooses with a status when it is set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.expiries import UNTIL_MOST, Expiry
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import checked_status


@dataclass(frozen=True, slots=True)
class StatusOptions:
    """`until` when the status holds (None: until somebody changes it), `then` what follows.

    Where `then` is None somebody is asked; `hold` keeps scripts from changing it.
    """

    until: datetime | None = None
    then: int | None = None
    hold: bool = False

    @property
    def expiry(self) -> Expiry | None:
        """The expiry that was chosen, None for a status that has none."""
        return None if self.until is None else Expiry(self.until.astimezone(UTC), self.then)

    def checked(self, now: datetime) -> StatusOptions:
        """The options, if they can be met. Raises `Invalid`."""
        if self.until is None:
            return replace(self, then=None)
        if self.until <= now:
            raise Invalid("until", msg("The time is past already. Choose a later one."))
        if self.until > now + UNTIL_MOST:
            raise Invalid("until", msg("A status can be set for a year at most."))
        return self if self.then is None else replace(self, then=int(checked_status(self.then)))
