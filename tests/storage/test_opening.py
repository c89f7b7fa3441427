import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import Pool

from izzitup_desktop.board.signing_in.passwords import Passwords
from izzitup_desktop.domain.errors import Damaged, NewerDatabase, NotFound, Unavailable
from izzitup_desktop.storage import (
    backup,
    backup_files,
    checking,
    journal,
    opening,
    periods,
    schema,
    services,
    upgrade,
)
from izzitup_desktop.storage.groups import STEP
from izzitup_desktop.storage.tables import metadata
from izzitup_desktop.storage.urls import parse_url
from tests.builders import board_at, migrated_at

NEXT = schema.VERSION + 1

NEXT_REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{revision:04}"
down_revision = "{before:04}"


def upgrade() -> None:
    op.add_column("services", sa.Column("colour", sa.Text, nullable=True))
    {step}
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def made(folder: Path) -> Path:
    path = folder / "izzitup.db"
    migrated_at(f"sqlite:///{path}", folder).close()
    return path


def reopen(folder: Path, **options: Path) -> None:
    migrated_at(f"sqlite:///{folder}/izzitup.db", folder, **options).close()


def with_next_revision(folder: Path, step: str) -> Path:
    """Our migrations and a later one, as the next release would have it."""
    migrations = folder / "migrations"
    (migrations / "versions").mkdir(parents=True)
    for source in schema.MIGRATIONS.rglob("*.py"):
        target = migrations / source.relative_to(schema.MIGRATIONS)
        target.write_text(source.read_text("utf-8"), "utf-8")
    (migrations / "versions" / f"v{NEXT:04}_next.py").write_text(
        NEXT_REVISION.format(step=step, revision=NEXT, before=NEXT - 1), "utf-8"
    )
    return migrations


def test_the_version_is_that_of_the_newest_migration() -> None:
    heads = ScriptDirectory(str(schema.MIGRATIONS)).get_heads()
    assert heads == [f"{schema.VERSION:04}"]


def test_migrations_make_the_tables_that_queries_expect(
    empty_database_url: str, tmp_path: Path
) -> None:
    database = migrated_at(empty_database_url, tmp_path)
    engine = create_engine(database.url)
    with engine.connect() as connection:
        found = inspect(connection)
        for table in metadata.tables.values():
            columns = {
                (column["name"], column["nullable"]) for column in found.get_columns(table.name)
            }
            assert columns == {(column.name, bool(column.nullable)) for column in table.columns}
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes
    engine.dispose()
    database.close()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_file_and_folder_are_private_under_any_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = made(tmp_path / "data")
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_rights_that_others_got_later_are_taken_away_again(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.chmod(0o644)
    reopen(tmp_path)
    assert mode(path) == 0o600


def test_where_there_is_none_and_none_is_wanted_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "data" / "izzitup.db"
    with pytest.raises(NotFound):
        opening.open_database(
            f"sqlite:///{path}", create=False, backups=tmp_path, quarantine=tmp_path
        )
    assert not path.parent.exists()


def test_an_empty_postgresql_is_not_filled_unasked(empty_postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        opening.open_database(
            empty_postgres_url, create=False, backups=tmp_path, quarantine=tmp_path
        )


def test_a_file_that_appeared_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="exists"):
        opening.create_file(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["izzitup.db"]


def test_a_folder_in_the_files_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "izzitup.db").mkdir()
    with pytest.raises(Unavailable, match="is a folder"):
        reopen(tmp_path)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def _text(path: Path) -> None:
    path.write_text("service,status\n" * 500)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9_000])


def _zero_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 2 * 4096] = bytes(4096)
    path.write_bytes(content)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")


