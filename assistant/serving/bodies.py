"""What other programs may send: the bodies of requests, held to limits."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from assistant.answer import Turn
from assistant.desk.collections import Collections, within
from index.passage import Filters

QUESTION_CHARS = 4_000
_TURN_CHARS = 50_000
_TURNS = 100
_FILTER_CHARS = 300
_SHOWN_CHARS = 60  # of a name that is told back
DRAFT_CHARS = 500_000
ADDRESS_CHARS = 4_000
_PAGES = 100  # of the web that are fetched while a program waits
_FOLLOWED = 10_000

QuestionText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION_CHARS)
]
FilterText = Annotated[str, Field(max_length=_FILTER_CHARS)]
Streamed = Annotated[
    bool, Field(description="A line of JSON for each sentence, as soon as it is checked.")
]
AddressText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ADDRESS_CHARS)
]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class _Body(BaseModel):
    """What is sent, of which no field may be misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _name_fields(cls, sent: Any) -> Any:
        names = sent if isinstance(sent, dict) else {}
        unknown = [name for name in names if name not in cls.model_fields]
        if unknown:
            raise PydanticCustomError(
                "unknown_field",
                "there is no {name}; there is {known}",
                {"name": repr(unknown[0][:_SHOWN_CHARS]), "known": ", ".join(cls.model_fields)},
            )
        return sent


class FilterBody(_Body):
    """Which sources are looked at; empty fields admit all. The same as the command line's."""

    publisher: FilterText = ""
    type: Annotated[FilterText, Field(description="A rank (official) or a file type (pdf).")] = ""
    language: FilterText = ""
    published_from: Annotated[FilterText, Field(description="An ISO date.")] = ""
    published_to: Annotated[FilterText, Field(description="An ISO date.")] = ""
    data_year: Annotated[int | None, Field(ge=1, le=9999)] = None
    source: Annotated[FilterText, Field(description="An id, or a part of a path or title.")] = ""
    collection: Annotated[FilterText, Field(description="The name of a collection.")] = ""

    def filters(self, collections: Collections) -> Filters:
        """Return them as an assistant with these collections takes them. Raises CollectionError."""
        chosen = Filters(
            self.publisher,
            self.type,
            self.language,
            self.published_from,
            self.published_to,
            self.data_year,
            self.source,
        )
        return within(collections, self.collection, chosen)


class FileQuery(FilterBody):
    """The parameters of the address that a draft is sent to as a file: filters, and how to tell."""

    stream: Streamed = False


class TurnBody(_Body):
    """One message of the conversation before a question."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=_TURN_CHARS)]


class _Filtered(_Body):
    filters: FilterBody = FilterBody()


class QuestionBody(_Filtered):
    """A question, as a follow-up to the turns before it where there are some."""

    question: QuestionText
    turns: Annotated[list[TurnBody], Field(max_length=_TURNS)] = []

    def told_turns(self) -> tuple[Turn, ...]:
        """Return the turns as the assistant takes them."""
        return tuple(Turn(one.role, one.content) for one in self.turns)


class SearchBody(_Filtered):
    """What to look for, and how many passages are wanted."""

    question: QuestionText
    limit: Annotated[int, Field(ge=1, le=200)] = 10


class FactsBody(_Filtered):
    """What to look up in the ledger, and how many facts are wanted."""

    words: QuestionText
    limit: Annotated[int, Field(ge=1, le=10_000)] = 20


class ClaimBody(_Filtered):
    """A sentence, or several, whose sources are wanted."""

    claim: QuestionText


class DraftBody(_Filtered):
    """The text of a draft; its name tells by .md or .txt how it is written."""

    text: Annotated[str, Field(min_length=1, max_length=DRAFT_CHARS)]
    name: Annotated[str, Field(max_length=200)] = "draft.md"


class PagesBody(_Body):
    """Addresses of pages of the web that are fetched once, at most 100."""

    addresses: Annotated[list[AddressText], Field(min_length=1, max_length=_PAGES)]


class FollowBody(_Body):
    """Addresses that are looked at again and again; without a `kind` the first look tells which."""

    addresses: Annotated[list[AddressText], Field(min_length=1, max_length=_FOLLOWED)]
    every: Annotated[str, Field(max_length=20, description="From 15m to 52w, as 12h.")] = "1d"
    kind: Literal["", "page", "feed", "sitemap"] = ""


class MessageBody(BaseModel):
    """A message as OpenAI's API has it: words, or parts of which those that are words count."""

    role: str
    content: str | list[dict[str, object]] | None = None

    @property
    def text(self) -> str:
        """The words of the message."""
        if isinstance(self.content, str):
            return self.content
        parts = (part.get("text") for part in self.content or ())
        return "\n".join(part for part in parts if isinstance(part, str))


class StreamOptions(BaseModel):
    """What a stream is to tell beside the words."""

    include_usage: bool = False


class CompletionBody(BaseModel):
    """What is read of a request for a chat completion; all else is ignored."""

    messages: Annotated[list[MessageBody], Field(min_length=1, max_length=_TURNS)]
    model: str = ""
    stream: bool = False
    stream_options: StreamOptions | None = None
