"""`/api/docs`: everything that the document of the API says, for people; no script, no CDN."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from typing import Any

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server.accepted import language_of
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.routes import API_ROOT, PROBLEMS_ROOT, REFERENCE
from izzitup_desktop.server.v1.answers import header
from izzitup_desktop.server.v1.reference.operations import JSON, Operation, Schema, operations
from izzitup_desktop.server.v1.reference.schemas import default_of, fields, typed
from izzitup_desktop.server.v1.reference.snippets import PASSWORD, SNIPPETS, TOKEN, USER
from izzitup_desktop.server.v1.reference.style import POLICY, STYLE
from izzitup_desktop.server.whole import decline, send_whole
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import ENGLISH

_BASE = "http://base.invalid"
"""Stands for the server's address in what is kept of a page."""


class ReferencePage:
    """Answers `/api/docs` with what `document` says."""

    def __init__(self, document: Callable[[], dict[str, Any]]) -> None:
        self._document = document
        self._kept: dict[str, str] = {}

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in ("GET", "HEAD"):
            await decline(send, REFERENCE, scope["method"], ["GET"])
            return
        language = language_of(header(scope, b"accept-language"))
        if language not in self._kept:
            self._kept[language] = rendered(self._document(), Catalogue(language))
        # The guard has looked whether it is a name of ours.
        base = f"{scope['scheme']}://{header(scope, b'host').decode('latin-1')}"
        content = self._kept[language].replace(_BASE, escape(base)).encode()
        headers: Headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(content)),
            (b"content-language", language.encode("ascii")),
            (b"content-security-policy", POLICY.encode("ascii")),
            (b"cache-control", b"no-cache"),
            (b"vary", b"Accept-Language"),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]
        await send_whole(send, 200, headers, content)


def rendered(document: Schema, catalogue: Catalogue, base: str = _BASE) -> str:
    """The whole page in one language; what the document itself says is English."""
    return _Page(document, catalogue, base).html()


