"""Reports: a run, or two, as a page, as tables and as lines of a terminal."""

__all__: list[str] = []
