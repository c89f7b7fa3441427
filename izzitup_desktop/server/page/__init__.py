"""The page: what everybody sees of the board, for people and for programs."""
