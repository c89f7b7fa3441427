"""The History view: which status held when, and uptime over days and months."""
