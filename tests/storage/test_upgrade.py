"""A shared database is upgraded on purpose, and other desks hear why they stop."""

import shutil
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import NewerDatabase, NotFound, OlderDatabase
from izzitup_desktop.domain.kinds.boards import BOARD_CREATED
from izzitup_desktop.storage import backup_files, schema, upgrade
from izzitup_desktop.storage.feed import Feed
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Writer
from tests.builders import ALICE, Heard, migrated_at
from tests.storage.test_opening import NEXT, with_next_revision

OLD = Path(__file__).parents[1] / "old_databases"


def note(transaction: Transaction) -> None:
    transaction.record(ALICE, BOARD_CREATED, 0, "note")


def test_an_older_shared_database_is_refused_until_somebody_upgrades_it(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    migrated_at(empty_postgres_url, tmp_path).close()
    migrations = with_next_revision(tmp_path, "pass")
    with pytest.raises(OlderDatabase, match="izzitup upgrade"):
        migrated_at(empty_postgres_url, tmp_path, migrations=migrations)
    saved = upgrade.upgrade(
        empty_postgres_url,
        backups=tmp_path / "backups",
        quarantine=tmp_path / "quarantine",
        migrations=migrations,
    )
    assert saved is not None
    assert saved == backup_files.newest(tmp_path / "backups")
    migrated_at(empty_postgres_url, tmp_path, migrations=migrations).close()


def test_an_upgrade_says_its_versions_steps_and_who_is_connected_and_changes_nothing(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    with pytest.raises(NotFound):
        upgrade.look(empty_postgres_url)
    desk = migrated_at(empty_postgres_url, tmp_path)
    desk.read(schema.stored_version)
    migrations = with_next_revision(tmp_path, "pass")
    source = migrations / "versions" / f"v{NEXT:04}_next.py"
    source.write_text('"""Colours."""\n' + source.read_text("utf-8"), "utf-8")
    plan = upgrade.look(empty_postgres_url, migrations)
    assert (plan.version, plan.known, plan.steps) == (NEXT - 1, NEXT, ("Colours.",))
    assert plan.is_needed
    assert plan.sessions >= 1
    assert not upgrade.look(empty_postgres_url).is_needed
    desk.close()


def test_an_older_desk_hears_at_once_why_it_stops(empty_postgres_url: str, tmp_path: Path) -> None:
    desk = migrated_at(empty_postgres_url, tmp_path)
    writer, feed, heard = Writer(desk, lambda _: None), Feed(desk), Heard()
    feed.subscribe(heard.on_entries, heard.on_trouble)
    writer.write(note)
    heard.wait_until(lambda: len(heard.entries) == 1)
    migrations = with_next_revision(tmp_path, "pass")
    upgrade.upgrade(
        empty_postgres_url,
        backups=tmp_path / "backups",
        quarantine=tmp_path / "quarantine",
        migrations=migrations,
    )
    heard.wait_until(lambda: any("Update IzzitUp" in reason for reason in heard.troubles))
    with pytest.raises(NewerDatabase, match="Update IzzitUp"):
        writer.write(note)
    with pytest.raises(NewerDatabase):
        upgrade.look(empty_postgres_url)
    writer.close()
    feed.close()
    desk.close()


def test_a_file_is_upgraded_with_a_backup_too(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    shutil.copy(OLD / "v1.db", path)
    url = f"sqlite:///{path}"
    plan = upgrade.look(url)
    assert (plan.version, plan.is_shared, len(plan.steps)) == (1, False, schema.VERSION - 1)
    saved = upgrade.upgrade(url, backups=tmp_path / "backups", quarantine=tmp_path / "quarantine")
    assert saved is not None
    assert upgrade.look(url).version == schema.VERSION
    assert upgrade.upgrade(url, backups=tmp_path, quarantine=tmp_path) is None
