"""The reference page: the document of the API for people, rendered here."""
