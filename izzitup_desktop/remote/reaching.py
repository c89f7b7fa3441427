"""How another board is reached: by which address, pinned or not, and who signs in."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.tokens import kind_of
from izzitup_desktop.remote.address import address_of
from izzitup_desktop.remote.board import RemoteBoard
from izzitup_desktop.remote.connection import Connection
from izzitup_desktop.remote.refusals import Asker, Refusals, Understand


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Who asks, and the header that says so, "" for nobody."""

    asker: Asker
    authorization: str = field(default="", repr=False)


NOBODY = SigningIn(Asker())


def by_token(token: str) -> SigningIn:
    """Whoever a token is of. Raises `NoToken`, `MistypedToken`, `WrongTokenKind`.

    A password that was given as one is sent to nobody.
    """
    kind_of(token)
    return SigningIn(Asker(has_token=True), f"Bearer {token}")


def by_password(user: str, password: str) -> SigningIn:
    """The account `user`. Raises `Invalid` for what can't be sent."""
    if ":" in user:
        raise Invalid("user", msg("A name with a colon can't sign in here; use a token."))
    try:
        credentials = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    except UnicodeEncodeError:
        raise Invalid("password", msg("The password is no UTF-8 text.")) from None
    return SigningIn(Asker(user=user), f"Basic {credentials}")


def reached(url: str, pin: str, signing_in: SigningIn, understand: Understand) -> RemoteBoard:
    """The board at an address; nothing is sent yet. Raises `Invalid`."""
    address = address_of(url)
    found = None
    if pin:
        from izzitup_desktop.remote.pins import pin_of  # most have none

        found = pin_of(pin)
    refusals = Refusals(address.name, signing_in.asker, understand)
    return RemoteBoard(Connection(address, refusals, signing_in.authorization, found))
