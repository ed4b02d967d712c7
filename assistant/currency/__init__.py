"""A home that is kept current without being told to."""
