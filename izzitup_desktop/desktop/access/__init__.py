"""Who acts: signing in, locking, and what becomes of one's account."""
