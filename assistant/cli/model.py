"""Commands for the language model: find, set, check."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.options import Json
from assistant.cli.printing import print_json, say, show
from assistant.errors import SettingsError
from assistant.language_model.discovery import USUAL, find_servers
from assistant.language_model.keys import store_key
from assistant.settings import Settings, environment_over, keep_settings, load_settings
from assistant.writing import find_out

app = typer.Typer(no_args_is_help=True, help="The language model that writes answers.")


@app.command()
def find(as_json: Json = False) -> None:
    """Look for language models that are served on this machine, at the usual addresses.

    Asks Ollama, LM Studio, llama.cpp and vLLM on 127.0.0.1 for their lists of models, and nobody
    else. `model set` takes what is found.
    """
    found = find_servers()
    if as_json:
        print_json({"servers": [asdict(one) for one in found]})
        return
    for server in found:
        show(f"{server.address}  ({server.program})")
        for name in server.models:
            show(f"    {name}")
        if not server.models:
            show("    no model is loaded")
    if found:
        name = next((name for one in found for name in one.models), "NAME")
        say(f"take one with: rare-earth model set {found[0].address} {name}")
    else:
        places = ", ".join(f"{program} ({address})" for program, address in USUAL)
        say(f"nobody answers at the usual addresses: {places}; start a server, or set its address")


@app.command(name="set")
def set_model(
    context: typer.Context,
    address: Annotated[
        str, typer.Argument(help="Where it is served: http://localhost:11434/v1; - for no model.")
    ],
    name: Annotated[str, typer.Argument(help="The model's name there.")] = "",
    verifier: Annotated[
        str, typer.Option(help="Another model there that verifies what this one writes.")
    ] = "",
    rounds: Annotated[
        int,
        typer.Option(
            min=1,
            max=5,
            help="How often a broad question is searched for: again for what the model left open.",
        ),
    ] = 1,
    tokens: Annotated[
        int,
        typer.Option(
            min=0,
            help="From how many tokens on an answer asks for no more than it must; 0 for no limit.",
        ),
    ] = 0,
    ask_key: Annotated[
        bool, typer.Option("--key", help="Ask for a key and keep it in the system's keyring.")
    ] = False,
    is_checked: Annotated[
        bool, typer.Option("--check/--no-check", help="Find out what it can do.")
    ] = True,
) -> None:
    """Keep in the home which language model writes answers, and find out what it can do.

    The key is never written into a file: give it in RARE_EARTH_MODEL_KEY, or with --key, which
    keeps it in the system's keyring. What the environment sets goes before what is kept.
    """
    settings: Settings = context.obj
    is_none = address == "-"
    if not (is_none or name):
        raise typer.BadParameter("give the model's NAME, too; `rare-earth model find` lists them")
    told = {
        "model_address": "" if is_none else address.rstrip("/"),
        "model": "" if is_none else name,
        "verifier": "" if is_none else verifier,
        "search_rounds": str(rounds) if rounds > 1 and not is_none else "",
        "model_tokens": str(tokens) if tokens and not is_none else "",
        "model_key_in": "keyring" if ask_key and not is_none else "",
    }
    if not is_none:
        wanted = {"RARE_EARTH_MODEL_ADDRESS": address, "RARE_EARTH_MODEL": name}
        load_settings(wanted, settings.home)  # what cannot be used is not kept
    if ask_key and not is_none:
        store_key(told["model_address"], typer.prompt("Key", hide_input=True))
    file = keep_settings(settings.home, told)
    say(f"no language model is kept in {file}" if is_none else f"{name} is kept in {file}")
    for variable in environment_over(os.environ, told):
        say(f"warning: {variable} is set and goes before it")
    if is_checked and not is_none:
        kept = load_settings(os.environ, settings.home)
        show(find_out(kept).said)


@app.command()
def check(context: typer.Context, as_json: Json = False) -> None:
    """Find out what the language model that is set can do, by three small requests.

    Whether it quotes letter by letter, tells a false sentence from a true one, and says when there
    is no answer. One that does not quote or verify writes nothing: it chooses among the sources'
    own sentences. Where it does not answer, the error says what is wrong and what to do.
    """
    settings: Settings = context.obj
    if not settings.model:
        raise SettingsError(
            "no language model is set; `rare-earth model find` looks for one on this machine, "
            "`rare-earth model set` keeps it"
        )
    abilities = find_out(settings)
    if as_json:
        print_json(asdict(abilities))
    else:
        show(abilities.said)
        say(f"found out in {abilities.seconds:g} s")
