"""The command line: the same use cases as everywhere, and never Qt."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

from izzitup_desktop.platform.loading import loading


def main() -> None:
    """Run `izzitup`; exit 0 done, 1 refused with the reason on stderr, 2 usage."""
    code = 130
    with suppress(KeyboardInterrupt):
        with loading():
            from izzitup_desktop.cli.edge import run  # click, not before it is asked for

        code = run()
        # What is left is the interpreter's own end, which tells Ctrl+C by a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)
