"""English and German are complete, and no text of the window stands outside of tr()."""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.language import LANGUAGES, Language
from izzitup_desktop.desktop.texts import translated
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.domain.messages import say
from izzitup_desktop.domain.statuses import StatusId

ROOT = Path(__file__).parent.parent
DESKTOP = ROOT / "izzitup_desktop" / "desktop"

SHOWN_BY = {
    "setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName",
    "setAccessibleDescription", "setSuffix", "setSpecialValueText", "setStatusTip", "setTitle",
    "setInformativeText", "plain_label", "heading_label", "QLabel", "QPushButton", "QCheckBox",
    "QRadioButton", "QAction", "addAction", "addMenu", "addItem", "addRow", "say", "show_notice",
    "tell", "add_button", "ListColumn", "filled",
}  # fmt: skip
"""Calls whose literal texts somebody reads."""

UNTRANSLATED = {"IzzitUp", "English", "Deutsch"}


def script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader(
        "translations", str(ROOT / "scripts/translations")
    )
    spec = importlib.util.spec_from_loader("translations", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


translations = script()


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    path = translations.FOLDER / f"izzitup_{language}.ts"
    done, found = translations.known(path), translations.texts()
    assert found.keys() - done.keys() == set(), "run scripts/translations and translate these"
    assert done.keys() - found.keys() == set(), "run scripts/translations"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_what_is_shipped_is_what_was_translated(language: str, tmp_path: Path) -> None:
    path = translations.FOLDER / f"izzitup_{language}.ts"
    fresh = tmp_path / "fresh.qm"
    translations.compile_(path, fresh)
    assert fresh.read_bytes() == path.with_suffix(".qm").read_bytes(), "run scripts/translations"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_translation_keeps_places_and_mnemonics(language: str) -> None:
    for (_, source), text in translations.known(
        translations.FOLDER / f"izzitup_{language}.ts"
    ).items():
        assert text.strip(), source
        assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", text)), source
        assert source.count("&") == text.count("&"), source
        assert source[:1].isspace() == text[:1].isspace(), source


def test_no_text_of_the_window_stands_outside_of_tr() -> None:
    outside = []
    for path in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            # The core's `say` is a function, the widgets' a method.
            if name not in SHOWN_BY or (name == "say" and isinstance(node.func, ast.Name)):
                continue
            for argument in node.args:
                value = argument.value if isinstance(argument, ast.Constant) else None
                if isinstance(value, str) and is_words(value) and value not in UNTRANSLATED:
                    outside.append(f"{path.relative_to(ROOT)}:{argument.lineno}: {value}")
    assert not outside


def is_words(text: str) -> bool:
    """Whether a person would read it: an icon's name or a key is one lower-case word."""
    return (
        bool(re.search(r"[^\W\d]{2}", text))
        and not re.fullmatch(r"[a-z_0-9-]+", text)
        and (not re.match(r"(https?://|[\w-]+\.\w+$|Alt\+|Ctrl\+)", text))
    )


def test_the_core_s_sentences_are_translated_with_their_values(qapp: QApplication) -> None:
    language = Language(qapp)
    try:
        language.choose("de")
        assert status_word(StatusId.OUTAGE) == "Ausfall"
        sentence = say("%1 must not be empty.", say("Name"))
        assert sentence == "Name must not be empty."
        assert translated(sentence) == "Name darf nicht leer sein."
        assert translated("anything else") == "anything else"
    finally:
        language.close()
    assert status_word(StatusId.OUTAGE) == "Outage"
