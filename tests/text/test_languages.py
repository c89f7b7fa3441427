from __future__ import annotations

import sys
from pathlib import Path

import pytest

from izzitup_desktop.text.catalogue import of_user
from izzitup_desktop.text.languages import chosen, of_environment


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_DE", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "de_DE"}, "de"),
        ({"LANG": "de_DE", "LC_MESSAGES": "de_DE", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({"LANG": "en_US", "LANGUAGE": "de:en"}, "de"),
        ({"LANG": "de_DE", "LANGUAGE": "en"}, "en"),
        ({"LANG": "de_DE", "LANGUAGE": "fr"}, "de"),
        ({"LANG": "C", "LANGUAGE": "de"}, "en"),
        ({"LANG": "deutsch"}, "en"),
    ],
)
def test_the_environment_says_the_language_as_gettext_has_it(
    environ: dict[str, str], language: str
) -> None:
    assert of_environment(environ) == language


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says its own")
def test_an_environment_that_says_nothing_is_english() -> None:
    assert of_environment({}) == "en"


def test_a_setting_goes_before_the_environment() -> None:
    assert chosen("de", {"LANG": "C"}) == "de"
    assert chosen("en", {"LANG": "de_DE"}) == "en"
    assert chosen("system", {"LANG": "de_DE"}) == "de"
    assert chosen("Klingon", {"LANG": "de_DE"}) == "de"


def test_the_user_s_language_stands_in_the_settings(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert of_user().language == "en"
    home.mkdir()
    (home / "settings.toml").write_text('language = "de"\n')
    assert of_user().language == "de"
    monkeypatch.setenv("IZZITUP_HOME", "~nobody-of-that-name/x")
    assert of_user().language == "en"
