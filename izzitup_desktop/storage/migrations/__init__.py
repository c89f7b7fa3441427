"""Alembic's migrations, from the first revision on."""
