"""One request to an endpoint through LlamaIndex's OpenAILike, which is opened here."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.answer import Tokens
from assistant.language_model.faults import BadReply, BadReplyError
from assistant.language_model.model import Allowance, Asked, Form, Piece
from assistant.language_model.served_model import ServedModel
from assistant.language_model.wire import Wire

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

_MOST_TOKENS = 2000  # of a reply: some ten sentences with their quotes
_MOST_CHARS = 24_000  # where an endpoint does not keep to them
_DEFAULT_TEMPERATURE = 1.0  # the only one that some endpoints take
_NO_KEY = "none"  # our key is put on the wire and stays out of objects that libraries print


def load_libraries() -> None:
    """Load what a request needs, which takes some seconds the first time."""
    from llama_index.llms.openai_like import OpenAILike  # noqa: F401


def chat(
    served: ServedModel,
    asked: Asked,
    allowance: Allowance,
    wire: Wire,
    without: Collection[str] = (),
) -> Iterator[Piece]:
    """Yield what the model writes; the last piece has the tokens, where told.

    `without` names what an endpoint refuses of "max_tokens", "temperature", "stream_options" and
    "response_format".

    Raises what the libraries raise (see `faults`), and BadReplyError.
    """
    import httpx
    from llama_index.core.llms import ChatMessage

    # Proxies of the environment are not used: they would see what goes to a server on this machine.
    with httpx.Client(transport=wire, trust_env=False, follow_redirects=False) as client:
        model = _model(served, allowance, client, without)
        tokens, chars, ending, parts = Tokens(), 0, "", 0
        messages = [ChatMessage(role=each.role, content=each.content) for each in asked.messages]
        options = {name: told for name, told in _options(asked.form) if name not in without}
        for part in model.stream_chat(messages, **options):
            parts += 1
            tokens = _tokens(part.additional_kwargs) or tokens
            ending = _ending(part.raw) or ending
            if text := (part.delta or "")[: _MOST_CHARS - chars]:
                chars += len(text)
                yield Piece(text)
            if chars >= _MOST_CHARS:
                ending = "length"
                break
    _check_whole(parts, chars, ending)
    yield Piece("", tokens)


def _model(
    served: ServedModel, allowance: Allowance, client: "httpx.Client", without: Collection[str]
) -> "OpenAILike":
    """Return the library's model, which asks through our client."""
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=served.name,
        api_base=served.address,
        api_key=_NO_KEY,
        is_chat_model=True,
        temperature=_DEFAULT_TEMPERATURE if "temperature" in without else 0.0,
        max_tokens=None if "max_tokens" in without else _MOST_TOKENS,
        max_retries=0,
        timeout=allowance.left(),
        http_client=client,
    )


def _options(form: Form | None) -> Iterator[tuple[str, object]]:
    """Yield what is asked of an endpoint beside the messages, by the parameter that tells it."""
    yield "stream_options", {"include_usage": True}
    if form:
        schema = {"name": form.name, "schema": form.schema, "strict": True}
        yield "response_format", {"type": "json_schema", "json_schema": schema}


def _tokens(told: Mapping[str, object]) -> Tokens | None:
    """Return the tokens spent, where a piece of the stream tells them."""
    prompt, completion = told.get("prompt_tokens"), told.get("completion_tokens")
    if isinstance(prompt, int) and isinstance(completion, int):
        return Tokens(prompt, completion)
    return None


def _ending(raw: object) -> str:
    """Return why the model stopped, as the piece of the stream tells it; "" before it has."""
    choices = getattr(raw, "choices", None)
    return str(choices[0].finish_reason or "") if choices else ""


def _check_whole(parts: int, chars: int, ending: str) -> None:
    """Raise BadReplyError for a stream that was none, had no text, or broke off."""
    if not parts:
        raise BadReplyError(BadReply.NO_STREAM)
    if not ending:
        raise BadReplyError(BadReply.BROKEN)
    if not chars and ending == "length":
        raise BadReplyError(BadReply.ONLY_THOUGHT)
    if not chars:
        raise BadReplyError(BadReply.EMPTY)
