"""The command line, one module a group of commands. `main` is the command `rare-earth`."""

from assistant.cli.main import main

__all__ = ["main"]
