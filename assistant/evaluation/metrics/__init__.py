"""The measures of the field as pure functions, each from the paper or script that defines it."""

__all__: list[str] = []
