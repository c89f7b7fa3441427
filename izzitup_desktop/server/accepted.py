"""What a client says that it likes: languages, and text rather than pages."""

from __future__ import annotations

import re

from izzitup_desktop.text.languages import ENGLISH, LANGUAGES

_TERMINALS = re.compile(
    rb"(curl|wget|httpie|lwp-request|powershell|.*windowspowershell/)", re.IGNORECASE
)
"""Programs that show on a terminal what they are answered."""


def language_of(accepted: bytes) -> str:
    """Which of our languages somebody likes best (RFC 9110, 12.5.4); English for none."""
    best, best_weight = ENGLISH, 0.0
    for part in accepted.decode("latin-1").lower().split(","):
        name, _, parameter = part.strip().partition(";")
        name = name.strip().partition("-")[0]
        weight = _weight(parameter)
        if weight > best_weight and name in (*LANGUAGES, "*"):
            best, best_weight = ENGLISH if name == "*" else name, weight
    return best


def wants_text(accepted: bytes, agent: bytes) -> bool:
    """Whether a page is to be plain text: it is asked for, or shown on a terminal."""
    wanted = accepted.lower()
    if b"text/html" in wanted:
        return False
    if b"text/plain" in wanted:
        return True
    return (not wanted or b"*/*" in wanted) and _TERMINALS.match(agent) is not None


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
