"""`python -m assistant.cli` is `rare-earth`."""

from assistant.cli.main import main

main()
