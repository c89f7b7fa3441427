"""Examples of groups, accounts, tokens, backups and single entries for the API's document."""

from __future__ import annotations

from typing import Any

_TIME = "2026-11-27T08:30:00.000000Z"
_OUTAGE = {"id": 7, "name": "Outage"}
_OPERATIONAL = {"id": 5, "name": "Operational"}
_GROUP: dict[str, Any] = {
    "id": 1,
    "name": "Core",
    "position": 1024,
    "status": _OUTAGE,
    "counts": {"operational": 11, "impaired": 0, "outage": 1, "closed": 0},
    "links": {"self": "/api/v1/groups/1", "services": "/api/v1/services?group=1"},
}
_ACCOUNT: dict[str, Any] = {
    "id": 3,
    "name": "mmouse",
    "role": "editor",
    "active": True,
    "groups": [{"id": 1, "name": "Core"}],
    "created": "2026-01-05T10:00:00.000000Z",
    "updated": _TIME,
    "links": {"self": "/api/v1/accounts/3"},
}
_TOKEN: dict[str, Any] = {
    "id": 4,
    "name": "nightly check",
    "kind": "account",
    "account": {"id": 3, "name": "mmouse"},
    "group": None,
    "scopes": ["read", "set"],
    "limits": {"services": [{"id": 2, "key": "MAIL", "name": "E-Mail"}], "groups": []},
    "state": "valid",
    "ending": "8fQz",
    "created": _TIME,
    "created_by": "mmouse",
    "expires": "2027-02-25T08:30:00.000000Z",
    "revoked": None,
    "last_use": {"time": _TIME, "address": "192.0.2.7", "route": "set_status"},
    "links": {"self": "/api/v1/tokens/4"},
}
_BACKUP_NAME = "izzitup-20261127T083000.000000Z.db"
_BACKUP: dict[str, Any] = {
    "name": _BACKUP_NAME,
    "time": _TIME,
    "size_bytes": 262_144,
    "made": "asked",
    "links": {
        "self": f"/api/v1/backups/{_BACKUP_NAME}",
        "contents": f"/api/v1/backups/{_BACKUP_NAME}/contents",
        "file": f"/api/v1/backups/{_BACKUP_NAME}/file",
    },
}
_SIDE: dict[str, Any] = {
    "services": 12,
    "groups": 2,
    "accounts": 4,
    "changed": _TIME,
    "changed_by": "mmouse",
}

BODIES: dict[str, dict[str, Any]] = {
    "add_group": {"name": "Printers"},
    "edit_group": {"name": "Core services", "position": 512},
    "add_account": {
        "name": "dduck",
        "role": "editor",
        "password": "a long sentence of yours",
        "groups": ["Core"],
    },
    "edit_account": {"role": "viewer", "groups": []},
    "add_token": {
        "name": "nightly check",
        "scopes": ["read", "set"],
        "limits": {"services": ["MAIL"]},
        "expires": "2027-02-25T08:30:00Z",
    },
}

ENTRY: dict[str, Any] = {
    "id": 1187,
    "time": _TIME,
    "kind": "service.status",
    "actor": "monitor",
    "account_id": 3,
    "origin": "api",
    "subject": {"kind": "service", "id": 2, "name": "E-Mail"},
    "before": {"status": _OPERATIONAL},
    "after": {"status": _OUTAGE},
    "comment": "The disk is full",
    "undoes": None,
    "operation_id": 1187,
}
"""One entry of the journal."""

ANSWERS: dict[str, dict[str, Any]] = {
    "list_groups": {"items": [_GROUP], "next": None},
    "add_group": {
        **_GROUP,
        "id": 3,
        "name": "Printers",
        "position": 3072,
        "status": _OPERATIONAL,
        "counts": {"operational": 0, "impaired": 0, "outage": 0, "closed": 0},
        "links": {"self": "/api/v1/groups/3", "services": "/api/v1/services?group=3"},
    },
    "read_group": _GROUP,
    "edit_group": {**_GROUP, "name": "Core services", "position": 512},
    "restore_group": _GROUP,
    "list_accounts": {"items": [_ACCOUNT], "next": None},
    "add_account": {
        **_ACCOUNT,
        "id": 4,
        "name": "dduck",
        "links": {"self": "/api/v1/accounts/4"},
    },
    "read_account": _ACCOUNT,
    "edit_account": {**_ACCOUNT, "role": "viewer", "groups": []},
    "list_tokens": {"items": [_TOKEN], "next": None},
    "add_token": {
        **_TOKEN,
        "last_use": None,
        # Its checksum is wrong: nobody takes it for one that leaked.
        "token": "izu_0000000000000000000000000000000000000000000000000",
    },
    "read_token": _TOKEN,
    "list_backups": {"items": [_BACKUP], "next": None},
    "make_backup": _BACKUP,
    "read_backup": _BACKUP,
    "read_backup_contents": {
        "name": _BACKUP_NAME,
        "then": _SIDE,
        "now": {**_SIDE, "services": 13},
        "difference": {
            "coming": [],
            "going": [{"id": 13, "key": "WIKI", "name": "Wiki"}],
            "other_status": [
                {
                    "id": 2,
                    "key": "MAIL",
                    "name": "E-Mail",
                    "then": _OPERATIONAL,
                    "now": _OUTAGE,
                }
            ],
            "edited": [],
        },
    },
    "read_entry": ENTRY,
}
