"""Which sources lately signed in to which names, and how that outlives the program."""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.storage import known_sources as file

KNOWN_DAYS = 30
"""For how long after it signed in a source is known for that name."""

_OF_NAME_MOST = 32
_NAMES_MOST = 1_000
_DAY = 86_400.0
_KNOWN_SECONDS = KNOWN_DAYS * _DAY


@dataclass(slots=True)
class Known:
    """Until when a source is known for a name, and when its own allowance is whole.

    `noted_until` is the `until` that was worth keeping.
    """

    until: float
    whole_at: float = 0.0
    noted_until: float = -math.inf


class KnownSources:
    """Names with their sources, those used least forgotten first. Not thread-safe.

    Times are seconds of the clock that the caller uses. `version` grows with what is
    worth keeping: a source that is new, or was not seen for a day.
    """

    def __init__(self) -> None:
        self.version = 0
        self._names: OrderedDict[str, OrderedDict[str, Known]] = OrderedDict()

    def find(self, source: str, name: str, now: float) -> Known | None:
        """What is known of the source for the name."""
        sources = self._names.get(name)
        known = sources.get(source) if sources else None
        return known if known is not None and now < known.until else None

    def remember(self, source: str, name: str, now: float, seconds: float = _KNOWN_SECONDS) -> None:
        """The source is known for the name for so long from now on."""
        sources = self._names.setdefault(name, OrderedDict())
        self._names.move_to_end(name)
        if len(self._names) > _NAMES_MOST:
            self._names.popitem(last=False)
        known = sources.setdefault(source, Known(now))
        until = now + min(seconds, _KNOWN_SECONDS)
        known.until = max(known.until, until)
        if until - known.noted_until > _DAY:
            self.version += 1
            known.noted_until = until
        sources.move_to_end(source)
        # Who has one account can push nobody else's sources out.
        if len(sources) > _OF_NAME_MOST:
            sources.popitem(last=False)

    def left(self, now: float) -> Iterator[tuple[str, str, float]]:
        """(name, source, seconds) of all that are known, those used least first."""
        for name, sources in self._names.items():
            for source, known in sources.items():
                if known.until > now:
                    yield name, source, known.until - now


class KeptSources:
    """Keeps what a throttle knows of sources in a private file, for the next start."""

    def __init__(
        self,
        path: Path,
        known: Callable[[], tuple[int, list[tuple[str, str, float]]]],
        make_known: Callable[[list[tuple[str, str, float]]], int],
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._path = path
        self._known = known
        self._clock = clock
        now = self._now()
        self._kept_version = make_known(
            [(name, source, until - now) for name, source, until in file.read(path)]
        )

    def keep(self) -> None:
        """Write the file, where there is something new to keep. Raises `Unavailable`."""
        version, left = self._known()
        if version == self._kept_version:
            return
        now = self._now()
        # Another program on this board keeps what it knows, too.
        kept = [row for row in file.read(self._path) if row[2] > now]
        kept += [(name, source, now + seconds) for name, source, seconds in left]
        file.write(self._path, kept)
        self._kept_version = version

    def _now(self) -> float:
        return self._clock.now().timestamp()


def path_in(folder: Path, location: str) -> Path:
    """Where the sources of the database at `location` are kept."""
    digest = hashlib.sha256(location.encode("utf-8", "surrogatepass")).hexdigest()
    return folder / f"known-sources-{digest[:12]}.json"
