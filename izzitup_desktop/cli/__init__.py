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
        code = _command() if sys.argv[1:] else _window()
        # What is left is the interpreter's own end, which tells Ctrl+C by a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)


def _command() -> int:
    with loading():
        from izzitup_desktop.cli.edge import run  # click, not before it is asked for

    return run()


def _window() -> int:
    # Straight to it: what reads commands would take a fifth of the time to the first paint.
    from izzitup_desktop.cli import streams

    streams.fill_closed()
    streams.escape_what_can_not_be_shown()
    try:
        from izzitup_desktop.desktop.start.main import main as open_window

        return open_window([])
    except Exception as error:  # the edge for both: one line, and the log has it
        from izzitup_desktop.cli.edge import told

        return told(error)
