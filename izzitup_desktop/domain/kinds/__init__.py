"""The concepts of this version, with all that the core knows of their kinds of entries."""

from __future__ import annotations

from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.kinds.access import ACCESS
from izzitup_desktop.domain.kinds.accounts import ACCOUNTS
from izzitup_desktop.domain.kinds.boards import BOARDS
from izzitup_desktop.domain.kinds.groups import GROUPS
from izzitup_desktop.domain.kinds.handovers import HANDOVERS
from izzitup_desktop.domain.kinds.journals import JOURNALS
from izzitup_desktop.domain.kinds.layers import LAYERS
from izzitup_desktop.domain.kinds.services import SERVICES
from izzitup_desktop.domain.kinds.statuses import STATUSES
from izzitup_desktop.domain.kinds.tokens import TOKENS

CONCEPTS = (
    SERVICES,
    STATUSES,
    LAYERS,
    GROUPS,
    ACCOUNTS,
    TOKENS,
    ACCESS,
    BOARDS,
    JOURNALS,
    HANDOVERS,
)
"""In the order in which people are offered them."""

VOCABULARY = Vocabulary(CONCEPTS)
