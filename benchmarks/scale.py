"""How much is measured: enough to compare, or as little as shows that it runs."""

from __future__ import annotations

import os

LEAST = "BENCHMARK_LEAST"
"""Set in the environment, the figures mean nothing and come soon."""


def sized(usual: int, least: int) -> int:
    """`usual`, or `least` where only the run itself matters."""
    return least if os.environ.get(LEAST) else usual


def lasting(usual_seconds: float, least_seconds: float = 0.2) -> float:
    """The same for a time."""
    return least_seconds if os.environ.get(LEAST) else usual_seconds
