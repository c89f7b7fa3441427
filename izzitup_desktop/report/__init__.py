"""The report of history and uptime: its contents, and how it is written for whom."""
