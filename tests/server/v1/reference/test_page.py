"""The reference page: everything of the document, for people, and nothing that loads."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from izzitup_desktop.server.v1.reference.page import rendered
from izzitup_desktop.text.catalogue import Catalogue
from tests.server.v1.world import World, sqlite_world
from tests.server.wire import Answer, ask

VOID = {"meta"}


class Parsed(HTMLParser):
    """Elements with their attributes and texts; what is not closed is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("reference")) as made:
        yield made


@pytest.fixture(scope="module")
def document(world: World) -> Any:
    return world.get("/openapi.json")


def page(world: World, language: str = "en", **options: Any) -> Answer:
    headers = (f"Accept-Language: {language}",)
    return ask(world.server, method="GET", path="/api/docs", headers=headers, **options)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_operation_and_every_model_has_a_place_of_its_own(
    world: World, document: Any, language: str
) -> None:
    answer = page(world, language)
    assert answer.status == 200
    assert answer.headers["content-language"] == language
    text = answer.body.decode()
    parsed = Parsed(text)
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    operations = [
        (path, method.upper(), one)
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    ]
    assert len(operations) > 10
    for path, method, one in operations:
        assert one["operationId"] in ids
        (article,) = re.findall(
            rf'<article class="operation" id="{one["operationId"]}".*?</article>', text, re.DOTALL
        )
        assert f">{method}</span><code>{path}</code>" in article
        for parameter in one.get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in article
        for name in ("curl", "PowerShell", "Python"):
            assert f'data-example="{name}"' in article
    for model, schema in document["components"]["schemas"].items():
        assert model in ids
        for name in schema.get("properties", ()):
            assert f"<code>{name}</code>" in text
    targets = {one["href"].removeprefix("#") for one in parsed.all("a") if one["href"][0] == "#"}
    assert targets <= set(ids)


@pytest.mark.parametrize("language", ["en", "de"])
def test_who_listens_or_uses_keys_finds_their_way(world: World, language: str) -> None:
    parsed = Parsed(page(world, language).body.decode())
    tags = [tag for tag, _ in parsed.elements]
    assert [tags.count(one) for one in ("h1", "main", "header", "nav", "title")] == [1] * 5
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    (document,) = parsed.all("html")
    assert document["lang"] == language
    first = parsed.all("a")[0]
    assert (first["class"], first["href"]) == ("skip", "#main")
    (contents,) = parsed.all("nav")
    assert contents["aria-label"]
    ids = {attributes["id"] for _, attributes in parsed.elements if "id" in attributes}
    labelled = [one["aria-labelledby"] for one in parsed.all("section", "article")]
    assert set(labelled) <= ids


def test_german_has_our_words_and_marks_what_is_english(world: World) -> None:
    text = html.unescape(page(world, "de").body.decode())
    words = Catalogue("de")
    for english in ("Parameters", "Answers", "How to ask", "Models", "Needs a sign-in."):
        german = words.found(english)
        assert german
        assert german in text
        assert f">{english}<" not in text
    assert '<p lang="en">Set a service' in text


def test_nothing_is_loaded_and_no_script_runs(world: World) -> None:
    answer = page(world)
    text = answer.body.decode()
    parsed = Parsed(text)
    tags = {tag for tag, _ in parsed.elements}
    assert not tags & {"script", "link", "img", "iframe", "form", "object"}
    for _, attributes in parsed.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.endswith(f"style-src 'sha256-{digest}'")
    assert "prefers-color-scheme:dark" in style
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in text


def test_examples_ask_the_server_where_it_was_asked(world: World) -> None:
    port = world.server.state.port
    text = page(world, host=f"localhost:{port}").body.decode()
    assert f"http://localhost:{port}/api/v1/services/MAIL" in text
    assert "base.invalid" not in text


def test_what_the_document_says_can_not_break_the_page(document: Any) -> None:
    hostile = "</pre><script>'\"&<b>"
    changed = json.loads(json.dumps(document))
    operation = changed["paths"]["/api/v1/services/{service}/status"]["put"]
    operation["description"] = hostile
    operation["requestBody"]["content"]["application/json"]["example"] = {hostile: hostile}
    operation["parameters"][0]["description"] = hostile
    changed["components"]["schemas"]["StatusBody"]["properties"][hostile] = {"type": hostile}
    text = rendered(changed, Catalogue("en"))
    parsed = Parsed(text)
    assert "script" not in {tag for tag, _ in parsed.elements}
    assert hostile in html.unescape(text)
