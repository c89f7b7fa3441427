"""The command line: the same use cases as everywhere, and never Qt."""

from __future__ import annotations


def main() -> None:
    """Run `izzitup`; exit 0 done, 1 refused with the reason on stderr, 2 usage."""
    from izzitup_desktop.cli.commands import izzitup  # click, not before it is asked for

    izzitup()
