"""`izzitup serve`: the API without a window."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.cli.parameters import FILE, HOST
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.text.fingerprints import Fingerprint

if TYPE_CHECKING:
    from izzitup_desktop.application import Application
    from izzitup_desktop.board import Board
    from izzitup_desktop.server.embedded import ServerState

log = logging.getLogger(__name__)

_START_SECONDS = 30.0
_ENDED_BY_SIGNAL = 128
_HEAR_SECONDS = 0.5


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    type=HOST,
    help="Address to listen on; 0.0.0.0 is every network this computer is on.",
)
@click.option(
    "--port",
    default=8475,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="TCP port; 0 takes a free one.",
)
@click.option(
    "--https/--no-https",
    default=None,
    help="Answer over HTTPS, too; what is not said here stands in the settings.",
)
@click.option(
    "--https-port",
    type=click.IntRange(0, 65535),
    help="TCP port of HTTPS; 0 takes a free one.",
)
@click.option("--https-only", is_flag=True, help="Answer over HTTPS alone.")
@click.option(
    "--certificate",
    type=FILE,
    help="The certificate of HTTPS (PEM); without it one is made.",
)
@click.option("--key", type=FILE, help="Its key (PEM), where the certificate's file has none.")
@click.option("--mdns/--no-mdns", default=None, help="Announce the board on the network.")
@click.pass_obj
def serve(
    desk: CliContext,
    host: str,
    port: int,
    https: bool | None,
    https_port: int | None,
    https_only: bool,
    certificate: Path | None,
    key: Path | None,
    mdns: bool | None,
) -> None:
    """Answer scripts over HTTP until SIGTERM or Ctrl+C; a second one ends it at once."""
    from izzitup_desktop.platform import logs  # its hooks are for who serves

    if https is None and (https_only or certificate is not None):
        https = True
    given = {
        "https": https,
        "https_port": https_port,
        "https_only": https_only or None,
        "tls_certificate": certificate and str(certificate),
        "mdns": mdns,
        "tls_key": None if key is None and certificate is None else str(key or ""),
    }
    changes = {name: value for name, value in given.items() if value is not None}
    changes |= {"host": host, "port": port}
    stopping = threading.Event()
    stop_on_signals(stopping, hurry=True)
    with logs.logging_to(desk.paths.logs, as_json=desk.settings.log_json, to_stderr=True):
        for notice in desk.notices:
            log.warning("%s", notice)
        _serve(desk, stopping, changes)


def _serve(desk: CliContext, stopping: threading.Event, changes: Mapping[str, Any]) -> None:
    # With what happens by itself, for who serves.
    from izzitup_desktop.board.expiring_tokens import log_expiring_tokens

    with desk.opened(create=True) as running:
        _make_administrator(desk, running.board)
        running.board.subscribe(log_expiring_tokens)
        running.keep_watch()
        if reason := running.board.why_read_only:
            log.warning("%s", reason)
        state = start_server(running, **changes)
        # The same in every language: programs wait for this line.
        click.echo(f"Serving on {state.url}")
        if state.secure_url:
            if state.url != state.secure_url:
                click.echo(f"Serving on {state.secure_url}")
            fingerprint = Fingerprint(state.fingerprint)
            desk.tell(msg("Certificate %1", fingerprint))
            desk.tell(msg("In words: %1", " ".join(fingerprint.words())))
        tell_page(desk, running, state)
        # Only this thread runs what hears signals, and one that the system gave to
        # another thread ends no wait of this one.
        while not stopping.wait(_HEAR_SECONDS):
            pass


def start_server(running: Application, **changes: Any) -> ServerState:
    """Serve by the settings with these `changes`; how, once it answers. Raises `Unavailable`."""
    from izzitup_desktop.server.embedded import ServerKind  # the HTTP stack, for who serves

    running.settings = replace(running.settings, **changes)
    running.serve()
    state = running.server.wait_until([ServerKind.SERVING, ServerKind.FAILED], _START_SECONDS)
    if state.kind is not ServerKind.SERVING:
        raise Unavailable(state.reason or msg("The server did not start."))
    if state.secure_reason and not state.secure_url:
        raise Unavailable(state.secure_reason)
    return state


def tell_page(desk: CliContext, running: Application, state: ServerState) -> None:
    """Say where everybody sees the board, where it has a page."""
    if running.settings.page:
        address = running.settings.page_address or state.url
        desk.tell(msg("The status page is at %1/", address))


def stop_on_signals(stopping: threading.Event, *, hurry: bool = False) -> None:
    """Set `stopping` on SIGTERM and Ctrl+C.

    `hurry`: one more ends the process at once. What was acknowledged is on the disk.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        if hurry and stopping.is_set():
            os._exit(_ENDED_BY_SIGNAL + number)
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _make_administrator(desk: CliContext, board: Board) -> None:
    """A board without accounts gets `admin`, whose password is told this once."""
    if board.accounts.any():
        return
    password = secrets.token_urlsafe(18)
    board.accounts.first("admin", password, Origin.CLI)
    for line in (
        msg("This is a new board. Its administrator signs in with"),
        msg("    name      %1", "admin"),
        msg("    password  %1", password),
        msg("This password is not shown again. Change it with `izzitup users passwd admin`."),
    ):
        desk.tell(line)
