"""The page for people: phone, desk, printer and terminal."""
