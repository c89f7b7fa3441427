"""Every route of the server, in one place: its class, who may ask, what it may show.

A route that has no row here does not exist: the parts of the server are made from
these rows, and a test compares them.
"""

from __future__ import annotations

from functools import lru_cache

from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.server.page_routes import PAGE_ROUTES, page_row
from izzitup_desktop.server.route_rows import RouteClass, RouteRow, Visibility

__all__ = ["PAGE_ROUTES", "ROUTES", "RouteClass", "RouteRow", "Visibility"]


ANY = "*"
"""Instead of a method: the body decides."""

CONTRACT_PATH = "/api/services"
"""Every path that ends in this is the services API, with or without a trailing slash."""

API_ROOT = "/api/v1"
PROBLEMS_ROOT = "/problems"
REFERENCE = "/api/docs"
HEALTH, READY, METRICS = "/health", "/ready", "/metrics"

_CONTRACT, _PAGE = RouteClass.CONTRACT, RouteClass.PAGE
_NOTHING, _SEEN, _SIGNED_IN = Visibility.NOTHING, Visibility.SEEN, Visibility.SIGNED_IN


def _api(
    name: str,
    method: str,
    path: str,
    action: Action | None,
    shows: Visibility,
    *,
    body: bool = False,
    secret: bool = False,
) -> RouteRow:
    return RouteRow(name, method, API_ROOT + path, RouteClass.API, action, shows, body, secret)


ROUTES: tuple[RouteRow, ...] = (
    RouteRow("contract", ANY, CONTRACT_PATH, _CONTRACT, None, _SEEN),
    RouteRow("problems", "GET", PROBLEMS_ROOT, _PAGE, None, _NOTHING),
    RouteRow("problem", "GET", f"{PROBLEMS_ROOT}/{{code}}", _PAGE, None, _NOTHING),
    RouteRow("reference", "GET", REFERENCE, _PAGE, None, _NOTHING),
    RouteRow("health", "GET", HEALTH, _PAGE, None, _NOTHING),
    RouteRow("ready", "GET", READY, _PAGE, None, _NOTHING),
    RouteRow("metrics", "GET", METRICS, _PAGE, Action.SERVICE_LIST, _SEEN),
    _api("read_openapi", "GET", "/openapi.json", None, _NOTHING),
    _api("list_statuses", "GET", "/statuses", Action.SERVICE_LIST, _NOTHING),
    _api("read_summary", "GET", "/summary", Action.SERVICE_LIST, _SEEN),
    _api("list_services", "GET", "/services", Action.SERVICE_LIST, _SEEN),
    _api("add_service", "POST", "/services", Action.SERVICE_ADD, _SIGNED_IN, body=True),
    _api(
        "set_statuses", "POST", "/services/status",
        Action.SERVICE_SET_STATUS, _SIGNED_IN, body=True,
    ),
    _api("read_service", "GET", "/services/{service}", Action.SERVICE_LIST, _SEEN),
    _api(
        "edit_service", "PATCH", "/services/{service}",
        Action.SERVICE_EDIT, _SIGNED_IN, body=True,
    ),
    _api("remove_service", "DELETE", "/services/{service}", Action.SERVICE_REMOVE, _SIGNED_IN),
    _api(
        "set_status", "PUT", "/services/{service}/status",
        Action.SERVICE_SET_STATUS, _SIGNED_IN, body=True,
    ),
    _api(
        "confirm_service", "POST", "/services/{service}/confirm",
        Action.SERVICE_SET_STATUS, _SIGNED_IN, body=True,
    ),
    _api(
        "hold_service", "POST", "/services/{service}/hold",
        Action.SERVICE_SET_STATUS, _SIGNED_IN, body=True,
    ),
    _api(
        "release_service", "POST", "/services/{service}/release",
        Action.SERVICE_SET_STATUS, _SIGNED_IN, body=True,
    ),
    _api("list_trash", "GET", "/trash", Action.SERVICE_RESTORE, _SIGNED_IN),
    _api("restore_service", "POST", "/trash/{id}/restore", Action.SERVICE_RESTORE, _SIGNED_IN),
    _api("list_groups", "GET", "/groups", Action.GROUP_LIST, _SEEN),
    _api("add_group", "POST", "/groups", Action.GROUP_ADD, _SIGNED_IN, body=True),
    _api("read_group", "GET", "/groups/{group}", Action.GROUP_LIST, _SEEN),
    _api("edit_group", "PATCH", "/groups/{group}", Action.GROUP_EDIT, _SIGNED_IN, body=True),
    _api("remove_group", "DELETE", "/groups/{group}", Action.GROUP_REMOVE, _SIGNED_IN),
    _api("restore_group", "POST", "/groups/{id}/restore", Action.GROUP_ADD, _SIGNED_IN),
    _api("list_accounts", "GET", "/accounts", Action.ACCOUNT_LIST, _SIGNED_IN),
    _api(
        "add_account", "POST", "/accounts",
        Action.ACCOUNT_MANAGE, _SIGNED_IN, body=True, secret=True,
    ),
    _api("read_account", "GET", "/accounts/{account}", Action.ACCOUNT_LIST, _SIGNED_IN),
    _api(
        "edit_account", "PATCH", "/accounts/{account}",
        Action.ACCOUNT_MANAGE, _SIGNED_IN, body=True, secret=True,
    ),
    _api("disable_account", "DELETE", "/accounts/{account}", Action.ACCOUNT_MANAGE, _SIGNED_IN),
    _api("list_tokens", "GET", "/tokens", Action.TOKEN_OWN, _SIGNED_IN),
    _api("add_token", "POST", "/tokens", Action.TOKEN_OWN, _SIGNED_IN, body=True),
    _api("read_token", "GET", "/tokens/{token}", Action.TOKEN_OWN, _SIGNED_IN),
    _api("revoke_token", "DELETE", "/tokens/{token}", Action.TOKEN_OWN, _SIGNED_IN),
    _api("list_backups", "GET", "/backups", Action.BOARD_BACKUP, _SIGNED_IN),
    _api("make_backup", "POST", "/backups", Action.BOARD_BACKUP, _SIGNED_IN),
    _api("read_backup", "GET", "/backups/{name}", Action.BOARD_BACKUP, _SIGNED_IN),
    _api(
        "read_backup_contents", "GET", "/backups/{name}/contents",
        Action.BOARD_RESTORE, _SIGNED_IN,
    ),
    _api("read_backup_file", "GET", "/backups/{name}/file", Action.BOARD_BACKUP, _SIGNED_IN),
    _api("list_journal", "GET", "/journal", Action.JOURNAL_READ, _SIGNED_IN),
    _api("read_entry", "GET", "/journal/{id}", Action.JOURNAL_READ, _SIGNED_IN),
    _api("undo_operation", "POST", "/journal/{id}/undo", Action.JOURNAL_UNDO, _SIGNED_IN),
    RouteRow(
        "stream", "GET", f"{API_ROOT}/stream", RouteClass.STREAM, Action.SERVICE_LIST, _SEEN,
    ),
    *PAGE_ROUTES,
)  # fmt: skip
"""Where two have a path in common, the first that fits answers."""


