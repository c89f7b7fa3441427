"""The Groups view: the sections of the board, and their order."""
