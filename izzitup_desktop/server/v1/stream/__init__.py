"""What happens, told as it happens: server-sent events of the live picture."""
