"""Boards to look at: the demo's and the sample."""
