"""The assistant as LlamaIndex knows it: a retriever and a query engine over a home.

    assistant = Assistant(load_settings(os.environ))
    engine = RareEarthQueryEngine(assistant)
    response = engine.query("What was the average price of NdPr oxide in 2025?")

Nodes carry what a citation needs in their metadata: title, publisher, page, page label, offsets.
"""

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.answer import Citation, citation_to_json
from assistant.assistant import Assistant
from corpus.document import Source
from index.passage import Evidence, Filters


class RareEarthRetriever(BaseRetriever):
    """Finds passages as `Assistant.search` does, each a node with its score."""

    def __init__(self, assistant: Assistant, limit: int = 10, filters: Filters = Filters()) -> None:
        super().__init__()
        self._assistant = assistant
        self._limit = limit
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._assistant.search(query_bundle.query_str, self._limit, self._filters)
        return [_evidence_node(evidence) for evidence in found]


class RareEarthQueryEngine(BaseQueryEngine):
    """Answers as `Assistant.ask` does.

    The response's text is the answer with its markers, its source nodes are the cited quotes in
    order of their numbers, and its metadata holds `status`, `model` and `warnings`.
    """

    def __init__(self, assistant: Assistant, filters: Filters = Filters()) -> None:
        super().__init__(callback_manager=None)
        self._assistant = assistant
        self._filters = filters

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str, (), self._filters)
        return Response(
            answer.text,
            source_nodes=[_citation_node(citation) for citation in answer.citations],
            metadata={
                "status": answer.status,
                "model": answer.model,
                "warnings": list(answer.warnings),
            },
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _evidence_node(evidence: Evidence) -> NodeWithScore:
    passage = evidence.passage
    place = {
        "page": passage.page,
        "page_label": passage.page_label,
        "start": passage.start,
        "end": passage.end,
    }
    node = _node(passage.id, passage.text, evidence.source, place)
    return NodeWithScore(node=node, score=evidence.score)


def _citation_node(citation: Citation) -> NodeWithScore:
    told = citation_to_json(citation)
    place = {name: told[name] for name in ("number", "page", "page_label", "start", "end")}
    id = f"{citation.source.id}:{citation.page}:{citation.start}-{citation.end}"
    return NodeWithScore(node=_node(id, citation.quote, citation.source, place))


def _node(id: str, text: str, source: Source, place: dict[str, Any]) -> TextNode:
    about = {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "edition": source.edition,
        "path": source.path,
    }
    metadata = about | place
    # Only the words themselves go to a model that a LlamaIndex user puts behind the retriever,
    # with title and page: ids and offsets are for code.
    hidden: Sequence[str] = [name for name in metadata if name not in ("title", "page_label")]
    return TextNode(id_=id, text=text, metadata=metadata, excluded_llm_metadata_keys=list(hidden))
