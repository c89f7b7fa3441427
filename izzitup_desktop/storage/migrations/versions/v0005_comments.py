"""The comment of a service's current status beside it, taken from the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# The newest comment since the status began; what followed may have told more.
_FROM_JOURNAL = """UPDATE services SET comment = coalesce((
    SELECT told.comment FROM journal AS told
    WHERE told.subject = 'service' AND told.subject_id = services.id AND told.comment <> ''
    AND told.kind IN ('service.status', 'service.confirmed', 'service.terms')
    AND told.id >= coalesce((
        SELECT max(began.id) FROM journal AS began
        WHERE began.subject = 'service' AND began.subject_id = services.id
        AND began.kind = 'service.status'
    ), 0)
    ORDER BY told.id DESC LIMIT 1
), '')"""


def upgrade() -> None:
    # In place: a table that is made anew loses AUTOINCREMENT, and gives ids again.
    op.add_column("services", sa.Column("comment", sa.Text, nullable=False, server_default=""))
    op.execute(_FROM_JOURNAL)
