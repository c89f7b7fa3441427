"""Standard input, output and error, which may be closed, full, or of another encoding."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg

PASSWORD_BYTES_MOST = 4_096


def fill_closed() -> None:
    """Put /dev/null where a standard stream was closed.

    The next file that is opened would take its number, and be written to.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def escape_what_can_not_be_shown() -> None:
    """Let no character, and no name of strange bytes, end a command in the middle."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def shows_all_characters() -> bool:
    """Whether standard output can hold every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").replace("_", "").startswith("utf")


def trouble_of_output() -> OSError | None:
    """Write what standard output holds back; why it can't be written, told once."""
    stream = sys.stdout
    if stream is None or stream.closed:
        return None
    try:
        stream.flush()
    except OSError as error:
        _forget(stream)
        return error
    return None


def write_error(line: str) -> None:
    """A line for standard error; where that can't be written there is nobody to tell."""
    stream = sys.stderr
    if stream is None or stream.closed:
        return
    try:
        stream.write(line + "\n")
        stream.flush()
    except OSError:
        _forget(stream)


def read_password() -> str:
    """One line of standard input. Raises `Invalid` for none, and for what can't be typed."""
    return _typed_line(
        "password",
        msg("No password came on standard input."),
        msg("The password on standard input is too long."),
        msg("The password on standard input is no %1 text.", sys.stdin and sys.stdin.encoding),
    )


def read_token() -> str:
    """As `read_password`, a token."""
    return _typed_line(
        "token",
        msg("No token came on standard input."),
        msg("The token on standard input is too long."),
        msg("The token on standard input is no %1 text.", sys.stdin and sys.stdin.encoding),
    )


def read_bytes(most: int) -> bytes:
    """At most `most` bytes of standard input."""
    return _binary_input().read(most)


def write_bytes(content: bytes) -> None:
    """`content` to standard output, all of it. Raises `Unavailable` where that is closed."""
    if sys.stdout is None:
        raise Unavailable(msg("Standard output is closed."))
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _typed_line(field: str, nothing: str, too_long: str, no_text: str) -> str:
    line = _binary_input().readline(PASSWORD_BYTES_MOST + 1).rstrip(b"\r\n")
    if not line:
        raise Invalid(field, nothing)
    if len(line) > PASSWORD_BYTES_MOST:
        raise Invalid(field, too_long)
    try:
        return line.decode(sys.stdin.encoding or "utf-8", "strict")
    except UnicodeDecodeError as error:
        raise Invalid(field, no_text) from error


def _binary_input() -> io.BufferedIOBase:
    if sys.stdin is None:
        raise Unavailable(msg("Standard input is closed."))
    found = sys.stdin.buffer
    assert isinstance(found, io.BufferedIOBase)
    return found


def _forget(stream: TextIO) -> None:
    """Let the interpreter's own last flush of a broken stream go nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
