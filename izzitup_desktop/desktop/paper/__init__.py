"""What is put on paper: pages that are laid out, and the board on them."""
