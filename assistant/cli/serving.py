"""Commands that open a home to others: serve, mcp, tokens of who may ask, how people sign in."""

import os
from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlsplit

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json
from assistant.cli.printing import print_json, say, show
from assistant.errors import ServingError
from assistant.people import (
    EXAMPLE,
    Provider,
    Role,
    SignIn,
    is_loopback,
    load_secrets,
    load_sign_in,
    sign_in_file,
)
from assistant.serving.tokens import TokenBook, list_tokens, make_token, revoke_token
from assistant.settings import Settings
from corpus.extras import missing_extra

app = typer.Typer()
tokens_app = typer.Typer(
    no_args_is_help=True, help="Make, list and revoke the tokens of those who may ask the server."
)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address to serve; any but loopback needs tokens.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for a free one.")] = 8600,
    require_tokens: Annotated[
        bool, typer.Option("--require-tokens", help="Want a token on loopback, too.")
    ] = False,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(help="A site whose pages may ask, such as https://example.org; repeatable."),
    ] = None,
    rate: Annotated[
        int, typer.Option("--requests-a-minute", min=1, help="How often one token or address asks.")
    ] = 120,
    log_requests: Annotated[
        bool, typer.Option("--log-requests", help="Log each request, too: a line of JSON.")
    ] = False,
) -> None:
    """Serve this home to other programs, until Ctrl-C: one process for a whole team.

    REST under /api/v1 (ask, ask/stream, search, facts, cite, check, sources, web, records, runs),
    told whole by /api/v1/openapi.json; /v1/chat/completions for programs made for OpenAI's API; and
    /mcp for agents:

        curl http://127.0.0.1:8600/api/v1/ask -H 'Content-Type: application/json'
             -d '{"question": "How much did China mine in 2025?"}'

    On 127.0.0.1 nobody needs a token. To be reached from elsewhere, make tokens first:

        rare-earth tokens make anna --role editor; rare-earth serve --host 0.0.0.0

    What is sent is not encrypted: let a proxy with a certificate stand before it in a network that
    is not yours. Uploads and removals are written to audit.jsonl in the home.

    Errors are logged to stderr, a line of JSON each. /api/v1/health and /api/v1/ready tell whether
    it is there and has loaded its models, /metrics its figures for Prometheus; RARE_EARTH_TRACES
    names a collector of OpenTelemetry for the steps of each answer.
    """
    if run := missing_extra("server", "fastapi", "mcp", "prometheus_client", "python_multipart"):
        raise ServingError(f"the server needs FastAPI and the MCP SDK; run: {run}")
    from assistant.serving.access import Access
    from assistant.serving.application import make_application
    from assistant.serving.monitoring.log_lines import log_as_lines
    from assistant.serving.request_limits import RequestLimits
    from assistant.serving.server import Address
    from assistant.serving.server import serve as serve_at

    settings: Settings = context.obj
    sign_in = load_sign_in(settings.home, os.environ)
    wants_tokens = require_tokens or not is_loopback(host) or sign_in is not None
    if wants_tokens and not (sign_in or list_tokens(settings.home)):
        raise ServingError(
            f"on {host} a token is needed, and there is none; run: rare-earth tokens make NAME"
        )
    access = Access(origins=tuple(allow_origin or ()))
    if wants_tokens:
        hosts = (*access.hosts, *_desk_name(sign_in)) if is_loopback(host) else ()
        provider = Provider(sign_in) if sign_in else None
        access = Access(TokenBook(settings.home), hosts, access.origins, provider)
    log_as_lines(log_requests)
    with open_assistant(settings) as assistant:
        app = make_application(assistant, access, RequestLimits(requests_a_minute=rate))
        serve_at(app, Address(host, port), lambda url: say(f"serving on {url} until Ctrl-C"))


def _desk_name(sign_in: SignIn | None) -> tuple[str, ...]:
    """Return by which name a proxy before the server calls it, where people sign in."""
    name = urlsplit(sign_in.address).hostname if sign_in else None
    return (name,) if name else ()


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
    if run := missing_extra("server", "mcp"):
        raise ServingError(f"agents need the MCP SDK; run: {run}")
    from assistant.serving.agents.mcp_tools import run_over_stdio

    with open_assistant(context.obj) as assistant:
        run_over_stdio(assistant)


@app.command("sign-in")
def sign_in(
    context: typer.Context,
    example: Annotated[
        bool, typer.Option("--example", help="Print a file to fill in, and check nothing.")
    ] = False,
) -> None:
    """Check how people sign in to this home, or print a file to fill in where there is none.

    Reads HOME/sign_in.toml (or the file that RARE_EARTH_SIGN_IN names) and asks the provider for
    its metadata. Begin with:

        rare-earth sign-in --example > sign_in.toml
    """
    settings: Settings = context.obj
    if example:
        show(EXAMPLE.rstrip())
        return
    file = sign_in_file(settings.home, os.environ)
    told = load_sign_in(settings.home, os.environ)
    if told is None:
        show(EXAMPLE.rstrip())
        say(f"nobody signs in yet; write this, with your own values, to {file}")
        return
    metadata = Provider(told).metadata()
    load_secrets(settings.home, os.environ)
    show(f"provider: {metadata.issuer}")
    show(f"redirect address, to be registered there: {told.redirect_address}")
    show(f"a sign-in is good for {told.hours:g} hours")
    show(f"editors: {', '.join(told.editors) or 'nobody'}")
    show(f"readers: {', '.join(told.readers) or 'nobody'}")
    if not metadata.end_session:
        say("the provider ends no session: who signs out of the app stays signed in there")


@tokens_app.command("make")
def make(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Whose it is; told in the audit.")],
    role: Annotated[
        str, typer.Option(help="reader: ask and read. editor: add and remove sources, too.")
    ] = "reader",
    days: Annotated[
        int | None, typer.Option(min=1, max=36500, help="How long it is valid. [default: for ever]")
    ] = None,
) -> None:
    """Make a token and print it; it is told this once, and only its digest is kept."""
    if role not in ("reader", "editor"):
        raise typer.BadParameter(f"there is no role {role!r}; reader or editor")
    made: Role = "editor" if role == "editor" else "reader"
    show(make_token(context.obj.home, name, made, days))
    say("keep it now: it cannot be shown again")


@tokens_app.command("list")
def list_all(context: typer.Context, as_json: Json = False) -> None:
    """List the tokens: name, role, when made and until when valid, the last four signs."""
    tokens = list_tokens(context.obj.home)
    if as_json:
        told = (asdict(one) for one in tokens)
        print_json({"tokens": [{k: v for k, v in one.items() if k != "digest"} for one in told]})
        return
    for one in tokens:
        until = f"until {one.expires[:10]}" if one.expires else "for ever"
        show(f"{one.name}  {one.role}  made {one.made[:10]}, {until}  ...{one.ending}")
    if not tokens:
        say("no tokens yet; make one: rare-earth tokens make NAME")


@tokens_app.command("revoke")
def revoke(context: typer.Context, name: str) -> None:
    """Revoke a token; a server that runs refuses it at once."""
    revoke_token(context.obj.home, name)
    show(f"revoked {name}")
