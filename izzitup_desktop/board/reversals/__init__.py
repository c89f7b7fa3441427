"""The concepts of this version as the board has them, each with its reversals."""

from __future__ import annotations

from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.reversals.groups import GROUPS
from izzitup_desktop.board.reversals.handovers import HANDOVERS
from izzitup_desktop.board.reversals.layers import LAYERS
from izzitup_desktop.board.reversals.services import SERVICES
from izzitup_desktop.board.reversals.statuses import STATUSES
from izzitup_desktop.domain.kinds.access import ACCESS
from izzitup_desktop.domain.kinds.accounts import ACCOUNTS
from izzitup_desktop.domain.kinds.boards import BOARDS
from izzitup_desktop.domain.kinds.journals import JOURNALS
from izzitup_desktop.domain.kinds.tokens import TOKENS

CONCEPTS = (
    SERVICES,
    STATUSES,
    LAYERS,
    GROUPS,
    BoardConcept(ACCOUNTS),
    BoardConcept(TOKENS),
    BoardConcept(ACCESS),
    BoardConcept(BOARDS),
    BoardConcept(JOURNALS),
    HANDOVERS,
)
