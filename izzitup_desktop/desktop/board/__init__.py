"""The Board view: services in a table, its filters, and the dialog for one of them."""
