"""Access: what accounts were refused."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.domain.concepts import Concept, KindSpec
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import msg

ACCESS_REFUSED = Kind("access.refused")

ACCESS = Concept(
    "access",
    (KindSpec(ACCESS_REFUSED, msg("refused"), handed_over=False),),
    title=msg("Refusals"),
    read_by=Action.ACCOUNT_LIST,
)
