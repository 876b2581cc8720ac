"""The register of opinions: what people wrote and said, sorted, merged into items, and seen to."""
