"""Backups from the window."""
