import os
import stat
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.platform import settings, startup_settings
from izzitup_desktop.platform.settings import SETTINGS, Settings


def written(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / settings.FILE_NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_the_defaults_hold_and_nothing_is_written(tmp_path: Path) -> None:
    found, notices = settings.load(tmp_path / "config", {})
    assert (found, notices) == (Settings(), ())
    assert not (tmp_path / "config").exists()


def test_the_server_is_for_this_computer_only_until_somebody_says_otherwise() -> None:
    assert (Settings().host, Settings().port) == ("127.0.0.1", 8475)


def test_every_setting_has_a_title_and_a_description() -> None:
    for key, field in SETTINGS.items():
        assert field.title, key
        assert field.description, key


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    until = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
    saved = settings.save(
        tmp_path, host="0.0.0.0", port=9_000, host_names=("a.example",), muted_until=until
    )
    assert settings.load(tmp_path, {}) == (saved, ())
    assert (saved.host, saved.muted_until) == ("0.0.0.0", until)
    settings.save(tmp_path, muted_until=None)
    assert settings.load(tmp_path, {})[0].muted_until is None


def test_the_file_is_private_and_keeps_its_comments(tmp_path: Path) -> None:
    path = written(tmp_path, "# ours\nport = 9000  # as agreed\n")
    settings.save(tmp_path, theme="dark")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "# ours" in path.read_text()
    assert "# as agreed" in path.read_text()
    assert tomllib.loads(path.read_text()) == {"port": 9000, "theme": "dark"}


@pytest.mark.parametrize(
    ("line", "key"),
    [("port = 0", "port"), ("port = 70000", "port"), ('port = "x"', "port"),
     ('host = "a\\nb"', "host"), ('host = ""', "host"), ('theme = "pink"', "theme"),
     ('host_names = ["a b"]', "host_names"), ("serve = 7", "serve"),
     ('muted_until = "never"', "muted_until")],
)  # fmt: skip
def test_a_value_that_can_not_be_taken_is_its_default_with_a_notice(
    tmp_path: Path, line: str, key: str
) -> None:
    written(tmp_path, f'{line}\naccount = "eve"\n')
    found, notices = settings.load(tmp_path, {})
    assert found == Settings(account="eve")
    assert len(notices) == 1
    assert f"setting {key} =" in notices[0]


def test_an_unknown_key_is_left_out_with_a_notice(tmp_path: Path) -> None:
    written(tmp_path, "colour = 7\nport = 9000\n")
    found, notices = settings.load(tmp_path, {})
    assert found.port == 9_000
    assert "colour is unknown" in notices[0]


@pytest.mark.parametrize("content", [b"\x00\x01", b"port = ", b"\xff\xfe", b"[[["])
def test_a_file_that_is_no_toml_is_kept_before_a_new_one_is_written(
    tmp_path: Path, content: bytes
) -> None:
    path = written(tmp_path, content)
    found, notices = settings.load(tmp_path, {})
    assert found == Settings()
    assert "can't be read" in notices[0]
    settings.save(tmp_path, port=9_000)
    assert path.with_suffix(".bad").read_bytes() == content
    assert settings.load(tmp_path, {})[0].port == 9_000


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    written(tmp_path, 'port = 9000\naccount = "eve"\n')
    environ = {"IZZITUP_PORT": "9100", "IZZITUP_HOST": "10.0.0.1", "IZZITUP_HOST_NAMES": '["a"]'}
    found, notices = settings.load(tmp_path, environ)
    assert (found.port, found.host, found.host_names, found.account) == (
        9_100, "10.0.0.1", ("a",), "eve",
    )  # fmt: skip
    assert notices == ()


def test_a_bad_override_is_the_default_with_a_notice(tmp_path: Path) -> None:
    found, notices = settings.load(tmp_path, {"IZZITUP_PORT": "many"})
    assert found.port == 8_475
    assert "port" in notices[0]


def test_a_bad_change_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = written(tmp_path, "port = 9000\n")
    with pytest.raises(Invalid) as caught:
        settings.save(tmp_path, port=0)
    assert caught.value.field == "port"
    assert path.read_text() == "port = 9000\n"


def test_what_the_environment_says_is_not_written_into_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IZZITUP_PORT", "9100")
    settings.save(tmp_path, theme="dark")
    assert tomllib.loads((tmp_path / settings.FILE_NAME).read_text()) == {"theme": "dark"}


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        settings.save(tmp_path / "file" / "config", port=9_000)


def test_every_setting_is_documented() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    for key in SETTINGS:
        assert f"`{key}`" in documented, key


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_an_empty_variable_overrides_nothing_and_is_told(tmp_path: Path, blank: str) -> None:
    written(tmp_path, 'port = 9000\ndatabase = "sqlite:////srv/board.db"\n')
    environ = {f"IZZITUP_{key.upper()}": blank for key in SETTINGS}
    found, notices = settings.load(tmp_path, environ)
    assert (found.port, found.host, found.database) == (
        9_000,
        "127.0.0.1",
        "sqlite:////srv/board.db",
    )
    assert len(notices) == len(SETTINGS)
    assert "IZZITUP_DATABASE is empty" in " ".join(notices)


@pytest.mark.parametrize("host", ["", " ", "0", "0x0", "0.0", "a b"])
def test_an_address_that_means_more_than_it_says_is_this_computer_only(
    tmp_path: Path, host: str
) -> None:
    written(tmp_path, f'host = "{host}"\n')
    assert settings.load(tmp_path, {})[0].host == "127.0.0.1"
    assert settings.load(tmp_path / "no", {"IZZITUP_HOST": host})[0].host == "127.0.0.1"
    with pytest.raises(Invalid):
        settings.save(tmp_path, host=host)


@pytest.mark.parametrize(
    "content",
    [b"x = " + b"[" * 20_000, b"x = " + b"{a=" * 20_000, b"port = " + b"9" * 5_000,
     b"# " + b"x" * 2_000_000, b"\xff\xfea"],
    ids=["lists", "tables", "digits", "huge", "utf-16"],
)  # fmt: skip
def test_no_file_of_settings_stops_a_program(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    found, (notice,) = settings.load(tmp_path, {})
    assert found == Settings()
    assert len(notice) < 500
    assert (
        startup_settings.read_startup_settings(tmp_path, {}) == startup_settings.StartupSettings()
    )
    settings.save(tmp_path, port=9_000)
    assert path.with_suffix(".bad").read_bytes() == content
    assert settings.load(tmp_path, {})[0].port == 9_000


def test_what_is_no_file_is_not_read_and_nothing_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / settings.FILE_NAME)
    found, (notice,) = settings.load(tmp_path, {})
    assert found == Settings()
    assert "a pipe, a socket or a device" in notice


def test_a_folder_in_the_place_of_the_settings_is_said(tmp_path: Path) -> None:
    (tmp_path / settings.FILE_NAME).mkdir()
    found, notices = settings.load(tmp_path, {})
    assert (found, len(notices)) == (Settings(), 1)
    with pytest.raises(Unavailable):
        settings.save(tmp_path, port=9_000)


@pytest.mark.parametrize("text", ["[" * 20_000, "9" * 5_000, "\udcff", "{" * 20_000, "x" * 100_000])
def test_no_variable_stops_a_program_and_its_notice_is_short(tmp_path: Path, text: str) -> None:
    environ = {f"IZZITUP_{key.upper()}": text for key in SETTINGS}
    _, notices = settings.load(tmp_path, environ)
    assert notices
    assert all(len(notice) < 1_000 for notice in notices)


def test_a_database_that_can_not_be_taken_is_not_said_again(tmp_path: Path) -> None:
    url = "postgresql://u:c4nary@127.0.0.1/db\x01"
    written(tmp_path, f"database = {url!r}\n".replace("'", '"').replace("\\x01", "\\u0001"))
    for notices in (
        settings.load(tmp_path, {})[1],
        settings.load(tmp_path / "no", {"IZZITUP_DATABASE": url})[1],
    ):
        assert len(notices) == 1
        assert "c4nary" not in notices[0]


def test_every_default_passes_its_own_check() -> None:
    for key, setting in SETTINGS.items():
        assert setting.check(setting.default) == setting.default == getattr(Settings(), key), key


@pytest.mark.parametrize(
    ("line", "taken"),
    [('serve = "No"', False), ("serve = 0", False), ('log_json = "on"', True),
     ('port = "9000"', 9_000), ("port = 9000.0", 9_000), ("host = ' ::1 '", "::1"),
     ("notify_statuses = [7]", (7,)),
     ("muted_until = 2026-12-24", datetime(2026, 12, 24, tzinfo=UTC)),
     ('muted_until = "2026-12-24T18:00:00Z"', datetime(2026, 12, 24, 18, tzinfo=UTC))],
)  # fmt: skip
def test_a_value_is_taken_in_the_ways_people_write_it(
    tmp_path: Path, line: str, taken: object
) -> None:
    written(tmp_path, line)
    found, notices = settings.load(tmp_path, {})
    assert getattr(found, line.split(" ", maxsplit=1)[0]) == taken
    assert notices == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [("serve = 2", "must be true or false"), ("port = 1.5", "must be a whole number"),
     ("port = inf", "must be a whole number"), ("port = 0", "must be at least 1"),
     ("port = 65536", "must be at most 65535"), ("account = 5", "must be a text"),
     ('host_names = "a"', "must be a list"), ("host_names = [1]", "must be a text"),
     ("notify_statuses = [true]", "must be one of 5, 6, 7"),
     ("shortcuts = 5", "must be a table"), ("shortcuts = {undo = 1}", "must be a text"),
     ('quiet_from = "25:00"', "must be a time of day such as 22:00"),
     ("muted_until = 08:00:00", "must be a time such as 2026-01-31T08:00:00Z"),
     ("journal_keep_days = 5", "must be 0 (for ever) or 31 at least")],
)  # fmt: skip
def test_a_notice_says_why_a_value_is_not_taken(tmp_path: Path, line: str, reason: str) -> None:
    written(tmp_path, line)
    found, (notice,) = settings.load(tmp_path, {})
    assert found == Settings()
    assert f"({reason})" in notice


def test_a_setting_that_nobody_knows_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        settings.save(tmp_path, colour="red")
    assert caught.value.field == "colour"
    assert not (tmp_path / settings.FILE_NAME).exists()
