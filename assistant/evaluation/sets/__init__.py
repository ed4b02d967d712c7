"""Question sets from elsewhere, taken over as cases with their documents."""

__all__: list[str] = []
