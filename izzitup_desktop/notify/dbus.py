"""Notifications over D-Bus (freedesktop.org Desktop Notifications 1.2).

On a thread of its own: a notification daemon that hangs holds nobody up. Without
a session bus or a daemon, `available` is False and nothing is told here.
"""

from __future__ import annotations

import html
import logging
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jeepney import DBusAddress, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

log = logging.getLogger(__name__)

_DAEMON = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
_ANSWER_SECONDS = 3.0
_LOOK_SECONDS = 0.2
_SOUND = "dialog-warning"
"""A name of the freedesktop.org Sound Naming Specification."""
_URGENCY = {False: 1, True: 2}


@dataclass(frozen=True, slots=True)
class _Notification:
    key: str
    title: str
    body: str
    urgent: bool


class DbusNotifier:
    """Sends notifications on the thread `izzitup-notify` until `close()`.

    `clicked` is called on that thread with the key of a notification that was
    clicked; a new one with the same key replaces the old one on the screen. `sounds`
    is asked there whether an urgent one is to be heard.
    """

    def __init__(
        self,
        clicked: Callable[[str], None],
        *,
        icon: str = "",
        sounds: Callable[[], bool] = lambda: False,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._clicked = clicked
        self._icon, self._sounds = icon, sounds
        self._address = environ.get("DBUS_SESSION_BUS_ADDRESS", "SESSION")
        self._queue: queue.Queue[_Notification | None] = queue.Queue(maxsize=100)
        self._ids: dict[str, int] = {}
        self._ready = threading.Event()
        self.available = False
        self.plays_sounds = False
        """Whether the daemon is one that can be heard."""
        self._thread = threading.Thread(target=self._run, name="izzitup-notify")
        self._thread.start()

    def wait_until_ready(self, timeout_seconds: float) -> bool:
        """Wait until it is known whether there is a daemon; whether there is."""
        self._ready.wait(timeout_seconds)
        return self.available

    def tell(self, key: str, title: str, body: str, *, urgent: bool = False) -> None:
        """Show a notification soon; dropped when a hundred wait already."""
        try:
            self._queue.put_nowait(_Notification(key, title, body, urgent))
        except queue.Full:
            log.warning("a notification was dropped: the daemon does not keep up")

    def close(self) -> None:
        """End the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            with open_dbus_connection(self._address) as connection:
                self._serve(connection)
        except (OSError, KeyError, ValueError, DBusErrorResponse) as error:
            log.info("no notifications over D-Bus: %s", error)
        finally:
            self.available = False
            self._ready.set()
        # Whoever still tells something must not wait for a full queue at close().
        while self._queue.get() is not None:
            pass

    def _serve(self, connection: DBusConnection) -> None:
        ask = new_method_call(_DAEMON, "GetServerInformation")
        unwrap_msg(connection.send_and_get_reply(ask, timeout=_ANSWER_SECONDS))
        rule = MatchRule(type="signal", interface=_DAEMON.interface, member="ActionInvoked")
        unwrap_msg(
            connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=_ANSWER_SECONDS)
        )
        self.plays_sounds = _plays_sounds(connection)
        self.available = True
        self._ready.set()
        clicks: deque[Message] = deque()
        with connection.filter(rule, queue=clicks):
            while True:
                try:
                    notification = self._queue.get(timeout=_LOOK_SECONDS)
                except queue.Empty:
                    self._receive(connection)
                else:
                    if notification is None:
                        self._queue.put(None)
                        return
                    self._send(connection, notification)
                while clicks:
                    self._on_click(clicks.popleft())

    def _receive(self, connection: DBusConnection) -> None:
        try:
            while True:
                connection.recv_messages(timeout=0)
        except TimeoutError:
            return

    def _send(self, connection: DBusConnection, notification: _Notification) -> None:
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", _URGENCY[notification.urgent]),
            "desktop-entry": ("s", "izzitup"),
        }
        if notification.urgent and self._sounds():
            hints["sound-name"] = ("s", _SOUND)
        message = new_method_call(
            _DAEMON,
            "Notify",
            "susssasa{sv}i",
            (
                "IzzitUp",
                self._ids.get(notification.key, 0),
                self._icon,
                notification.title,
                # A daemon may take the body for markup.
                html.escape(notification.body, quote=False),
                ["default", "Open"],
                hints,
                -1,
            ),
        )
        try:
            reply = connection.send_and_get_reply(message, timeout=_ANSWER_SECONDS)
            (number,) = unwrap_msg(reply)
        except (DBusErrorResponse, TimeoutError) as error:
            log.warning("a notification was not taken: %s", error)
        else:
            self._ids[notification.key] = number

    def _on_click(self, message: Message) -> None:
        if message.header.message_type is not MessageType.signal:
            return
        number = message.body[0]
        for key, known in self._ids.items():
            if known == number:
                self._clicked(key)
                return


def _plays_sounds(connection: DBusConnection) -> bool:
    """Whether the daemon says that it can be heard; one that says nothing can't be."""
    ask = new_method_call(_DAEMON, "GetCapabilities")
    try:
        (found,) = unwrap_msg(connection.send_and_get_reply(ask, timeout=_ANSWER_SECONDS))
    except DBusErrorResponse:
        return False
    return "sound" in found
