"""mDNS (RFC 6762, 6763): boards that tell the network where they are."""
