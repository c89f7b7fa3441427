"""The server that `--server` names, and who signs in there."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from izzitup_desktop.cli.streams import PASSWORD_BYTES_MOST, read_password, read_token
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import read_regular
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.platform.paths import others_may_read

if TYPE_CHECKING:
    # What speaks HTTP loads when a command has to.
    from izzitup_desktop.remote.board import RemoteBoard

SERVER_VARIABLE = "IZZITUP_SERVER"
TOKEN_VARIABLE = "IZZITUP_TOKEN"
USER_VARIABLE = "IZZITUP_USER"
PASSWORD_VARIABLE = "IZZITUP_PASSWORD"
PIN_VARIABLE = "IZZITUP_PIN"

_STANDARD = "-"


@dataclass(frozen=True)
class Server:
    """Another board, and what was said of how to reach it; "" for what was not."""

    url: str
    pin: str = ""
    token_file: str = ""
    user: str = ""
    password_file: str = ""

    @contextmanager
    def opened(self, understand: Callable[[str], str]) -> Iterator[RemoteBoard]:
        """The board there. `understand` makes sentences of ours of what it says.

        Raises `Invalid` for what is no address, pin or token, and where others may read
        the file of a secret.
        """
        with loading():
            from izzitup_desktop.remote import reaching  # as above

        if self.user:
            signing_in = reaching.by_password(self.user, self.secret)
        else:
            signing_in = reaching.by_token(self.secret) if self.secret else reaching.NOBODY
        board = reaching.reached(self.url, self.pin, signing_in, understand)
        try:
            yield board
        finally:
            board.close()

    @cached_property
    def secret(self) -> str:
        """The token, or the user's password; "" where nobody signs in.

        Of what comes on standard input it is the first line, whatever a command reads there.
        """
        if not self.user:
            return _read(self.token_file, TOKEN_VARIABLE, read_token).strip()
        password = _read(self.password_file, PASSWORD_VARIABLE, read_password)
        if not password:
            raise Invalid(
                "user",
                msg(
                    "%1 needs a password: give --password-file or %2.", "--user", PASSWORD_VARIABLE
                ),
            )
        return password


def _read(file: str, variable: str, from_standard_input: Callable[[], str]) -> str:
    """The secret of a file, of standard input, or else of the environment."""
    if not file:
        return os.environ.get(variable, "")
    if file == _STANDARD:
        return from_standard_input()
    path = Path(file)
    try:
        if others_may_read(path.stat()):
            close = shlex.join(["chmod", "go-rwx", file])
            raise Invalid("file", msg("Others may read %1. Close it: %2", path, close))
        content = read_regular(path, PASSWORD_BYTES_MOST + 1)
    except OSError as error:
        reason = msg("%1 can't be read: %2.", path, error.strerror or error)
        raise Invalid("file", reason) from error
    try:
        line = content.partition(b"\n")[0].rstrip(b"\r").decode()
    except UnicodeDecodeError:
        raise Invalid("file", msg("The first line of %1 is no UTF-8 text.", path)) from None
    if len(content) > PASSWORD_BYTES_MOST or not line.strip():
        raise Invalid("file", msg("The first line of %1 holds nothing to sign in with.", path))
    return line
