"""The command that tells whether the language model that is set answers."""

import time

import typer

from assistant.cli.options import Json
from assistant.cli.printing import print_json, show
from assistant.errors import SettingsError
from assistant.language_model import Allowance, Message, model_of
from assistant.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The language model that writes answers.")


@app.callback()
def _group() -> None:
    """Keep `check` a command of its own although it is the only one."""


@app.command()
def check(context: typer.Context, as_json: Json = False) -> None:
    """Ask the language model that is set for one word; say how long it took.

    Where it does not answer, the error says what is wrong and what to do.
    """
    settings: Settings = context.obj
    if not settings.model:
        raise SettingsError(
            "no language model is set; set RARE_EARTH_MODEL_ADDRESS and RARE_EARTH_MODEL"
        )
    began = time.monotonic()
    question = [Message("user", "Answer with one word: is the sky blue?")]
    *_, last = model_of(settings).write(question, Allowance.of(settings.model_seconds))
    seconds, tokens = round(time.monotonic() - began, 2), last.tokens
    if as_json:
        counts = {"prompt": tokens.prompt, "completion": tokens.completion}
        print_json({"model": settings.model, "seconds": seconds, "tokens": counts})
    else:
        show(
            f"{settings.model} answers: {seconds} s, "
            f"{tokens.prompt} tokens read, {tokens.completion} written"
        )