@pytest.mark.parametrize("damage", [_empty, _short, _text, _truncated, _zero_page, _foreign])
def test_what_is_no_usable_database_is_copied_aside_and_left_as_it_is(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = made(tmp_path)
    kept = backup_files.new_name(tmp_path / "backups")
    kept.parent.mkdir()
    kept.write_bytes(path.read_bytes())
    damage(path)
    before = path.read_bytes()
    with pytest.raises(Damaged) as caught:
        reopen(tmp_path)
    assert path.read_bytes() == before
    assert caught.value.quarantined is not None
    assert caught.value.quarantined.read_bytes() == before
    assert mode(caught.value.quarantined) == 0o600
    assert caught.value.newest_backup == kept
    assert str(kept) in str(caught.value)


def test_a_damaged_file_is_copied_aside_once_and_its_journals_with_it(tmp_path: Path) -> None:
    path = made(tmp_path)
    _text(path)
    path.with_name("izzitup.db-wal").write_bytes(b"log")
    for _ in range(3):
        with pytest.raises(Damaged):
            reopen(tmp_path)
    names = sorted(entry.name for entry in (tmp_path / "quarantine").iterdir())
    assert len(names) == 2
    assert names[1] == f"{names[0]}-wal"


def test_a_newer_file_is_refused_untouched(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    before, time = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(NewerDatabase, match="Update IzzitUp"):
        reopen(tmp_path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, time)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["izzitup.db"]


def test_an_older_file_is_backed_up_and_migrated(tmp_path: Path) -> None:
    path = made(tmp_path)
    migrations = with_next_revision(tmp_path, "pass")
    reopen(tmp_path, migrations=migrations)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        connection.execute("SELECT colour FROM services")
    saved = backup_files.newest(tmp_path / "backups")
    assert saved is not None
    assert mode(saved) == 0o600
    with closing(sqlite3.connect(saved)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)


def test_a_migration_that_fails_leaves_the_old_schema(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    migrations = with_next_revision(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(Unavailable):
        reopen(tmp_path, migrations=migrations)
    assert path.read_bytes() == before


def test_a_postgresql_migration_that_fails_leaves_the_old_schema(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    migrated_at(empty_postgres_url, tmp_path).close()
    migrations = with_next_revision(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(Unavailable):
        upgrade.upgrade(
            empty_postgres_url,
            backups=tmp_path / "backups",
            quarantine=tmp_path / "quarantine",
            migrations=migrations,
        )
    migrated_at(empty_postgres_url, tmp_path).close()


def test_a_newer_postgresql_is_refused(empty_postgres_url: str, tmp_path: Path) -> None:
    migrations = with_next_revision(tmp_path, "pass")
    migrated_at(empty_postgres_url, tmp_path, migrations=migrations).close()
    with pytest.raises(NewerDatabase):
        migrated_at(empty_postgres_url, tmp_path)


def test_only_the_three_newest_backups_before_upgrades_are_kept(tmp_path: Path) -> None:
    path = made(tmp_path)
    saved = [backup.before_upgrade(path, tmp_path / "backups", 1) for _ in range(5)]
    assert sorted((tmp_path / "backups").iterdir()) == sorted(saved[2:])


def test_a_sound_file_has_no_problems(tmp_path: Path) -> None:
    assert checking.problems_of(made(tmp_path)) == ()


def test_a_postgresql_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        migrated_at(f"postgresql+psycopg://nobody@/x?host={tmp_path}", tmp_path)


def test_a_board_of_the_first_version_comes_out_whole(
    empty_database_url: str, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    (first / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/__init__.py", "versions/v0001_first.py"):
        (first / name).write_text((schema.MIGRATIONS / name).read_text("utf-8"), "utf-8")
    migrated_at(empty_database_url, tmp_path, migrations=first).close()
    engine = create_engine(parse_url(empty_database_url))
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO groups (id, name, name_folded, position, version)"
                " VALUES (1, 'Core', 'core', 1, 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO services (id, name, key, key_folded, description, url, curl,"
                " status_id, hidden, created, updated, group_id, note, position, since,"
                " changed_by, version) VALUES (1, 'Mail', 'M', 'm', '', '', '', 7, false, 10, 20,"
                " 1, '', 2, 15, 'alice', 3)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO journal (id, time, actor, origin, kind, subject, subject_id,"
                " subject_name, before, after, comment) VALUES (4, 15, 'alice', 'cli',"
                " 'service.added', 'service', 1, 'Mail', '', '', '')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO status_periods (service_id, status_id, from_time, journal_id)"
                " VALUES (1, 7, 15, 4)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO accounts (id, name, name_folded, role, password_hash, active,"
                " created, updated, version) VALUES (1, 'alice', 'alice', 'administrator', :hash,"
                " true, 5, 5, 1)"
            ),
            {"hash": Passwords(4).hash("a horse that is correct")},
        )
    engine.dispose()
    if empty_database_url.startswith("postgresql"):
        saved = upgrade.upgrade(
            empty_database_url, backups=tmp_path / "backups", quarantine=tmp_path / "quarantine"
        )
        assert saved is not None
        with backup.opened(saved) as copy:
            assert [service.name for service in services.listed(copy)] == ["Mail"]
            assert journal.last_id(copy) == 4
    database = migrated_at(empty_database_url, tmp_path)
    try:
        (service,) = database.read(services.listed)
        assert (service.name, service.group_id, service.position) == ("Mail", 1, 2 * STEP)
        assert service.confirmed == service.updated
        assert service.hold is None
        (entry,) = database.read(lambda connection: journal.after(connection, 0, limit=9))
        assert entry.operation_id == entry.id == 4
        assert len(database.read(lambda connection: periods.of_service(connection, 1))) == 1
    finally:
        database.close()


def _newer_in_its_log(path: Path) -> None:
    """Of a later version, which only its write-ahead log says: its process was killed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
        for name in (path.name, f"{path.name}-wal"):
            (path.parent / f"{name}.copy").write_bytes((path.parent / name).read_bytes())
    for name in (path.name, f"{path.name}-wal"):
        (path.parent / f"{name}.copy").replace(path.parent / name)


def test_a_newer_file_whose_log_alone_says_so_is_refused_untouched(tmp_path: Path) -> None:
    path = made(tmp_path)
    _newer_in_its_log(path)
    log = path.with_name(f"{path.name}-wal")
    before = path.read_bytes(), log.read_bytes()
    assert before[1]
    with pytest.raises(NewerDatabase, match="Update IzzitUp"):
        reopen(tmp_path)
    assert (path.read_bytes(), log.read_bytes()) == before
    assert not (tmp_path / "backups").exists()


def test_a_board_that_can_not_be_opened_leaves_no_connection_behind(tmp_path: Path) -> None:
    made(tmp_path)
    opened: list[object] = []
    refused: list[str] = []

    def fails(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        # The first that the feed asks, once the board's rows were looked at.
        if "max(journal.id)" in statement:
            refused.append(statement)
            cause = sqlite3.OperationalError("the disk reported an error")
            raise OperationalError(statement, {}, cause)

    def begun(connection: object, _record: object) -> None:
        opened.append(connection)

    def ended(connection: object, _record: object) -> None:
        opened.remove(connection)

    with (
        listening(Engine, "before_cursor_execute", fails),
        listening(Pool, "connect", begun),
        listening(Pool, "close", ended),
        pytest.raises(Unavailable, match="disk reported"),
    ):
        board_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    assert refused
    assert opened == []


@contextmanager
def listening(target: type, name: str, heard: Callable[..., object]) -> Iterator[None]:
    """SQLAlchemy's events of all databases come to `heard` inside."""
    event.listen(target, name, heard)
    try:
        yield
    finally:
        event.remove(target, name, heard)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others"
)
def test_the_advice_names_no_backup_that_somebody_else_can_have_put_there(tmp_path: Path) -> None:
    path = made(tmp_path)
    folder = tmp_path / "backups"
    folder.mkdir()
    own, theirs, open_to_all, link = (
        folder / f"izzitup-{name}.db" for name in ("1", "2", "3", "4")
    )
    for place, file in enumerate((own, theirs, open_to_all)):
        file.write_bytes(path.read_bytes())
        file.chmod(0o600)
        os.utime(file, (place, place))
    os.chown(theirs, 65534, 65534)
    open_to_all.chmod(0o666)
    link.symlink_to(theirs)
    assert backup_files.newest(folder) == own


def test_a_backups_folder_that_is_open_to_others_is_closed(tmp_path: Path) -> None:
    path = made(tmp_path)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups").chmod(0o777)
    backup.before_upgrade(path, tmp_path / "backups", 1)
    assert mode(tmp_path / "backups") == 0o700
