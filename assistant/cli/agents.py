"""The command that serves agents over stdin and stdout."""

import typer

from assistant.cli.opening import open_assistant
from assistant.errors import AnswerError

app = typer.Typer()


@app.command()
def mcp(context: typer.Context) -> None:
    """Serve an agent over stdin and stdout by the Model Context Protocol, until stdin ends.

    The client of the agent starts this command itself. Most clients take a configuration like

    \b
        {"mcpServers": {"rare-earth": {
            "command": "rare-earth",
            "args": ["--home", "/path/to/home", "mcp"]}}}

    and then offer the tools search, ask, facts, check, quote and page. Give the whole path of
    the command where the client does not find it. Nothing but the protocol is printed to stdout.
    """
    try:
        from assistant.serving.mcp_tools import run_over_stdio
    except ImportError as error:
        raise AnswerError("mcp needs the MCP SDK; pip install 'mcp>=2.3,<3'") from error
    with open_assistant(context.obj) as assistant:
        run_over_stdio(assistant)
