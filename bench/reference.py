"""The reference pages of the documentation: `python -m bench.reference` writes docs/reference anew.

Commands come from the command line itself, settings from their dataclass, addresses from the
OpenAPI description of the server. A test holds the pages against what this makes.
"""

import inspect
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.assistant import Assistant
from assistant.cli.main import app
from assistant.serving.access import Access
from assistant.serving.application import make_application
from assistant.serving.request_limits import RequestLimits
from assistant.settings import VARIABLES, Settings

PAGES = Path(__file__).parents[1] / "docs" / "reference"
_MADE = "<!-- made by python -m bench.reference -->"
_COMMENT = re.compile(r"^    (\w+): .*?  # (.*)$", re.M)
_BY_ITSELF = {  # what is set in another way than by a line of settings.toml
    "home": ("", "RARE_EARTH_HOME"),
    "model_key": ("", "RARE_EARTH_MODEL_KEY"),
    "is_key_in_keyring": ('model_key_in = "keyring"', ""),
    "vector_header": ("", "RARE_EARTH_VECTOR_HEADER"),
    "is_header_in_keyring": ('vector_header_in = "keyring"', ""),
}
_USUAL_ERRORS = ("401", "403", "422", "429", "503")
_FIELDS = ("field", "type", "needed, or its default", "what it is")


def reference_pages() -> dict[str, str]:
    """Return the pages of the reference by the names of their files."""
    return {
        "commands.md": _page(_commands()),
        "settings.md": _page(_settings()),
        "addresses.md": _page(_addresses(_description())),
    }


def _page(lines: Iterator[str]) -> str:
    return "\n".join((*lines, ""))


def _commands() -> Iterator[str]:
    group = typer.main.get_command(app)
    yield from ("# Commands", "", _MADE, "")
    yield "What `rare-earth COMMAND --help` says. Results go to stdout, progress and warnings to"
    yield "stderr; exit 0 for success, 1 for an expected error in one line, 2 for wrong usage."
    for name, command in _named(group, "rare-earth"):
        yield from ("", f"## `{name}`", "", f"    {_usage(name, command)}", "")
        yield inspect.cleandoc(command.help or "")
        context = command.make_context(name, [], resilient_parsing=True)
        told = (one.get_help_record(context) or ("", "") for one in command.params)
        rows = [
            (f"`{words}`", _default(one.default), help_text or "")
            for one, (words, help_text) in zip(command.params, told, strict=True)
        ]
        yield from _table(("argument or option", "default", "what it does"), rows)


def _named(command: Any, name: str) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Yield a command and those below it by all their words, in order of their names."""
    yield name, command
    for word, below in sorted(getattr(command, "commands", {}).items()):
        yield from _named(below, f"{name} {word}")


def _usage(name: str, command: TyperCommand | TyperGroup) -> str:
    context = command.make_context(name, [], resilient_parsing=True)
    return " ".join((name, *command.collect_usage_pieces(context)))


def _default(value: object) -> str:
    """Return a default in words, "" where it is nothing or an object that is told elsewhere."""
    return f"`{value}`" if value and isinstance(value, str | int | float) else ""


def _settings() -> Iterator[str]:
    comments = dict(_COMMENT.findall(inspect.getsource(Settings)))
    yield from ("# Settings", "", _MADE, "")
    yield "A flag goes before the environment, that before `settings.toml` in the home. What has no"
    yield "name there is given in the environment alone."
    rows = []
    for one in fields(Settings):
        line, variable = _BY_ITSELF.get(one.name, (one.name, VARIABLES.get(one.name, "")))
        default = "" if one.name in _BY_ITSELF else _default(one.default)
        rows.append((_code(line), _code(variable), default, comments[one.name]))
    yield from _table(("in settings.toml", "in the environment", "default", "what it is"), rows)
    yield from ("", "How [people sign in](../people.md) stands in a file of its own, which")
    yield "`RARE_EARTH_SIGN_IN` names, and in `RARE_EARTH_CLIENT_SECRET` and"
    yield "`RARE_EARTH_COOKIE_SECRET`."


def _code(words: str) -> str:
    return f"`{words}`" if words else ""


def _description() -> dict[str, Any]:
    """Return the OpenAPI description of a server before an empty home."""
    with tempfile.TemporaryDirectory() as home:
        assistant = Assistant(Settings(Path(home)))
        try:
            return make_application(assistant, Access(), RequestLimits()).openapi()
        finally:
            assistant.close()


def _addresses(description: Mapping[str, Any]) -> Iterator[str]:
    schemas = description["components"]["schemas"]
    yield from ("# Addresses", "", _MADE, "")
    yield 'What `rare-earth serve` answers to. Errors are `{"error": "..."}`; each address but'
    yield f"`/health` and `/ready` may answer {', '.join(_USUAL_ERRORS)} ([why](../server.md))."
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            yield from ("", f"## `{method.upper()} {path}`", "", operation["description"])
            yield from _table(_FIELDS, [*_parameters(operation), *_body(operation, schemas)])
            yield from _replies(operation["responses"])
    yield from ("", "## Values", "", "What bodies and answers are made of.")
    for name, schema in sorted(schemas.items()):
        if not name.startswith("Body_"):
            yield from ("", f"### {name}", "", schema.get("description", ""))
            yield from _table(_FIELDS, _properties(schema))


def _parameters(operation: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for one in operation.get("parameters", ()):
        yield _field(one["name"], one["schema"], one["required"], one["in"])


def _body(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _properties(schemas[_named_schema(content["schema"])])


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, one in schema.get("properties", {}).items():
        yield _field(name, one, name in schema.get("required", ()))


def _field(
    name: str, schema: Mapping[str, Any], required: bool, place: str = ""
) -> tuple[str, ...]:
    told = (f"in the {place}" if place else "", schema.get("description", ""))
    return (
        f"`{name}`",
        _type(schema),
        "yes" if required else _default(schema.get("default")),
        "; ".join(filter(None, told)),
    )


def _type(schema: Mapping[str, Any]) -> str:
    """Return the type of a field in words, a value with a name as a link to it."""
    if "$ref" in schema:
        name = _named_schema(schema)
        return f"[{name}](#{name.lower()})"
    if options := schema.get("anyOf"):
        return " or ".join(_type(one) for one in options)
    if values := schema.get("enum") or [one for one in (schema.get("const"),) if one is not None]:
        return ", ".join(f"`{value}`" if value else "empty" for value in values)
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "anything"))


def _named_schema(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _replies(responses: Mapping[str, Any]) -> Iterator[str]:
    for status, reply in sorted(responses.items()):
        if status not in _USUAL_ERRORS:
            kinds = [
                f"`{kind}` {_type(content['schema']) if content.get('schema') else ''}".rstrip()
                for kind, content in reply.get("content", {}).items()
            ]
            yield from (
                "",
                f"{status}: {reply['description'].rstrip('.')}. {', '.join(kinds)}".rstrip(),
            )


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]] | Iterator[tuple[str, ...]]
) -> Iterator[str]:
    """Yield a table of Markdown, nothing where it has no rows."""
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    if lines:
        yield from ("", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *lines)


def _cell(words: str) -> str:
    return " ".join(words.replace("|", "\\|").split())


def main() -> None:
    """Write the pages."""
    PAGES.mkdir(exist_ok=True)
    for name, text in reference_pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
