"""Signing in: passwords, hashes, who is held up, and who is known."""
