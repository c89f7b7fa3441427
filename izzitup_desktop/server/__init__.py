"""The HTTP face: an embedded server that answers scripts on the LAN."""