class _Page:
    def __init__(self, document: Schema, catalogue: Catalogue, base: str) -> None:
        self._document = document
        self._catalogue = catalogue
        self._base = base
        self._operations = sorted(operations(document), key=lambda one: one.tag)

    def html(self) -> str:
        """The document."""
        title = escape(
            f"{self._document['info']['title']} · API {self._document['info']['version']}"
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{self._catalogue.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{STYLE}</style></head><body>"
            f'<a class="skip" href="#main">{self._words(msg("Skip to the operations"))}</a>'
            f"<header><h1>{title}</h1>{self._introduction()}</header>"
            f"{self._contents()}"
            f'<main id="main">{self._tags()}{self._models()}</main></body></html>\n'
        )

    def _words(self, text: object) -> str:
        return escape(self._catalogue.text(text))

    def _english(self, text: str, tag: str = "p") -> str:
        """What the document says, with `code` in it."""
        if not text:
            return ""
        marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
        language = "" if self._catalogue.language == ENGLISH else f' lang="{ENGLISH}"'
        return f"<{tag}{language}>{marked}</{tag}>"

    def _introduction(self) -> str:
        token = self._words(
            msg(
                "The examples take a token from the environment variable %1; what no token may do "
                "takes %2 and %3.",
                TOKEN,
                USER,
                PASSWORD,
            )
        )
        click = self._words(msg("A click selects a whole example."))
        links = (
            (f"{API_ROOT}/openapi.json", self._words(msg("The same for programs (OpenAPI 3.1)"))),
            (PROBLEMS_ROOT, self._words(msg("All problems"))),
        )
        listed = " · ".join(f'<a href="{href}">{text}</a>' for href, text in links)
        description = self._english(self._document["info"].get("description", ""))
        return f"{description}<p>{token} {click}</p><p>{listed}</p>"

    def _contents(self) -> str:
        items = "".join(
            f'<li><a href="#{escape(one.id)}">'
            f"{_method(one)}<span>{escape(one.path)}</span></a></li>"
            for one in self._operations
        )
        name = self._words(msg("Operations"))
        return f'<nav aria-label="{name}"><ul>{items}</ul></nav>'

    def _tags(self) -> str:
        return "".join(
            f'<section aria-labelledby="tag-{escape(tag)}"><h2 id="tag-{escape(tag)}">'
            f"{escape(tag.capitalize())}</h2>{''.join(map(self._operation, of_tag))}</section>"
            for tag, of_tag in groupby(self._operations, key=lambda one: one.tag)
        )

    def _operation(self, one: Operation) -> str:
        id_ = escape(one.id)
        sign_in = ""
        if one.needs_sign_in:
            by_token, by_hand = msg("Needs a sign-in."), msg("Needs a sign-in by a password.")
            needed = self._words(by_token if one.takes_token else by_hand)
            sign_in = f'<p class="dim">{needed}</p>'
        return (
            f'<article class="operation" id="{id_}" aria-labelledby="{id_}-title">'
            f'<h3 id="{id_}-title">{_method(one)}<code>{escape(one.path)}</code></h3>'
            f"{self._english(one.description)}{sign_in}"
            f"{self._parameters(one)}{self._body(one)}{self._answers(one)}{self._snippets(one)}"
            "</article>"
        )

    def _parameters(self, one: Operation) -> str:
        if not one.parameters:
            return ""
        rows = (
            (
                f"{parameter['name']}",
                parameter.get("schema", {}),
                bool(parameter.get("required")),
                parameter.get("description", ""),
                parameter["in"],
            )
            for parameter in one.parameters
        )
        return f"<h4>{self._words(msg('Parameters'))}</h4>{self._list(rows)}"

    def _body(self, one: Operation) -> str:
        if one.body_schema is None:
            return ""
        kinds = ", ".join(f"<code>{escape(kind)}</code>" for kind in one.body_types)
        return (
            f"<h4>{self._words(msg('Body'))}</h4>"
            f'<p>{typed(one.body_schema)} <span class="dim">({kinds})</span></p>'
        )

    def _answers(self, one: Operation) -> str:
        rows = []
        for status, answer in sorted(one.answers, key=lambda pair: pair[0]):
            kinds = [
                typed(media["schema"]) if media.get("schema") else escape(kind)
                for kind, media in answer.get("content", {}).items()
            ]
            told = " · ".join(kinds)
            name = (
                self._words(msg("any other")) if status == "default" else f"<code>{status}</code>"
            )
            about = self._english(answer.get("description", ""), "span")
            rows.append(f"<dt>{name} {told}</dt><dd>{about}{self._example(answer)}</dd>")
        return f"<h4>{self._words(msg('Answers'))}</h4><dl>{''.join(rows)}</dl>"

    def _example(self, answer: Schema) -> str:
        example = answer.get("content", {}).get(JSON, {}).get("example")
        if example is None:
            return ""
        text = json.dumps(example, ensure_ascii=False, indent=2)
        return (
            f"<details><summary>{self._words(msg('Example'))}</summary>"
            f"<pre><code>{escape(text)}</code></pre></details>"
        )

    def _snippets(self, one: Operation) -> str:
        shown = "".join(
            f"<details{' open' if name == 'curl' else ''}><summary>{name}</summary>"
            f'<pre data-example="{name}"><code>{escape(make(one, self._base))}</code></pre>'
            "</details>"
            for name, make in SNIPPETS.items()
        )
        return f"<h4>{self._words(msg('How to ask'))}</h4>{shown}"

    def _models(self) -> str:
        schemas: dict[str, Schema] = self._document.get("components", {}).get("schemas", {})
        shown = "".join(self._model(name, schema) for name, schema in sorted(schemas.items()))
        title = self._words(msg("Models"))
        return f'<section aria-labelledby="models"><h2 id="models">{title}</h2>{shown}</section>'

    def _model(self, name: str, schema: Schema) -> str:
        id_ = escape(name)
        rows = (
            (field, one, required, one.get("description", ""), "")
            for field, one, required in fields(schema)
        )
        return (
            f'<article class="model" id="{id_}" aria-labelledby="{id_}-title">'
            f'<h3 id="{id_}-title">{id_}</h3>{self._english(schema.get("description", ""))}'
            f"{self._list(rows)}</article>"
        )

    def _list(self, rows: Iterable[tuple[str, Schema, bool, str, str]]) -> str:
        """Names, what they may be, whether they must be there, what they mean, and where."""
        found = []
        for name, schema, required, description, place in rows:
            told = [typed(schema)]
            if place:
                told.insert(0, escape(place))
            if required:
                told.append(self._words(msg("needed")))
            if (default := default_of(schema)) is not None:
                told.append(self._words(msg("%1 unless said", json.dumps(default))))
            found.append(
                f"<dt><code>{escape(name)}</code> "
                f'<span class="dim">{" · ".join(told)}</span></dt>'
                f"<dd>{self._english(description, 'span')}</dd>"
            )
        return f"<dl>{''.join(found)}</dl>" if found else ""


def _method(one: Operation) -> str:
    return f'<span class="method">{one.method}</span>'
