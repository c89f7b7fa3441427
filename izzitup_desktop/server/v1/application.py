"""The FastAPI application of the API v1, made from the rows of the routes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute

from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.server import routes, strict_json
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.request_log import WHO, WHY
from izzitup_desktop.server.routes import RouteClass
from izzitup_desktop.server.v1.answers import Told
from izzitup_desktop.server.v1.api import Problems
from izzitup_desktop.server.v1.documentation import DESCRIPTION, Document, responses_of, status_of
from izzitup_desktop.server.v1.reads import Reads
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.v1.writes import Writes


class _StrictRequest(Request):
    """A request whose body goes through our one strict parser."""

    async def json(self) -> Any:
        try:
            return strict_json.parse(await self.body())
        except strict_json.NotStrict as error:
            detail = f"The body is no JSON document that is taken here: {error}."
            raise Refused(Problem("malformed-json", detail[:300])) from None


def _route_class(problems: Problems) -> type[APIRoute]:
    """Routes that read bodies strictly, and tell whatever goes wrong as a problem."""

    class OurRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def handled(request: Request) -> Response:
                try:
                    return await handle(_StrictRequest(request.scope, request.receive))
                except Exception as error:  # the HTTP edge: each has its answer
                    who = request.scope["state"].get(WHO, PUBLIC)
                    problem = problems.of(error, who)
                    request.scope["state"].setdefault(WHY, problem.code)
                    return Told(problem)

            return handled

    return OurRoute


def made(reads: Reads, writes: Writes, problems: Problems, *further: object) -> FastAPI:
    """The application; each endpoint is a method of the name that its row has."""
    app = FastAPI(
        title="IzzitUp Desktop",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        strict_content_type=False,
    )
    app.router.route_class = _route_class(problems)
    parts = (reads, writes, Document(app), *further)
    for row in routes.ROUTES:
        if row.kind is not RouteClass.API:
            continue
        (endpoint,) = (getattr(part, row.name) for part in parts if hasattr(part, row.name))
        app.add_api_route(
            row.path,
            endpoint,
            methods=[row.method],
            name=row.name,
            operation_id=row.name,
            response_model=None,
            status_code=status_of(row),
            responses=responses_of(row),
        )

    return app
