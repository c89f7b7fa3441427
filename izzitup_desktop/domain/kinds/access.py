"""Access: what accounts were refused."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.domain.concepts import Concept, KindSpec
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import say

ACCESS_REFUSED = Kind("access.refused")

ACCESS = Concept(
    "access",
    (KindSpec(ACCESS_REFUSED, say("refused"), handed_over=False),),
    title=say("Refusals"),
    read_by=Action.ACCOUNT_LIST,
)
