"""The window: Qt lives here and nowhere else; it shows and asks, it decides nothing."""
