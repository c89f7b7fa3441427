"""What to tell people about changes, and how to reach them outside the window."""
