"""Texts for widgets: the core's sentences, times, roles, errors."""
