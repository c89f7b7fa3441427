"""For programs that watch over the board: loaded with the first question of theirs."""
