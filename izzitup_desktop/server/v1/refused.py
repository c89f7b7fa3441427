"""A request that the API v1 does not take, with the problem that it is told."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from izzitup_desktop.server.problems import Problem


class Refused(HTTPException):
    """Ends a request with `problem`. FastAPI lets no other error of ours out of a body."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.status, problem.detail)
        self.problem = problem


def invalid(pointer: str, detail: str, hint: str = "") -> Refused:
    """A value of the body, at `pointer`, that can't be taken."""
    return Refused(Problem("invalid", detail, [{"pointer": pointer, "detail": detail}], hint))


def invalid_parameter(name: str, detail: str, hint: str = "") -> Refused:
    """A parameter of the query that can't be taken."""
    return Refused(Problem("invalid", detail, [{"parameter": name, "detail": detail}], hint))
