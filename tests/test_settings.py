import stat
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from izzitup_desktop import settings
from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.settings import SETTINGS, Settings


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
    documented = (Path(__file__).parents[1] / "docs" / "operations.md").read_text("utf-8")
    for key in SETTINGS:
        assert f"`{key}`" in documented, key
