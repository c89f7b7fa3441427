"""The pages of problems: what each means and what to do, in English or German."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server import routes
from izzitup_desktop.server.accepted import language_of
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.problems import KINDS
from izzitup_desktop.server.routes import PROBLEMS_ROOT, RouteRow
from izzitup_desktop.server.v1.answers import header
from izzitup_desktop.server.whole import decline, send_whole
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import LANGUAGES

_STYLE = (
    ":root{color-scheme:light dark;background:Canvas}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:2rem 1.25rem}"
    "code{font-size:.95em;overflow-wrap:anywhere}dt{margin-top:.9rem}dd{margin-left:0}"
)
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src "
    f"'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)


class ProblemPages:
    """Answers what is below `/problems`."""

    def __init__(self) -> None:
        self._catalogues = {language: Catalogue(language) for language in LANGUAGES}

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        path, method = scope["path"], scope["method"]
        found = routes.found(PROBLEMS_ROOT, method, path)
        if not isinstance(found, RouteRow):
            await decline(send, path, method, found)
            return
        catalogue = self._catalogues[language_of(header(scope, b"accept-language"))]
        status = 200
        if found.path == PROBLEMS_ROOT:
            content = _list(catalogue)
        else:
            code = path.removeprefix(f"{PROBLEMS_ROOT}/")
            if code not in KINDS:
                code, status = "not-found.problem", 404
            content = _page(catalogue, code)
        headers: Headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(content)),
            (b"content-language", catalogue.language.encode("ascii")),
            (b"content-security-policy", _POLICY.encode("ascii")),
            (b"cache-control", b"no-cache"),
            (b"vary", b"Accept-Language"),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]
        await send_whole(send, status, headers, content)


def _page(catalogue: Catalogue, code: str) -> bytes:
    kind = KINDS[code]
    all_problems = catalogue.text(msg("All problems"))
    return _document(
        catalogue,
        catalogue.text(kind.title),
        f"<p>{escape(catalogue.text(kind.about))}</p>"
        f"<p><code>{escape(code)}</code> · HTTP {kind.status}</p>"
        f'<p><a href="{PROBLEMS_ROOT}">{escape(all_problems)}</a></p>',
    )


def _list(catalogue: Catalogue) -> bytes:
    rows = "".join(
        f'<dt><a href="{PROBLEMS_ROOT}/{code}"><code>{code}</code></a> · {kind.status}</dt>'
        f"<dd>{escape(catalogue.text(kind.title))}</dd>"
        for code, kind in KINDS.items()
    )
    return _document(catalogue, catalogue.text(msg("All problems")), f"<dl>{rows}</dl>")


def _document(catalogue: Catalogue, title: str, body: str) -> bytes:
    shown = escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="{catalogue.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{shown} · IzzitUp</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{shown}</h1>{body}</main></body></html>\n"
    ).encode()
