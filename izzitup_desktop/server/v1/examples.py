"""Examples of the API's document: what is sent, and what comes back."""

from __future__ import annotations

from typing import Any

from izzitup_desktop.server.v1 import resource_examples

_TIME = "2026-11-27T08:30:00.000000Z"
_OUTAGE = {"id": 7, "name": "Outage"}
_OPERATIONAL = {"id": 5, "name": "Operational"}

_SERVICE: dict[str, Any] = {
    "id": 2,
    "key": "MAIL",
    "name": "E-Mail",
    "description": "Mailboxes and the relay",
    "url": "https://mail.example.org",
    "check_url": "",
    "status": _OUTAGE,
    "since": _TIME,
    "until": None,
    "then": None,
    "confirmed": _TIME,
    "stale": False,
    "stale_minutes": 60,
    "group": {"id": 1, "name": "Core"},
    "created": "2026-01-05T10:00:00.000000Z",
    "updated": _TIME,
    "comment": "The disk is full",
    "changed_by": "monitor",
    "held_by": None,
    "proposal": None,
    "hidden": False,
    "note": "",
    "links": {"self": "/api/v1/services/2"},
}
_WELL = {**_SERVICE, "status": _OPERATIONAL, "comment": ""}
_COUNTS = {"operational": 11, "impaired": 0, "outage": 1, "closed": 0}

PARAMETERS: dict[str, str] = {
    "service": "MAIL",
    "group": "1",
    "account": "mmouse",
    "token": "4",
    "name": "izzitup-20261127T083000.000000Z.db",
    "id": "2",
}
"""Values of parameters of paths."""

OF_OPERATIONS: dict[str, dict[str, str]] = {
    "remove_group": {"group": "2"},
    "restore_group": {"id": "3"},
    "read_entry": {"id": "1187"},
    "undo_operation": {"id": "1187"},
}
"""Those of single operations."""

BODIES: dict[str, dict[str, Any]] = {
    "add_service": {"name": "Wiki", "key": "WIKI", "group": "Core"},
    "set_statuses": {"services": ["MAIL", 3], "status": "Impaired", "comment": "Moving racks"},
    "edit_service": {"note": "Ask the hosting team", "stale_minutes": 60},
    **resource_examples.BODIES,
    "set_status": {"status": "Outage", "comment": "The disk is full"},
    "confirm_service": {"comment": "Looked at it just now"},
    "hold_service": {"comment": "The vendor works on it"},
    "release_service": {"comment": "The vendor is done"},
}

ANSWERS: dict[str, dict[str, Any]] = {
    "read_openapi": {"openapi": "3.1.0", "info": {"title": "IzzitUp Desktop", "version": "1"}},
    "list_statuses": {
        "items": [{**_OPERATIONAL, "for_services": True, "for_events": False}],
        "next": None,
    },
    "read_summary": {
        "status": _OUTAGE,
        "since": _TIME,
        "total": 12,
        "counts": _COUNTS,
        "stale": 0,
        "journal_id": 1187,
    },
    "list_services": {"items": [_SERVICE], "next": "WyJpZCIsMiwyXQ"},
    "add_service": {
        **_WELL,
        "id": 4,
        "key": "WIKI",
        "name": "Wiki",
        "description": "",
        "url": "",
        "stale_minutes": 0,
        "links": {"self": "/api/v1/services/4"},
    },
    "set_statuses": {"items": [_SERVICE], "operation_id": 1187},
    "read_service": _SERVICE,
    "edit_service": {**_WELL, "note": "Ask the hosting team"},
    "set_status": _SERVICE,
    "confirm_service": {**_SERVICE, "comment": "Looked at it just now"},
    "hold_service": {**_SERVICE, "comment": "The vendor works on it", "held_by": "monitor"},
    "release_service": {**_SERVICE, "comment": "The vendor is done"},
    "list_trash": {
        "items": [
            {
                "service": _WELL,
                "removed": _TIME,
                "removed_by": "alice",
                "links": {"restore": "/api/v1/trash/2/restore"},
            }
        ],
        "next": None,
    },
    "restore_service": _WELL,
    **resource_examples.ANSWERS,
    "list_journal": {
        "items": [resource_examples.ENTRY],
        "next": "1187",
    },
}

ANSWERS["undo_operation"] = {
    "items": [_WELL],
    "changes": [
        {
            "kind": "service.status",
            "actor": "monitor",
            "account_id": 3,
            "origin": "api",
            "subject": {"kind": "service", "id": 2, "name": "E-Mail"},
            "before": {"status": _OUTAGE},
            "after": {"status": _OPERATIONAL},
            "comment": "",
        }
    ],
    "operation_id": 1188,
}

PROBLEM: dict[str, Any] = {
    "type": "/problems/not-found.service",
    "title": "There is no such service",
    "status": 404,
    "detail": "There is no service 'MIAL'.",
    "code": "not-found.service",
    "hint": "Did you mean MAIL? /api/v1/services/MAIL",
}
