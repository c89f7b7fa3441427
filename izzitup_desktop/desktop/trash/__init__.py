"""The Trash view: what was deleted, restored or deleted for good."""
