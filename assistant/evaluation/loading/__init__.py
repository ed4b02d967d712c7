"""Case files read and written: JSON lines, tables, workbooks, plain lists of questions."""

__all__: list[str] = []
