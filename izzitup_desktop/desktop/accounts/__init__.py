"""The Accounts view: who signs in, and what they may do."""
