"""IzzitUp Desktop: a service status board for one desk and its whole LAN."""

__version__ = "0.1.0"
