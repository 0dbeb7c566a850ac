"""The nouns of the field, one idea a file. Import from the file that owns the name."""
