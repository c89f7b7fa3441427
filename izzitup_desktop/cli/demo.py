"""`izzitup demo`: a board to look at, which is gone afterwards."""

from __future__ import annotations

import logging
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import click

from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.cli.parameters import SECONDS
from izzitup_desktop.cli.serve import start_server, stop_on_signals, tell_page
from izzitup_desktop.cli.speech import as_click_says
from izzitup_desktop.domain.clock import SYSTEM_CLOCK
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.paths import DEMO_VARIABLE, HOME_VARIABLE, Paths, find_paths
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.roles import role_noun

_HOST = "127.0.0.1"
_OPENING_SECONDS = 30.0
_EVERY_SECONDS = 15.0
"""Four changes a minute: enough to see that it lives, and no storm of notifications."""


def command(open_window: Callable[[], int]) -> click.Command:
    """`izzitup demo`, which opens the window by `open_window`."""

    @click.command("demo")
    @click.option("--no-window", is_flag=True, help="Only serve the API.")
    @click.option("--seconds", type=SECONDS, help="End by itself after so long.")
    @click.option(
        "--every",
        default=_EVERY_SECONDS,
        show_default=True,
        type=SECONDS,
        metavar="SECONDS",
        help="How often the script sets a status.",
    )
    @click.option("--seed", default=1, show_default=True, help="Another one, another month.")
    @click.pass_context
    def demo(
        context: click.Context, *, no_window: bool, seconds: float | None, every: float, seed: int
    ) -> None:
        """Show a board with a month of history, and a script that changes it.

        It lies in a temporary folder, which is deleted when the demo ends.
        """
        desk = context.find_object(CliContext) or CliContext.at("", Catalogue())
        if desk.database:
            reason = msg("The demo makes a board of its own; leave --database out.")
            raise click.UsageError(as_click_says(reason))
        stopping = threading.Event()
        _stop_on_signals(stopping)
        run = partial(_serve, desk) if no_window else partial(_show, desk, open_window)
        with _own_home() as paths:
            code = run(paths, stopping, seconds=seconds, every=every, seed=seed)
            # Where open files can't be deleted, the log's must be closed.
            logging.shutdown()
        context.exit(code)

    return demo


def _serve(
    desk: CliContext,
    paths: Paths,
    stopping: threading.Event,
    *,
    seconds: float | None,
    every: float,
    seed: int,
) -> int:
    # The database and the HTTP stack load when there is something to show.
    from izzitup_desktop import application
    from izzitup_desktop.cli.monitor import Monitor
    from izzitup_desktop.platform import logs

    name, password = _make(desk, paths, seed)
    settings, _ = settings_file.load(paths.config)
    with logs.logging_to(paths.logs), application.start(paths, settings) as running:
        running.keep_watch()
        state = start_server(running, host=_HOST, port=0, https=False, mdns=False)
        url = state.url
        click.echo(f"Serving on {url}")
        tell_page(desk, running, state)
        with Monitor(url, name, password, desk.tell, every=every, seed=seed):
            stopping.wait(seconds)
    return 0


def _show(
    desk: CliContext,
    open_window: Callable[[], int],
    paths: Paths,
    stopping: threading.Event,
    *,
    seconds: float | None,
    every: float,
    seed: int,
) -> int:
    from izzitup_desktop.cli.monitor import Monitor  # brings urllib

    name, password = _make(desk, paths, seed)
    with socket.create_server((_HOST, 0)) as probe:
        port = probe.getsockname()[1]
    settings_file.save(paths.config, host=_HOST, port=port)
    url = f"http://{_HOST}:{port}"
    desk.tell(msg("The window answers scripts on %1", url))
    monitor = Monitor(url, name, password, desk.tell, every=every, seed=seed)
    closed = threading.Event()

    def close_in_time() -> None:
        # When it answers, the window listens to signals too.
        monitor.wait_until_answered(_OPENING_SECONDS)
        stopping.wait(seconds)
        if not closed.is_set():
            signal.raise_signal(signal.SIGTERM)

    closer = threading.Thread(target=close_in_time, name="izzitup-demo-closer")
    try:
        with monitor:
            closer.start()
            code = open_window()
    finally:
        closed.set()
        stopping.set()
        closer.join()
    if code:
        desk.tell(msg("`izzitup demo --no-window` only serves the API."), err=True)
    return code


def _make(desk: CliContext, paths: Paths, seed: int) -> tuple[str, str]:
    """Make the board and tell of it; name and password of the script's account."""
    # Both bring the database, which --help does not need.
    from izzitup_desktop import application
    from izzitup_desktop.demo.board import HASH_COST, DemoClock, make_demo

    clock = DemoClock(SYSTEM_CLOCK.now())
    # A commit for each step of a month need not wait for the disk: it is all made anew.
    with application.start(
        paths,
        settings_file.Settings(),
        create=True,
        hash_cost=HASH_COST,
        clock=clock,
        durable=False,
    ) as running:
        accounts = make_demo(running.board, clock, paths, seed)
    desk.tell(msg("This demo lies in %1 and is deleted when it ends. Its accounts:", paths.data))
    rows = [(login.name, role_noun(login.role), login.password) for login in accounts.all]
    desk.print_table((msg("Name"), msg("Role"), msg("Password")), rows)
    return accounts.monitor.name, accounts.monitor.password


@contextmanager
def _own_home() -> Iterator[Paths]:
    """A temporary home, and no setting from the environment: they mean another board."""
    ours = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("IZZITUP_")}
    try:
        with tempfile.TemporaryDirectory(prefix="izzitup-demo-") as folder:
            os.environ[HOME_VARIABLE], os.environ[DEMO_VARIABLE] = folder, "1"
            yield find_paths()
    finally:
        for name in (HOME_VARIABLE, DEMO_VARIABLE):
            os.environ.pop(name, None)
        os.environ.update(ours)


def _stop_on_signals(stopping: threading.Event) -> None:
    stop_on_signals(stopping)
    hang_up = getattr(signal, "SIGHUP", None)
    # The terminal is closed; under nohup it is ignored, and stays so.
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_DFL:
        signal.signal(hang_up, lambda _number, _frame: signal.raise_signal(signal.SIGTERM))
