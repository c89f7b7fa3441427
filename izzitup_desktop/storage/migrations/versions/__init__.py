"""One module a revision; revision ids are the schema version, four digits."""
