"""The Nu checker of the W3C finds no error in anything that people look at."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.platform.paths import resource
from izzitup_desktop.server.page.assets import FILES
from izzitup_desktop.text.languages import LANGUAGES
from tests.server.wire import ask
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, debian_package, node_with
from tests.strangers.made_site import STATES, answered, made_pages

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

OURS = ("/api/docs", "/problems", "/problems/unknown-service.problem", "/services/NOTHING", "/wall")
"""What the server of a board answers, beside what is made of the boards of `STATES`."""

WRONG = (
    # Browsers know it, this checker does not yet.
    "CSS: “field-sizing”: Property “field-sizing” doesn't exist",
    # The document that the reference shows is English, and said to be so where it stands.
    'This document appears to be written in English but the “html” start tag has “lang="de"”',
)
"""Complaints that are none."""

BROKEN = "<!DOCTYPE html><html lang=en><title>Broken</title><h1>Broken</h1><p><div></p></div>"


def complaints(folder: Path) -> list[str]:
    """What the checker says of the files of a folder, errors and warnings."""
    jar = node_with("vnu-jar@26.9.27").parent / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [
        # It ends before its code would have been made faster.
        _java(), "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout",
        "--also-check-css", "--also-check-svg", str(folder),
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, check=True, timeout=RUN_SECONDS)
    return [
        f"{Path(one['url']).name}: {one['message']} {one.get('extract', '')!r}"
        for one in json.loads(ended.stdout)["messages"]
        if one["type"] == "error" or one.get("subType") == "warning"
        if not one["message"].startswith(WRONG)
    ]


def _java() -> str:
    if (found := shutil.which("java")) is not None:
        return found
    root = debian_package("openjdk-17-jre-headless")
    (home,) = (root / "usr" / "lib" / "jvm").glob("java-17-openjdk-*")
    for link in home.rglob("*"):
        # Its settings are with it, not where an installed one has them.
        if link.is_symlink() and (target := link.readlink()).is_relative_to("/etc"):
            link.unlink()
            link.symlink_to(root / target.relative_to("/"))
    return str(home / "bin" / "java")


def test_every_page_in_every_state_and_language_is_valid(host: Host, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    count = 0
    for made in made_pages():
        name = f"{made.state}-{made.language}{made.path.replace('/', '_').replace('?', '_')}.html"
        (folder / name).write_bytes(made.document.content)
        count += 1
    for path in OURS:
        for language in LANGUAGES:
            headers = ("Accept: text/html", f"Accept-Language: {language}")
            answer = ask(host.world.server, method="GET", path=path, headers=headers)
            assert answer.headers["content-type"].startswith("text/html"), path
            name = f"ours-{language}{path.replace('/', '_')}.html"
            (folder / name).write_bytes(answer.body)
    for state, board in STATES.items():
        for badge in badges(board):
            name = f"{state}{badge.replace('/', '_').replace('?', '_')}"
            (folder / f"{name}.svg").write_bytes(answered(board, badge).content)
    for name in FILES:
        if not name.endswith(".js"):
            shutil.copy(resource("page", name), folder)
    assert count > 100
    (folder / "broken.html").write_text(BROKEN, "utf-8")
    found = complaints(folder)
    assert [one for one in found if not one.startswith("broken.html")] == []
    assert found, "the checker finds nothing at all"


def badges(board: PublicBoard) -> list[str]:
    """The addresses of the board's badges, in all of their styles."""
    return [
        f"/badge/{what}.svg?style={style}"
        for what in ("overall", *(one.reference for one in board.services.values()))
        for style in ("flat", "flat-square", "pill", "dot")
    ]
