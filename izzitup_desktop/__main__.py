"""`python -m izzitup_desktop` is `izzitup`."""

from __future__ import annotations

from izzitup_desktop.cli import main

if __name__ == "__main__":
    main()
