"""Every command line that can be made of the commands there are, well meant or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from hypothesis import strategies as st

from izzitup_desktop.cli.commands import izzitup
from izzitup_desktop.cli.parameters import FilePath, Source
from izzitup_desktop.platform.settings import SETTINGS

CANARY = "c4nary-of-nobody"
"""Stands wherever a secret may: a password on standard input, one in a URL."""

ENDLESS = {(), ("serve",), ("demo",), ("show",)}
"""Commands that go on until they are told to stop."""

LONG = "a" * 300
TEXTS = [
    "", " ", "\t", "-", "--", "x", "7", "05", "-1", "0", "MAIL", "alice", "Ü", "é", "\u202eabc",
    "a\nb", "\x1b[31m", "\x07", "\udcff", "a\udc80b", "\ud83d", "😀", LONG, "9" * 5_000, "a" * 70_000,
    "nan", "inf", "1e400", "0x10", "%s", "{0}", "%00", "'; DROP TABLE services;--", "$(id)", "=1+1",
    "2026-13-45", "[" * 3_000, "true", "null", "../x", "~nobody-at-all/x",
]  # fmt: skip
DATABASES = [
    "", " ", "nonsense", "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///.",
    f"sqlite:///{LONG}", "sqlite:///no/where.db", "sqlite:///a\udcffb.db", "sqlite:///x?mode=ro",
    f"postgresql://u:{CANARY}@127.0.0.1:x/db", f"postgresql://u:{CANARY}@[::bad/db",
    f"postgresql://u:{CANARY}@127.0.0.1:1/db", f"postgresql://127.0.0.1:1/db?password={CANARY}",
    f"postgresql://u:{CANARY}@127.0.0.1:99999/db", f"mysql://u:{CANARY}@127.0.0.1/db",
    f"postgresql://127.0.0.1:1/db?nonsense={CANARY}", f"postgresql+nothing://u:{CANARY}@127.0.0.1:1/",
    f"u:{CANARY}@127.0.0.1", "9" * 5_000, "[" * 3_000, "\udcff",
]  # fmt: skip
SERVERS = [
    "http://127.0.0.1:1", "https://127.0.0.1:1", "http://127.0.0.1:1/api/v1", "http://[::1]:1",
    "http://127.0.0.1:x", "http://[::bad", f"http://u:{CANARY}@127.0.0.1:1", "ftp://127.0.0.1",
    "127.0.0.1:1", "http://\udcff", "http://127.0.0.1:1/?x", "http://" + LONG, "https://nobody.invalid",
    "[" * 3_000, "9" * 5_000, "",
]  # fmt: skip
SOURCES = [
    *TEXTS, ".", "here.json", "here.csv", "no/where.csv", f"{LONG}.json", "a\udcff.csv", "broken.db",
    "http://", "http://[::bad", "http://127.0.0.1:x", "http://127.0.0.1:1", "http://a:b@127.0.0.1/",
    "https://127.0.0.1:1/api/services", "http://\udcff/", "http://127.0.0.1:1/\x00", "ftp://127.0.0.1/",
    "file:///etc/hostname",
]  # fmt: skip
INPUTS = [
    b"", b"\n", b"\xff\xfe\n", b"short\n", b"\0" * 100 + b"\n", b"x" * 70_000, b"{", b"[" * 100_000,
    b"name\nA\n", b'{"format": "izzitup-board", "version": 1, "services": [{"name": "A"}]}',
    f"{CANARY}\n".encode(), f"{CANARY} alice".encode(), "\ufeffname;status\nÜ;5\n".encode("utf-16"),
]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One call: its arguments, environment and standard input."""

    arguments: tuple[str, ...]
    environ: tuple[tuple[str, str], ...]
    stdin: bytes
    path: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Line({self.arguments!r}, {self.environ!r}, {self.stdin[:80]!r})"[:3_000]


def commands(
    command: click.Command = izzitup, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that lead to it, groups too."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in sorted(command.list_commands(context)):
            below = command.get_command(context, name)
            assert below is not None, name
            yield from commands(below, (*path, name))


def values(parameter: click.Parameter) -> st.SearchStrategy[str]:
    """What somebody may write for a parameter."""
    if parameter.name == "database":
        return st.sampled_from(DATABASES)
    if parameter.name == "server":
        return st.sampled_from(SERVERS)
    if isinstance(parameter.type, (Source, FilePath)):
        return st.sampled_from(SOURCES)
    good = ["1", "a-name", "127.0.0.1"]
    if isinstance(parameter.type, click.Choice):
        good = [str(choice) for choice in parameter.type.choices] * 20
    known = st.sampled_from([*TEXTS, *good])
    # What no shell can hand over is left out: a NUL, and half a character (bytes that are
    # no UTF-8 come as "\udcff" in `TEXTS`).
    alphabet = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
    return st.one_of(known, st.text(alphabet, max_size=40))


@st.composite
def words(draw: st.DrawFn, command: click.Command) -> list[str]:
    """The arguments and options of one command: usual ones, too few, too many."""
    found: list[str] = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            if not draw(st.booleans()) and not (parameter.required and draw(st.booleans())):
                continue
            found.append(draw(st.sampled_from(parameter.opts)))
            if not parameter.is_flag:
                found.append(draw(values(parameter)))
        elif draw(st.integers(0, 9)):
            found.append(draw(values(parameter)))
    extra = st.sampled_from(["--nonsense", "-x", "--help", "--version", "extra", "\udcff", LONG])
    return [
        *found,
        *draw(st.lists(extra, max_size=1) if not draw(st.integers(0, 4)) else st.just([])),
    ]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A call of any command."""
    path, command = draw(st.sampled_from(list(commands())))
    arguments = [*path, *draw(words(command))]
    if path and not draw(st.integers(0, 5)):
        arguments = [*draw(words(izzitup)), *arguments]
    if path in ENDLESS:
        # What would go on for ever is parsed, and then refused.
        arguments.append("--no-such-option")
    names = st.sampled_from([f"IZZITUP_{key.upper()}" for key in SETTINGS])
    # Half a character is an argument on Windows, and nothing that an environment here can hold.
    texts = [text for text in TEXTS if text != "\ud83d"]
    environ = draw(
        st.dictionaries(names, st.sampled_from([*texts, "5", '["a"]', "[" * 2_000]), max_size=2)
    )
    if not draw(st.integers(0, 5)):
        environ["IZZITUP_DATABASE"] = draw(st.sampled_from(DATABASES))
    if not draw(st.integers(0, 5)):
        environ["IZZITUP_SERVER"] = draw(st.sampled_from(SERVERS))
        environ["IZZITUP_TOKEN"] = CANARY
    terminal = st.sampled_from([{}, {}, {"COLUMNS": "0"}, {"COLUMNS": "x"}, {"LOGNAME": "a\nb"}])
    environ |= draw(terminal)
    stdin = draw(st.sampled_from(INPUTS))
    return Line(tuple(arguments), tuple(environ.items()), stdin, path)


def fill(folder: Path) -> None:
    """Files that the lines name."""
    folder.joinpath("here.csv").write_text("name,status\nA,5\n", "utf-8")
    folder.joinpath("here.json").write_text("{", "utf-8")
    folder.joinpath("broken.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
