"""Other boards, asked over HTTP: what an import takes, and what `--server` works on."""
