"""The vocabulary of the board: frozen dataclasses, enums and pure rules."""
