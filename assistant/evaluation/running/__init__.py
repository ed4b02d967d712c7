"""One pass over the cases: asked in parallel, under limits, written as each finishes."""

__all__: list[str] = []
