"""Widgets that more than one view uses: thin, plain text, named for screen readers."""
