"""What another board refuses, and what is none, as errors that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from izzitup_desktop.domain.accounts import SCOPE_OF, Action
from izzitup_desktop.domain.errors import (
    BoardError,
    Conflict,
    Invalid,
    NotFound,
    Outdated,
    SignInFailed,
    Throttled,
    Unavailable,
)
from izzitup_desktop.domain.messages import msg

Understand = Callable[[str], str]
"""Makes a sentence of ours of what a board said in English, so that it can be translated."""

PROBLEM_TYPE = "application/problem+json"

_SHOWN_MOST = 500
_ERRORS_MOST = 5
_MEANT = re.compile(
    "(.{1,200}?)".join(map(re.escape, msg("Did you mean %1?", "\0").split("\0"))) + r"(?: /\S*)?"
)
"""What is asked back, with the address that would do."""

_ACTION = re.compile(r"\(([a-z_.]+)\)")
_SPEAKS_HTTPS = "This port speaks HTTPS"
_OLDER = ("not-found.route", "method-not-allowed")


@dataclass
class Refused(BoardError):
    """Another board refused; `said` is why, `problem` the code that it told."""

    said: str
    problem: str

    @property
    def code(self) -> str:
        """As the board that refused told it."""
        return self.problem

    def __str__(self) -> str:
        return self.said


@dataclass
class RefusedSignIn(SignInFailed):
    """Another board did not take who asks; `said` is what to do about it."""

    said: str

    def __str__(self) -> str:
        return self.said


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, for what is said of a refusal: `has_token`, or a `user`, or nobody."""

    has_token: bool = False
    user: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether nobody signs in."""
        return not (self.has_token or self.user)


@dataclass(frozen=True, slots=True)
class Refusals:
    """Makes errors of the problems that the board `name` answers to `asker`."""

    name: str
    asker: Asker
    understand: Understand

    def of(
        self, status: int, headers: Mapping[str, str], content: Any, wanted: NotFound | None
    ) -> BoardError:
        """The error that an answer means; `wanted` is what was asked for by its name."""
        if not _is_problem(headers, content):
            return self._no_problem(status, headers, content)
        code, detail = content["code"], self._sentence(content.get("detail"))
        hint = self._hint(content.get("hint"))
        after = headers.get("retry-after", "")
        match code.split("."):
            case ["sign-in-needed" | "sign-in-failed", *_]:
                return RefusedSignIn(self._who(code))
            case _ if code in _OLDER:
                return too_old(self.name)
            case ["host-not-allowed"]:
                return Unavailable(
                    msg(
                        "The IzzitUp at %1 does not go by that name. Use its address, or add the "
                        "name to its setting host_names.",
                        self.name,
                    )
                )
            case ["not-found", *_] if wanted is not None and code == wanted.code:
                return Refused(_with(str_of(wanted), hint), code) if hint else wanted
            case ["not-allowed"]:
                return Refused(_with(detail, self._what_may(content)), code)
            case ["throttled"] if after.isdigit():
                return Throttled(int(after))
            case ["conflict", "outdated"]:
                return Outdated(detail, str(content.get("changed_by", ""))[:100])
            case ["conflict", *_]:
                return Conflict(_with(detail, hint), str(content.get("changed_by", ""))[:100])
            case ["invalid", *_]:
                return Invalid("", _with(self._errors(detail, content.get("errors")), hint))
            case ["unavailable" | "too-many-connections", *_]:
                return Unavailable(_with(detail, hint))
        return Refused(_with(detail, hint), code)

    def _no_problem(self, status: int, headers: Mapping[str, str], content: Any) -> BoardError:
        if 300 <= status < 400 and "location" in headers:
            shown = headers["location"][:_SHOWN_MOST]
            return Unavailable(
                msg("%1 sends to another address (%2). Name that one if it is meant.",
                    self.name, shown)
            )  # fmt: skip
        if isinstance(content, dict) and {"uri", "result", "message"} <= content.keys():
            # An IzzitUp answers so that does not know the API v1 at all, or before it looks.
            if status in (404, 405):
                return too_old(self.name)
            if content["message"] == _SPEAKS_HTTPS:
                return Unavailable(msg("%1 speaks HTTPS. Use https://.", self.name))
            return Refused(self._sentence(content["message"]), "")
        return no_board(self.name, msg("it answered with the HTTP status %1", status))

    def _sentence(self, said: object) -> str:
        text = said if isinstance(said, str) else ""
        return self.understand(text[:_SHOWN_MOST]) if text else msg("%1 refuses this.", self.name)

    def _hint(self, hint: object) -> str:
        if not isinstance(hint, str):
            return ""
        meant = _MEANT.fullmatch(hint)
        return msg("Did you mean %1?", meant[1]) if meant else self.understand(hint[:_SHOWN_MOST])

    def _errors(self, detail: str, errors: object) -> str:
        """What is wrong with which value; a single one says it all by itself."""
        found = [
            (str(one.get("parameter") or one.get("pointer") or "")[:100], one["detail"])
            for one in (errors if isinstance(errors, Sequence) else ())
            if isinstance(one, dict) and isinstance(one.get("detail"), str)
        ]
        if not found or (len(found) == 1 and found[0][1] == detail):
            return detail
        said = detail
        for name, text in found[:_ERRORS_MOST]:
            said = msg("%1 %2: %3", said, name.strip("/"), self._sentence(text))
        return said

    def _who(self, code: str) -> str:
        if code == "sign-in-needed" and self.asker.is_nobody:
            return msg(
                "%1 wants to know who asks: give --token-file or IZZITUP_TOKEN, or --user with "
                "--password-file.",
                self.name,
            )
        if self.asker.has_token:
            return msg(
                "%1 does not take this token. Nobody has it there, or it was revoked or has "
                "expired.",
                self.name,
            )
        if self.asker.user:
            return msg(
                "%1 does not let %2 in: the name or the password is wrong, or the account is "
                "disabled.",
                self.name,
                self.asker.user,
            )
        return msg("%1 did not take the sign-in.", self.name)

    def _what_may(self, content: Mapping[str, Any]) -> str:
        """What would have to be otherwise for a token that may not do something."""
        found = _ACTION.search(str(content.get("detail", "")))
        if not self.asker.has_token or found is None:
            return ""
        try:
            scope = SCOPE_OF.get(Action(found[1]))
        except ValueError:
            return ""
        if scope is None:
            return msg("No token may; sign in by --user and --password-file.")
        if hint := self._hint(content.get("hint")):
            return hint
        return msg("A token needs the scope %1 for it, and its account the right.", scope.value)


def too_old(name: str) -> Unavailable:
    """The board does not know what was asked of it."""
    return Unavailable(
        msg("The IzzitUp at %1 is older than this one, and does not know this. Update it.", name)
    )


def no_board(name: str, why: str) -> Unavailable:
    """What answers is something else."""
    return Unavailable(msg("At %1 there is no IzzitUp: %2.", name, why))


def str_of(error: BoardError) -> str:
    """An error's sentence as it can be translated; `str()` itself would make a text of it."""
    return error.__str__()


def _with(said: str, further: str) -> str:
    return msg("%1 %2", said, further) if further else said


def _is_problem(headers: Mapping[str, str], content: Any) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == PROBLEM_TYPE and isinstance(content, dict) and isinstance(
        content.get("code"), str
    )  # fmt: skip
