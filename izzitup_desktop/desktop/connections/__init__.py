"""What the network does: addresses, tokens, requests, and a console for the APIs."""
