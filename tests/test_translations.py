"""English and German are complete, and no text of the window stands outside of tr()."""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import re
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.start.language import Language
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.messages import counted, msg
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import LANGUAGES

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


@cache
def said() -> Any:
    """All texts that the program says. Nobody changes it."""
    return translations.texts()


OTHERS = [code for code in LANGUAGES if code != "en"]
PLACES = re.compile(r"%[\dn]|\{[^}]*\}|%\(\w+\)s")
"""Where values are put: ours, Qt's numbers, and the two kinds that click has."""


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    done = translations.known(translations.po_of(language))
    assert translations.missing(done) == [], "translate these"
    wanted, known = keys(said()), keys(done)
    assert wanted - known == set(), "run scripts/translations and translate these"
    assert known - wanted == set(), "run scripts/translations"


def test_the_template_has_every_text() -> None:
    template = translations.FOLDER / f"{translations.DOMAIN}.pot"
    fresh = translations.as_po(said())
    assert fresh == template.read_bytes(), "run scripts/translations"


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_shipped_is_what_was_translated(language: str) -> None:
    path = translations.po_of(language)
    fresh = translations.as_mo(translations.known(path))
    assert fresh == path.with_suffix(".mo").read_bytes(), "run scripts/translations"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_places_and_mnemonics(language: str) -> None:
    for source, text in pairs(translations.known(translations.po_of(language))):
        assert text.strip(), source
        assert sorted(PLACES.findall(source)) == sorted(PLACES.findall(text)), source
        assert source.count("&") == text.count("&"), source
        assert source[:1].isspace() == text[:1].isspace(), source


def test_a_count_stands_in_both_forms_of_a_counted_text() -> None:
    for message in said():
        if isinstance(message.id, tuple):
            one, many = message.id
            assert "%n" in one or "%1" in one or "{" in one, one
            assert sorted(re.findall(r"%[\dn]", one)) == sorted(re.findall(r"%[\dn]", many)), one


def keys(catalogue: Any) -> set[tuple[Any, str | None]]:
    return {(message.id, message.context) for message in catalogue if message.id}


def pairs(catalogue: Any) -> Iterator[tuple[str, str]]:
    """Each English text and its translation; of a counted one each form."""
    for message in catalogue:
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, message.string


