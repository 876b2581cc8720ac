"""TinyDB's interface over one SQLite row a document, and the stores behind the ports."""
