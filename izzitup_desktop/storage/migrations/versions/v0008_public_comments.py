"""Whether the comment of a service's status is meant for the page; none was, until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # In place: a table that is made anew loses AUTOINCREMENT, and gives ids again.
    op.add_column(
        "services",
        sa.Column("comment_public", sa.Boolean, nullable=False, server_default=sa.false()),
    )