def test_texts_are_found_wherever_they_may_stand(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(
        "class Page:\n"
        '    def f(self, n): return self.tr("plain" + "x"), self.tr("Open", "a verb")\n'
        'x = msg("said %1", msg("inner")), counted("%1 row", "%1 rows", 2), _tr("of a module")\n'
        'y = QCoreApplication.translate("where", "looked up"), page.say("by a widget")\n'
        '@group.command("list")\n'
        '@click.option("--json", help="an option", metavar="X")\n'
        'def f():\n    """A command.\n\n    More of it.\n    """\n'
        'def g():\n    """No command."""\n'
    )
    found = translations.Texts()
    translations.add(found, "page.py", tmp_path / "page.py")
    assert keys(found) == {
        ("Open", "a verb"), ("said %1", None), ("inner", None),
        (("%1 row", "%1 rows"), None), ("of a module", None), ("looked up", None),
        ("an option", None), ("A command.\n\nMore of it.", None),
    }  # fmt: skip


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
            # The core's `msg` is a function, as this is a method.
            if name not in SHOWN_BY or (name == "msg" and isinstance(node.func, ast.Name)):
                continue
            for argument in node.args:
                value = argument.value if isinstance(argument, ast.Constant) else None
                if isinstance(value, str) and is_words(value) and value not in UNTRANSLATED:
                    outside.append(f"{path.relative_to(ROOT)}:{argument.lineno}: {value}")
    assert not outside


TOLD_BY = {"tell", "echo", "write", "text", "print_table", "_say", "fail", "UsageError"}
"""Calls whose literal texts somebody at a terminal reads."""

SAID_TO_PROGRAMS = {"izzitup: ", "Serving on "}


def test_no_text_of_the_command_line_stands_outside_of_say() -> None:
    outside = []
    for path in sorted((ROOT / "izzitup_desktop" / "cli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            for argument in node.args if name in TOLD_BY else ():
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                literals = [part.value for part in parts if isinstance(part, ast.Constant)]
                outside += [
                    f"{path.name}:{node.lineno}: {text}"
                    for text in literals
                    if isinstance(text, str) and is_words(text) and text not in SAID_TO_PROGRAMS
                ]
    assert not outside


def is_words(text: str) -> bool:
    """Whether a person would read it: an icon's name or a key is one lower-case word."""
    return (
        bool(re.search(r"[^\W\d]{2}", text))
        and not re.fullmatch(r"[a-z_0-9-]+", text)
        and (not re.match(r"(https?://|[\w-]+\.\w+$|Alt\+|Ctrl\+)", text))
    )


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.close()


def test_the_core_s_sentences_are_translated_with_their_values(language: Language) -> None:
    language.choose("de")
    assert status_word(StatusId.OUTAGE) == "Ausfall"
    sentence = msg("%1 must not be empty.", msg("Name"))
    assert sentence == "Name must not be empty."
    assert translated(sentence) == "Name darf nicht leer sein."
    assert translated("anything else") == "anything else"
    language.close()
    assert status_word(StatusId.OUTAGE) == "Outage"


class Page(QObject):
    pass


def test_counts_are_said_in_both_languages(language: Language, qapp: QApplication) -> None:
    shown = []
    for code in LANGUAGES:
        language.choose(code)
        for count in (0, 1, 2):
            words = translated(counted("%1 service", "%1 services", count))
            assert words == Catalogue(code).text(counted("%1 service", "%1 services", count))
            shown.append(words)
    assert shown == [
        "0 services", "1 service", "2 services", "0 Dienste", "1 Dienst", "2 Dienste",
    ]  # fmt: skip


def test_tr_is_given_no_count_which_english_alone_could_not_say() -> None:
    """Counts are `counted(…)`: in English no translator is installed that would choose."""
    given = []
    for path in sorted(DESKTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "tr":
                continue
            if len(node.args) + len(node.keywords) > 2:
                given.append(f"{path.name}:{node.lineno}")
    assert not given


def test_english_installs_nothing() -> None:
    class Bare:
        """An application that takes nothing."""

    before = QLocale()
    language = Language(cast("QApplication", Bare()))
    try:
        assert not language.choose("en")
        with pytest.raises(AttributeError, match="installTranslator"):
            language.choose("de")
    finally:
        QLocale.setDefault(before)


def test_the_words_of_before_are_forgotten_with_the_language(language: Language) -> None:
    shown = [language.choose(code) and Page().tr("Outage") for code in ("de", "en", "de")]
    assert shown == ["Ausfall", "Outage", "Ausfall"]
    assert Page().tr("%1 service", "%1 services", 2) == "%1 Dienste"


def test_counts_are_said_where_nothing_translates(qapp: QApplication) -> None:
    assert translated(counted("%1 service", "%1 services", 3)) == "3 services"


def test_qt_keeps_its_own_texts_and_ours_are_not_asked_for_them(language: Language) -> None:
    language.choose("de")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert QCoreApplication.translate("QPlatformTheme", "Outage") == "Outage"
    assert QCoreApplication.translate("AnyPage", "Outage") == "Ausfall"
    assert QCoreApplication.translate("AnyPage", "never heard of") == "never heard of"


def test_a_text_with_a_context_is_looked_up_with_it_first(tmp_path: Path) -> None:
    made = translations.Texts("de")
    made.add("Open", "Offen")
    made.add("Open", "Öffnen", context="a verb")
    file = tmp_path / "de/LC_MESSAGES/izzitup.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(translations.as_mo(made))
    german = Catalogue("de", tmp_path)
    assert german.found("Open") == "Offen"
    assert german.found("Open", "a verb") == "Öffnen"
    assert german.found("Open", "another") == "Offen"
    assert german.found("") is None


@pytest.mark.timeout(60, method="thread")  # two locks that wait end no other way
def test_the_window_s_language_changes_while_other_threads_translate(language: Language) -> None:
    """Qt's lock of its translators and Python's own must not wait for each other."""
    ending = threading.Event()
    said: set[str] = set()

    def translate() -> None:
        while not ending.is_set():
            said.add(status_word(StatusId.OUTAGE))

    threads = [threading.Thread(target=translate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for code in ("de", "en") * 20:
        language.choose(code)
    ending.set()
    for thread in threads:
        thread.join()
    assert said <= {"Ausfall", "Outage"}
