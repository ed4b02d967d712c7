"""What a home holds: the catalog, the vectors, the rows of facts, and who may write."""
