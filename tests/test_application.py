import threading
from dataclasses import replace
from pathlib import Path

import pytest

from izzitup_desktop import application
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.platform.paths import HOME_VARIABLE, Paths, find_paths, resource
from izzitup_desktop.platform.settings import Settings
from izzitup_desktop.server.embedded import ServerKind
from tests.builders import HASH_COST


def test_izzitup_home_holds_everything(home: Path) -> None:
    paths = find_paths({HOME_VARIABLE: str(home)})
    assert paths == Paths(home, home, home / "logs")
    assert (paths.database, paths.backups) == (home / "izzitup.db", home / "backups")


def test_without_it_the_platform_s_folders_are_taken() -> None:
    paths = find_paths({})
    assert "izzitup" in str(paths.data)
    assert paths.data.is_absolute()


def test_resources_are_found() -> None:
    assert resource("common_passwords.txt").is_file()


def test_which_database_is_meant(home: Path) -> None:
    paths = find_paths({HOME_VARIABLE: str(home)})
    assert application.database_url(paths, Settings()) == f"sqlite:///{home}/izzitup.db"
    named = Settings(database="postgresql://x/y")
    assert application.database_url(paths, named) == "postgresql://x/y"
    assert application.database_url(paths, named, "sqlite:////z") == "sqlite:////z"


def test_it_starts_serves_and_leaves_no_thread_behind(home: Path) -> None:
    before = set(threading.enumerate())
    paths = find_paths()
    with application.start(paths, Settings(), create=True, hash_cost=HASH_COST) as running:
        running.server.start("127.0.0.1", 0)
        state = running.server.wait_until([ServerKind.SERVING], 20)
        assert state.kind is ServerKind.SERVING
        assert running.board.location == str(home / "izzitup.db")
    assert set(threading.enumerate()) <= before


def test_it_serves_as_the_settings_say_and_moves_when_they_change(home: Path) -> None:
    paths, settings = find_paths(), Settings(port=0, https=True, https_port=0)
    with application.start(paths, settings, create=True, hash_cost=HASH_COST) as running:
        running.serve()
        state = running.server.wait_until([ServerKind.SERVING], 20)
        assert (state.url[:7], state.secure_url[:8]) == ("http://", "https://")
        assert (home / "tls" / "izzitup.pem").is_file()
        running.settings = replace(settings, https_only=True)
        running.serve()
        state = running.server.wait_until([ServerKind.SERVING], 20)
        assert state.url == state.secure_url
        running.settings = replace(settings, https=False)
        running.serve()
        state = running.server.wait_until([ServerKind.SERVING], 20)
        assert (state.url[:7], state.secure_url) == ("http://", "")


def test_it_makes_no_database_unasked(home: Path) -> None:
    with pytest.raises(NotFound):
        application.start(find_paths(), Settings())
    assert not home.exists()
