"""The API v1: loaded with the first request for it, and imported by nothing else."""
