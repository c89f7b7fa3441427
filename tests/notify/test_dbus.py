"""Against a real D-Bus daemon, with a small notification daemon on it."""

from __future__ import annotations

import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from izzitup_desktop.notify.dbus import DbusNotifier
from tests.notify.buses import CONFIG

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon here"
)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(socket=tmp_path / "bus"))
    process = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--print-address=1", "--nofork"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(20)
    process.stdout.close()


class Daemon(threading.Thread):
    """A notification daemon: keeps what it is told, and can be clicked."""

    def __init__(self, bus: str) -> None:
        super().__init__()
        self.told: queue.Queue[tuple[Any, ...]] = queue.Queue()
        self._clicks: queue.Queue[int] = queue.Queue()
        self._stopping = threading.Event()
        self._connection: DBusConnection = open_dbus_connection(bus)
        name = "org.freedesktop.Notifications"
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._address = DBusAddress("/org/freedesktop/Notifications", interface=name)

    def click(self, number: int) -> None:
        self._clicks.put(number)

    def stop(self) -> None:
        self._stopping.set()
        self.join(20)
        self._connection.close()

    def run(self) -> None:
        number = 40
        while not self._stopping.is_set():
            try:
                clicked = self._clicks.get_nowait()
            except queue.Empty:
                pass
            else:
                signal = new_signal(self._address, "ActionInvoked", "us", (clicked, "default"))
                self._connection.send(signal)
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields[HeaderFields.member]
            if member == "GetServerInformation":
                reply = new_method_return(message, "ssss", ("test", "test", "1", "1.2"))
            elif member == "Notify":
                replaces = message.body[1]
                number += 1
                reply = new_method_return(message, "u", (replaces or number,))
                self.told.put(message.body)
            else:
                reply = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
            self._connection.send(reply)


@pytest.fixture
def daemon(bus: str) -> Iterator[Daemon]:
    running = Daemon(bus)
    running.start()
    yield running
    running.stop()


def test_a_notification_arrives_replaces_its_own_and_can_be_clicked(
    bus: str, daemon: Daemon
) -> None:
    clicked: queue.Queue[str] = queue.Queue()
    notifier = DbusNotifier(clicked.put, environ={"DBUS_SESSION_BUS_ADDRESS": bus})
    assert notifier.wait_until_ready(20)
    notifier.tell("7", "E-Mail: Outage", "Set by <b>bob</b> & co", urgent=True)
    name, replaces, _, title, body, actions, hints, _ = daemon.told.get(timeout=20)
    assert (name, replaces, title) == ("IzzitUp", 0, "E-Mail: Outage")
    assert body == "Set by &lt;b&gt;bob&lt;/b&gt; &amp; co"
    assert actions == ["default", "Open"]
    assert hints["urgency"] == ("y", 2)
    notifier.tell("7", "E-Mail: Operational", "Set by bob")
    second = daemon.told.get(timeout=20)
    assert second[1] == 41
    notifier.tell("8", "Chat: Outage", "Set by bob")
    assert daemon.told.get(timeout=20)[1] == 0
    daemon.click(41)
    assert clicked.get(timeout=20) == "7"
    notifier.close()


def test_without_a_daemon_nothing_is_available_and_nothing_waits(bus: str) -> None:
    notifier = DbusNotifier(lambda _: None, environ={"DBUS_SESSION_BUS_ADDRESS": bus})
    assert not notifier.wait_until_ready(20)
    for number in range(300):
        notifier.tell(str(number), "title", "body")
    notifier.close()


def test_without_a_bus_nothing_is_available(tmp_path: Path) -> None:
    address = f"unix:path={tmp_path}/nowhere"
    notifier = DbusNotifier(lambda _: None, environ={"DBUS_SESSION_BUS_ADDRESS": address})
    assert not notifier.wait_until_ready(20)
    notifier.close()
