"""Logging for every face: a private rotating file, hooks for what nobody caught.

Passwords and bodies are never logged in the first place; the filter is a second
line: it masks what looks like a password, a token or a database URL's secret.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.regular_files import append_to_regular
from izzitup_desktop.platform.files import PRIVATE_FILE, make_private_folder

FILE_NAME = "izzitup.log"
CRASH_NAME = "crash.log"
FILE_BYTES = 1_000_000
"""How large a file of the log gets."""

_FILES_KEPT = 4
_FILE_HANDLER = "izzitup-file"

_SECRETS = re.compile(
    r"""(?ix) (?P<before> ["']?\b(?:pwd|\w*password|passwd|passfile|token|secret|authorization)["']?
        \s*[=:]\s* ["']? ) (?P<secret> [^\s"',;}]+ )
      | (?P<scheme> [a-z][a-z0-9+.-]*://[^\s:/@]*: ) (?P<pass> [^\s@/]+ ) (?=@)"""
)


def start(
    folder: Path,
    *,
    as_json: bool = False,
    to_stderr: bool = False,
    file_bytes: int = FILE_BYTES,
) -> IO[str] | None:
    """Log into `folder` from now on; where that can't be written, to stderr alone.

    Returns the file that crashes of the interpreter go to; keep it open.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    # Alembic tells which of its plugins it loads; a migration's failure is raised.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    handlers: list[logging.Handler] = []
    crashes: IO[str] | None = None
    # No log is no reason not to start.
    try:
        make_private_folder(folder)
        handlers.append(_file_handler(folder / FILE_NAME, file_bytes))
    except (OSError, BoardError) as error:
        _say(f"The log can't be written to {folder / FILE_NAME}: {_reason(error)}")
        to_stderr = True
    try:
        crashes = _appending(folder / CRASH_NAME)
        faulthandler.enable(crashes)
    except OSError as error:
        if handlers:
            _say(f"Crashes can't be written to {folder / CRASH_NAME}: {_reason(error)}")
    if to_stderr:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
        handler.addFilter(redact)
        root.addHandler(handler)
    _hook_into_threads()
    return crashes


@contextlib.contextmanager
def logging_to(
    folder: Path,
    *,
    as_json: bool = False,
    to_stderr: bool = False,
    file_bytes: int = FILE_BYTES,
) -> Iterator[None]:
    """`start`, taken back at the end."""
    root = logging.getLogger()
    before, hooks = list(root.handlers), (sys.excepthook, threading.excepthook, sys.unraisablehook)
    level = root.level
    crashes = start(folder, as_json=as_json, to_stderr=to_stderr, file_bytes=file_bytes)
    try:
        yield
    finally:
        for handler in [handler for handler in root.handlers if handler not in before]:
            root.removeHandler(handler)
            handler.close()
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        root.setLevel(level)
        if crashes is not None:
            faulthandler.disable()
            crashes.close()


@contextlib.contextmanager
def kept_from_terminal(folder: Callable[[], Path]) -> Iterator[None]:
    """What a command's parts log goes to the log file, made only for that.

    For programs that answer at a terminal: no warning, and no traceback of a thread,
    is said there. `start` takes over where it is called meanwhile.
    """
    root = logging.getLogger()
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    handler = _LateFile(folder)
    root.addHandler(handler)
    _hook_into_threads()
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


class _LateFile(logging.Handler):
    """Appends to the log in a folder; silent where that can't be done, or is done already."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        super().__init__(logging.WARNING)
        self._folder = folder
        self.setFormatter(TextFormatter())
        self.addFilter(redact)

    def emit(self, record: logging.LogRecord) -> None:
        if any(other.name == _FILE_HANDLER for other in logging.getLogger().handlers):
            return
        with contextlib.suppress(OSError, ValueError, RuntimeError, BoardError):
            path = make_private_folder(self._folder()) / FILE_NAME
            with _appending(path) as file:
                file.write(self.format(record) + "\n")


def redacted(text: str) -> str:
    """`text` with what looks like a secret masked."""
    return _SECRETS.sub(_masked, text)


def one_line(text: str) -> str:
    """`text` with every control character written out: nobody's words end the line."""
    return "".join(char if char.isprintable() else _written_out(char) for char in text)


def redact(record: logging.LogRecord) -> bool:
    """A filter that masks secrets in the message; it keeps every record."""
    record.msg, record.args = redacted(record.getMessage()), None
    return True


class TextFormatter(logging.Formatter):
    """One line a record; tracebacks without the values of variables.

    Names and comments are in messages: a line break in one must not look like the
    next record.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002
        """UTC, ISO 8601."""
        return _stamp(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line without its traceback; what is not printed is escaped."""
        return one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        """The traceback, indented: an exception's words look like no record."""
        lines = super().formatException(ei).splitlines()
        return "\n".join(f"    {one_line(line)}" for line in lines)

    def format(self, record: logging.LogRecord) -> str:
        """The line and its traceback, secrets masked in both."""
        # The other formatter's text must not be taken for ours.
        record.exc_text = None
        return redacted(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's fixed fields."""
        fields = {
            "time": _stamp(record),
            "level": record.levelname,
            "logger": record.name,
            "thread": record.threadName,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["exception"] = redacted(self.formatException(record.exc_info))
        # JSON leaves some line breaks of Unicode as they are.
        return one_line(json.dumps(fields, ensure_ascii=False))


def _written_out(char: str) -> str:
    written = json.dumps(char)[1:-1]
    return written if written.isprintable() else f"\\u{ord(char):04x}"


def _stamp(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _file_handler(path: Path, file_bytes: int) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # sockets and pickle, for who logs to files

    class PrivateRotatingFile(RotatingFileHandler):
        def _open(self) -> Any:
            return _appending(Path(self.baseFilename))

    handler = PrivateRotatingFile(
        path, maxBytes=file_bytes, backupCount=_FILES_KEPT, encoding="utf-8"
    )
    handler.set_name(_FILE_HANDLER)
    # A full disk must not turn every log line into a traceback on stderr.
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # noqa: ARG005
    return handler


def _appending(path: Path) -> IO[str]:
    """The file, private and open to be appended to. Raises OSError for what is none."""
    handle = append_to_regular(path, PRIVATE_FILE)
    file = os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")
    try:
        path.chmod(PRIVATE_FILE)
    except OSError:
        file.close()
        raise
    return file


def _reason(error: Exception) -> str:
    return str((isinstance(error, OSError) and error.strerror) or error)


def _say(line: str) -> None:
    # A window may have been started without any.
    if sys.stderr is not None:
        sys.stderr.write(f"{line}\n")


def _hook_into_threads() -> None:
    log = logging.getLogger("izzitup_desktop.uncaught")

    def uncaught(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        log.critical("uncaught", exc_info=(kind, error, traceback))

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    def unraisable(args: Any) -> None:
        if args.exc_value is not None:
            uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable


def _masked(found: re.Match[str]) -> str:
    return f"{found['before'] or found['scheme']}********"
