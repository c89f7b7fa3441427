"""The Notices view: what was told, and what would have been."""
