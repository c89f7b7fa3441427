"""The main window: pages beside a rail, actions, undo, palette, status line."""
