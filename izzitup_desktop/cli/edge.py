"""The edge between `izzitup` and its terminal: what goes wrong becomes one line.

What the board or the environment refuses exits 1 with its reason, usage exits 2,
Ctrl+C 130. A fault of ours exits 1, too; its line tells an id, under which the log
has the traceback. No secret that somebody typed is said again.
"""

from __future__ import annotations

import errno
import io
import logging
import uuid
from collections.abc import Callable, Sequence

import click

from izzitup_desktop.cli import streams
from izzitup_desktop.cli.context import one_line, reason_of
from izzitup_desktop.cli.speech import clicks_own_texts, spoken
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform import logs
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.platform.paths import find_paths
from izzitup_desktop.text.catalogue import Catalogue, of_user

INTERRUPTED = 130
_LINE_MOST = 2_000
"""Longest line that is said, in characters: a name of 100 KB is not repeated."""

_EXTRA = ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})")
"""Click's words for one and for several."""

log = logging.getLogger(__name__)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run `izzitup` with `arguments` (None: the process's own); its exit code."""

    def work(catalogue: Catalogue) -> object:
        with loading():
            from izzitup_desktop.cli.commands import izzitup  # a fault of theirs is told, too

        command = spoken(izzitup, catalogue)
        return command.main(arguments, prog_name="izzitup", standalone_mode=False, obj=catalogue)

    return _run(work)


def told(error: Exception) -> int:
    """Say what went wrong where no command ran; the exit code."""

    def work(_catalogue: Catalogue) -> object:
        raise error

    return _run(work)


def _run(work: Callable[[Catalogue], object]) -> int:
    streams.fill_closed()
    streams.escape_what_can_not_be_shown()
    catalogue = of_user()
    with logs.kept_from_terminal(lambda: find_paths().logs), clicks_own_texts(catalogue):
        code = _guarded(work, catalogue)
        trouble = streams.trouble_of_output()
        # Who was refused heard a reason already.
        if trouble is not None and not code:
            code = 1
            if trouble.errno != errno.EPIPE:
                _say(f"izzitup: {catalogue.text(_reason_of_system(trouble))}")
    return code


def _guarded(work: Callable[[Catalogue], object], catalogue: Catalogue) -> int:
    try:
        return _code(work(catalogue))
    except SystemExit as ended:
        return _code(ended.code)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        for line in _usage(error, catalogue):
            _say(line)
        return error.exit_code
    except BoardError as error:
        _say(f"izzitup: {catalogue.text(reason_of(error))}")
    except BrokenPipeError:
        pass
    except OSError as error:
        _say(f"izzitup: {catalogue.text(_reason_of_system(error))}")
    except MemoryError:
        _say(f"izzitup: {catalogue.text(msg('There is not enough memory for this.'))}")
    except Exception as error:  # the command line's edge: one line, and the log has it
        error_id = uuid.uuid4().hex[:8]
        log.exception("Error %s on the command line", error_id)
        fault = msg(
            "This is a fault of IzzitUp (error %1, %2); the log tells more under that number.",
            error_id,
            type(error).__name__,
        )
        _say(f"izzitup: {catalogue.text(fault)}")
    return 1


def _code(value: object) -> int:
    return value if isinstance(value, int) else 1 if value else 0


def _usage(error: click.ClickException, catalogue: Catalogue) -> list[str]:
    shown = io.StringIO()
    error.show(file=shown)
    return _without_arguments(shown.getvalue(), catalogue).rstrip("\n").split("\n")


def _without_arguments(text: str, catalogue: Catalogue) -> str:
    """`text` up to arguments that are too many: one may be a password in a wrong place."""
    for count in (1, 2):
        words = catalogue.plural(*_EXTRA, count).partition("({args})")[0]
        before, found, _ = text.partition(words)
        if found:
            return before + words.rstrip()
    return text


def _reason_of_system(error: OSError) -> str:
    what = error.strerror or str(error) or type(error).__name__
    if error.filename is None and error.errno == errno.ENOENT:
        return msg("The current folder does not exist any more; name files by their whole path.")
    if error.filename is None:
        # Files have names; these have none.
        return msg("Standard input or output can't be used: %1.", what)
    return f"{what}: {error.filename!s}"


def _say(line: str) -> None:
    said = one_line(logs.redacted(line[: 2 * _LINE_MOST]))
    streams.write_error(said if len(said) <= _LINE_MOST else said[:_LINE_MOST] + "…")
