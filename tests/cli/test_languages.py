"""The command line speaks the user's language, and to programs always the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from izzitup_desktop.cli.commands import izzitup
from izzitup_desktop.cli.speech import spoken
from izzitup_desktop.text.catalogue import Catalogue
from tests.cli.izzitup import done, init, refused, run

GERMAN = {"LC_ALL": "de_DE.UTF-8"}
SECRET = "correct-horse-battery"
WIDTH = 80


def commands(command: click.Command, path: str = "izzitup") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}")


def test_help_is_in_the_language_and_names_stay() -> None:
    german = dict(commands(spoken(izzitup, Catalogue("de"))))
    english = dict(commands(izzitup))
    assert german.keys() == english.keys()
    for path, command in english.items():
        assert german[path].help != command.help, path
        for ours, theirs in zip(command.params, german[path].params, strict=True):
            assert theirs.opts == ours.opts
            assert theirs.help != ours.help or ours.help is None, (path, ours.name)
    assert spoken(izzitup, Catalogue("en")) is izzitup


def test_a_translated_help_leaves_the_command_as_it_is() -> None:
    before = izzitup.help
    spoken(izzitup, Catalogue("de"))
    assert izzitup.help == before


def test_the_list_of_commands_is_shown_whole_in_80_columns(home: Path) -> None:
    shown = done("--help", **GERMAN, COLUMNS=str(WIDTH))
    assert "Aufruf: izzitup [OPTIONEN] [BEFEHL] [ARGUMENTE]..." in shown
    listed = shown.partition("Befehle:\n")[2].splitlines()
    assert len(listed) == len(izzitup.list_commands(click.Context(izzitup)))
    assert not [line for line in listed if line.endswith("...") or len(line) > WIDTH]


@pytest.mark.soak
def test_outputs_and_errors_are_german(home: Path) -> None:
    init("--sample")
    table = done("services", "list", **GERMAN)
    assert table.startswith("NR  KÜRZEL  NAME")
    assert "In Betrieb" in table
    assert re.search(r"\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d", table)
    refusal = refused("services", "set", "nothing", "5", **GERMAN)
    assert "Nicht gefunden: Dienst 'nothing'." in refusal
    set_ = done("services", "set", "MAIL", "outage", **GERMAN)
    assert set_ == "E-Mail: In Betrieb -> Ausfall\n"
    assert "E-Mail: In Betrieb → Ausfall" in done("journal", **GERMAN)


@pytest.mark.soak
@pytest.mark.parametrize(
    "command",
    [["services", "list", "--json"], ["export", "-", "--format", "csv"], ["--version"]],
)
def test_programs_read_the_same_in_every_language(home: Path, command: list[str]) -> None:
    init("--sample")
    assert done(*command, **GERMAN) == done(*command)


def test_wrong_usage_is_told_in_german_with_the_same_exit_code(home: Path) -> None:
    ended = run("services", "add", **GERMAN)
    assert ended.returncode == 2
    assert "Aufruf: izzitup services add [OPTIONEN]" in ended.stderr
    assert "Fehler: Es fehlt die Option '--name'." in ended.stderr
    assert "Es ist keine Zahl." in run("demo", "--seconds", "nan", **GERMAN).stderr


@pytest.mark.parametrize("language", ["C.UTF-8", "de_DE.UTF-8"])
@pytest.mark.parametrize("extra", [[SECRET], [SECRET, SECRET]])
def test_an_argument_too_many_is_repeated_in_no_language(
    home: Path, language: str, extra: list[str]
) -> None:
    ended = run("services", "list", *extra, LC_ALL=language)
    assert ended.returncode == 2
    assert "rgument" in ended.stderr
    assert SECRET not in ended.stderr + ended.stdout


def test_the_setting_goes_before_the_environment(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('language = "de"\n')
    assert "Fehler: Es gibt keinen Befehl 'nonsense'." in run("nonsense", LC_ALL="C").stderr
    (home / "settings.toml").write_text('language = "en"\n')
    assert "No such command 'nonsense'." in run("nonsense", **GERMAN).stderr


@pytest.mark.soak
def test_a_terminal_without_umlauts_is_no_reason_to_fail(home: Path) -> None:
    init("--sample")
    table = done(
        "services", "list", IZZITUP_LANGUAGE="de", LC_ALL="C", PYTHONIOENCODING="iso8859-5"
    )
    assert "K\\xdcRZEL" in table
    assert done("check", IZZITUP_LANGUAGE="de", LC_ALL="C", PYTHONUTF8="0") == "in Ordnung\n"
