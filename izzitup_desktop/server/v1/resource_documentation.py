"""What the API's document says of groups, accounts, tokens, backups and single entries."""

from __future__ import annotations

from typing import Any

from izzitup_desktop.server.v1 import (
    account_models,
    backup_models,
    change_models,
    group_models,
    models,
)

OF_ROWS: dict[str, tuple[int, dict[int, Any]]] = {
    "list_groups": (200, {200: models.GroupPage}),
    "add_group": (201, {201: models.GroupShown, 200: group_models.GroupsTried}),
    "read_group": (200, {200: models.GroupShown}),
    "edit_group": (200, {200: models.GroupShown | group_models.GroupsTried}),
    "remove_group": (204, {200: group_models.GroupsTried}),
    "restore_group": (200, {200: models.GroupShown | group_models.GroupsTried}),
    "list_accounts": (200, {200: account_models.AccountPage}),
    "add_account": (201, {201: account_models.AccountShown, 200: account_models.AccountsTried}),
    "read_account": (200, {200: account_models.AccountShown}),
    "edit_account": (200, {200: account_models.AccountShown | account_models.AccountsTried}),
    "disable_account": (204, {200: account_models.AccountsTried}),
    "list_tokens": (200, {200: account_models.TokenPage}),
    "add_token": (201, {201: account_models.TokenMade, 200: account_models.TokensTried}),
    "read_token": (200, {200: account_models.TokenShown}),
    "revoke_token": (204, {200: account_models.TokensTried}),
    "list_backups": (200, {200: backup_models.BackupPage}),
    "make_backup": (
        201,
        {
            201: backup_models.BackupShown,
            202: backup_models.BackupBegun,
            200: backup_models.BackupsTried,
        },
    ),
    "read_backup": (200, {200: backup_models.BackupShown}),
    "read_backup_contents": (200, {200: backup_models.ContentsShown}),
    "read_backup_file": (200, {}),
    "read_entry": (200, {200: change_models.EntryShown}),
}
"""By operation: the status of its answer, and what its answers look like."""

TAGGED = ("edit_group", "remove_group", "edit_account", "disable_account", "revoke_token")
"""Operations that `If-Match` holds for."""

SQLITE = "application/vnd.sqlite3"
FILES: dict[str, dict[str, Any]] = {
    "read_backup_file": {SQLITE: {"schema": {"type": "string", "contentMediaType": SQLITE}}}
}
"""Operations that answer a file, and what it is."""
