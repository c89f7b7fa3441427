"""The preferences, a row a setting."""
