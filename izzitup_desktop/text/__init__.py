"""The words of every face, in English and German; nothing in here knows Qt."""
