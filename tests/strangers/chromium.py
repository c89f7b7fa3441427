"""Chromium, driven by Playwright: what a reader does, and what they then see."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from tests.strangers.environments import node_with

PLAYWRIGHT = "playwright-core@1.56.1"
_DRIVER = Path(__file__).with_name("drive_chromium.mjs")
_PATIENCE_MILLISECONDS = 30_000


class Chromium:
    """One page of a browser; what it can't do fails the test."""

    def __init__(self, told: IO[str], answers: IO[str]) -> None:
        self._told, self._answers = told, answers

    def open(self, url: str, **options: Any) -> None:
        """A page of a new profile; `options` are those of Playwright's contexts."""
        self._do("open", url, options)

    def go(self, url: str) -> None:
        """Another page in the same profile."""
        self._do("goto", url)

    def reveal(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self._do("reveal", expression)

    def wait(self, expression: str, milliseconds: int = _PATIENCE_MILLISECONDS) -> None:
        """Until the expression is true in the page."""
        self._do("await", expression, milliseconds)

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self._do("press", key)

    def click(self, selector: str) -> None:
        """Click on what a selector finds."""
        self._do("click", selector)

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Keep what is on the screen, or the `whole` page, as a PNG."""
        self._do("picture", str(file), whole)

    def leave(self) -> None:
        """Close the page, and forget its profile."""
        self._do("leave")

    def complaints(self) -> list[str]:
        """What the browser had to complain of since it was asked last."""
        found: list[str] = self._do("complaints")
        return found

    def _do(self, *command: Any) -> Any:
        self._told.write(json.dumps(command) + "\n")
        self._told.flush()
        line = self._answers.readline()
        assert line, "the browser has ended"
        is_done, value = json.loads(line)
        assert is_done, value
        return value


@contextmanager
def chromium(*arguments: str) -> Iterator[Chromium]:
    """A browser, or the test is skipped with the reason why there is none.

    It is started with these `arguments`, beside those that it needs here.
    """
    named = os.environ.get("CHROMIUM")
    program = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium here")
    modules = node_with(PLAYWRIGHT).parent
    driver = subprocess.Popen(
        ["node", str(_DRIVER), str(modules), program, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert driver.stdin is not None
    assert driver.stdout is not None
    try:
        yield Chromium(driver.stdin, driver.stdout)
    finally:
        driver.stdin.close()
        driver.wait(timeout=30)
        driver.stdout.close()
