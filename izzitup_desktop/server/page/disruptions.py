"""Disruptions that are asked for: those of the board, and older ones out of its past."""

from __future__ import annotations

from collections.abc import Sequence

from izzitup_desktop.domain.days import midnight
from izzitup_desktop.domain.public_board import Disruption, PublicBoard, number_in
from izzitup_desktop.server.page.formats import Wanted


def as_far_as_strips(
    board: PublicBoard, wanted: Wanted, service_ids: Sequence[int] = ()
) -> Sequence[Disruption]:
    """Those of the days that strips have, newest first; of these services (empty: of all).

    Waits for the database; raises `Unavailable`.
    """
    known: dict[int, Disruption] = {}
    if board.dates:
        past = wanted.past(midnight(board.dates[0]), board.made, service_ids)
        known = {one.id: one for one in past}
    # What began a moment ago may be on the board alone.
    known.update((one.id, one) for one in board.disruptions)
    found = (one for one in known.values() if not service_ids or one.service_id in service_ids)
    return sorted(found, key=lambda one: (one.begin, one.id), reverse=True)


def named(board: PublicBoard, wanted: Wanted) -> Disruption | None:
    """The one that the path names, however long ago; None where nobody may see one.

    Waits for the database; raises `Unavailable`.
    """
    id_ = number_in(wanted.parameters.get("id", ""))
    if id_ is None:
        return None
    known = (one for one in board.disruptions if one.id == id_)
    return next(known, None) or wanted.of_id(id_)