def of_name(name: str) -> RouteRow:
    """The row of this name. Raises KeyError."""
    return _BY_NAME[name]


@lru_cache(maxsize=1_024)
def found(root: str, method: str, path: str) -> RouteRow | list[str]:
    """The row below `root` that answers, or the methods that others of its path have.

    Of a path that rows have to the letter the methods are theirs, as OpenAPI has it.
    """
    if method == "HEAD":
        method = "GET"
    exact: list[str] = []
    others: list[str] = []
    for row in _BELOW[root].get(path.count("/"), ()):
        if row.pattern.fullmatch(path):
            if row.method == method:
                return row
            (exact if row.path == path else others).append(row.method)
    return exact or others


def allow(methods: list[str]) -> bytes:
    """The value of `Allow` where these are served."""
    served = {*methods, "OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
    return ", ".join(sorted(served)).encode("ascii")


def is_below(root: str, path: str) -> bool:
    """Whether a path is `root` or below it."""
    return path.startswith(root) and path[len(root) : len(root) + 1] in ("", "/")


def speaks_problems(path: str) -> bool:
    """Whether what is refused at a path is told as a problem; elsewhere by the envelope."""
    return path in _ALONE or is_below(API_ROOT, path) or is_below(PROBLEMS_ROOT, path)


def class_of(path: str) -> RouteClass | None:
    """The class of what answers at a path, None where nothing does."""
    if path.removesuffix("/").endswith(CONTRACT_PATH):
        return _CONTRACT
    if (row := _BY_PATH.get(path)) is not None:
        return row.kind
    if is_below(API_ROOT, path):
        return RouteClass.API
    return _PAGE if is_below(PROBLEMS_ROOT, path) or page_row(path) is not None else None


_ALONE = frozenset((REFERENCE, HEALTH, READY, METRICS))
_BY_NAME = {row.name: row for row in ROUTES}
STREAM = _BY_NAME["stream"]
"""The one route that goes on for hours."""

_BY_PATH = {row.path: row for row in ROUTES if "{" not in row.path}


def _by_depth(root: str) -> dict[int, list[RouteRow]]:
    """The rows below `root` by how deep they are, so that few are compared with a path."""
    rows: dict[int, list[RouteRow]] = {}
    for row in ROUTES:
        if row.kind is not _CONTRACT and is_below(root, row.path):
            rows.setdefault(row.path.count("/"), []).append(row)
    return rows


_BELOW = {root: _by_depth(root) for root in (API_ROOT, PROBLEMS_ROOT)}
