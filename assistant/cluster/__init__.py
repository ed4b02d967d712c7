"""A home on more than one machine: its vectors on servers, its evaluation on a cluster."""

__all__: list[str] = []
