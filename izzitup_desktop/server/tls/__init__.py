"""HTTPS: certificates, and connections that are encrypted by them."""
