"""Programs that nobody here wrote, and what they say of us."""
