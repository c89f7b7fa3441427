"""What people subscribe to: Atom, RSS, and calendars."""
