"""The doors of a home for other programs; each module is imported by the command that opens it."""
