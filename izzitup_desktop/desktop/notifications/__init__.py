"""What is told: tray, notifications, and the page of notices."""
