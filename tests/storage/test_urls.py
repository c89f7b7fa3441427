"""Which database is meant, and what of it people see."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st

from izzitup_desktop import application
from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.platform.paths import HOME_VARIABLE, find_paths
from izzitup_desktop.platform.settings import Settings
from izzitup_desktop.storage.urls import parse_url, shown, shown_text, url_of
from tests.builders import database_at
from tests.examples import share_of

names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=40
).filter(lambda name: name not in (".", "..") and len(name.encode()) < 200)
secrets = st.text(string.ascii_letters + string.digits + "!$^*()+=,;'~|<>", min_size=6, max_size=20)


@given(name=names)
@settings(max_examples=share_of(300))
def test_the_url_of_a_file_means_that_file(name: str) -> None:
    path = f"/folder/{name}/izzitup.db"
    assert parse_url(url_of(Path(path))).database == path


@pytest.mark.parametrize(
    "name",
    ["a?b", "a%41b", "a#b", "a b", "Büro", "a\nb", "a'b\"c", "a&b=c", "%", "~x", "a+b", "a;b"],
)
def test_a_home_of_any_name_holds_its_board_itself(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    paths = find_paths({HOME_VARIABLE: str(home)})
    with application.start(paths, Settings(), create=True, hash_cost=4) as running:
        assert running.board.location == str(home / "izzitup.db")
    assert (home / "izzitup.db").is_file()
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == [name]


@settings(
    max_examples=share_of(15),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(name=names)
def test_a_database_of_any_name_is_made_exactly_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / "folder" / name
    if path.name.endswith(("-wal", "-shm", "-journal")):
        return
    database = database_at(url_of(path), tmp_path)
    database.close()
    assert [entry.name for entry in path.parent.iterdir()] == [name]
    path.unlink()


def test_a_home_of_a_user_that_nobody_knows_is_said() -> None:
    with pytest.raises(Invalid, match=HOME_VARIABLE) as caught:
        find_paths({HOME_VARIABLE: "~nobody-of-that-name/x"})
    assert caught.value.field == "home"
    with pytest.raises(Invalid, match=HOME_VARIABLE):
        find_paths({HOME_VARIABLE: "/tmp/a\udcffb"})


def test_a_relative_home_is_below_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_paths({HOME_VARIABLE: "here"}).data == tmp_path / "here"


@pytest.mark.parametrize(
    "url", ["sqlite:////tmp/a?b/izzitup.db", "sqlite:////tmp/izzitup.db?mode=ro", "sqlite:////x?"]
)
def test_what_stands_behind_a_question_mark_is_not_dropped_in_silence(url: str) -> None:
    with pytest.raises(Invalid, match="%3F"):
        parse_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+pysqlcipher://:secret@/board.db", "sqlite+aiosqlite:///board.db",
        "sqlite://host/board.db", "sqlite://user@/board.db", "sqlite://user:secret@host:1/board.db",
    ],
)  # fmt: skip
def test_a_sqlite_url_that_asks_for_more_than_a_file_is_refused_with_words(url: str) -> None:
    with pytest.raises(Invalid, match="names a file") as caught:
        parse_url(url)
    assert "secret" not in str(caught.value)


@given(secret=secrets, form=st.integers(0, 9))
@settings(max_examples=share_of(300))
@example(secret="postgr", form=0)
def test_no_form_of_a_url_shows_its_password(secret: str, form: int) -> None:
    from urllib.parse import quote_plus

    quoted = quote_plus(secret)
    text, bare = _with_secret(form, secret, quoted), _with_secret(form, "", "")
    seen = bare + shown_text(bare)
    assume(not any(part in seen for part in (secret, quoted)))
    for told in (secret, quoted):
        assert told not in shown_text(text)
    told = said(text)
    assert secret not in told
    assert quoted not in told


def _with_secret(form: int, secret: str, quoted: str) -> str:
    return (
        f"postgresql://izzitup:{quoted}@db.example/board",
        f"postgresql://db.example/board?password={quoted}",
        f"postgresql://izzitup@db.example/board?sslmode=require&sslpassword={quoted}",
        f"postgresql://izzitup@/board?host=db.example&PASSWORD={quoted}",
        f"postgresql://izzitup@db.example/board?passfile=/x/{quoted}",
        f"postgresql://izzitup@db.example/board?options=-cx%3D{quoted}",
        f"postgresql://izzitup:x@{quoted}@db.example/board",
        f"postgresql://izzitup:{quoted}:{quoted}@db.example/board",
        f"postgresql://izzitup:{quoted}/{quoted}@db.example/board",
        f"host=db.example password={secret}",
    )[form]


def said(url: str) -> str:
    """What people hear of a URL: its location, or why it is refused."""
    try:
        return shown(parse_url(url))
    except Invalid as error:
        return str(error)


def test_a_shared_database_that_is_not_there_shows_no_password(tmp_path: Path) -> None:
    for url in (
        f"postgresql://nobody:s3cret-word@/x?host={tmp_path}",
        f"postgresql://nobody@/x?host={tmp_path}&password=s3cret-word&sslpassword=s3cret-word",
        f"postgresql://nobody@/x?host={tmp_path}&passfile=/s3cret-word",
    ):
        with pytest.raises(Unavailable) as caught:
            database_at(url, tmp_path)
        assert "s3cret" not in f"{caught.value} {caught.value!r}"


def test_a_password_in_a_parameter_is_in_no_location(postgres_url: str, tmp_path: Path) -> None:
    database = database_at(f"{postgres_url}&password=s3cret-word", tmp_path)
    try:
        assert "s3cret" not in database.location
        assert "postgresql" in database.location
    finally:
        database.close()
