"""What every layer may use of the computer: folders, settings, logs."""
