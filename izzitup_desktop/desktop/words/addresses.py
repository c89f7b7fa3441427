"""This computer's addresses, and which of them the API is to be served on."""

from __future__ import annotations

from PySide6.QtNetwork import QAbstractSocket, QNetworkInterface

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 (chosen by the operator, and explained)


def lan_addresses() -> tuple[str, ...]:
    """The IPv4 addresses under which others may reach this computer."""
    found = []
    for interface in QNetworkInterface.allInterfaces():
        flags = interface.flags()
        up = QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning
        if flags & QNetworkInterface.InterfaceFlag.IsLoopBack or (flags & up) != up:
            continue
        for entry in interface.addressEntries():
            address = entry.ip()
            if address.protocol() is QAbstractSocket.NetworkLayerProtocol.IPv4Protocol:
                found.append(address.toString())
    return tuple(found)
