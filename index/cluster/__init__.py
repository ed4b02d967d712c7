"""Files read and embedded on a Ray cluster, and stored by the one process that holds the home."""

__all__: list[str] = []
