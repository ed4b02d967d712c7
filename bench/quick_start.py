"""What a user would otherwise take: LlamaIndex's quick start, with the same model and store.

Default splitter and settings, Chroma. PDF files are given page by page as pypdf reads them, which
is what its own reader does (two of the filings only with pypdf's limits raised, which it does not);
other files as their text.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index.embedding import packaged_folder

_TEXTS = (".txt", ".md", ".html", ".csv", ".xml")
_LIMITS = {"array_maximum_element_count": 2_000_000, "dictionary_maximum_element_count": 1_000_000}


def quick_start_model() -> Any:
    """Return the packaged model as LlamaIndex's quick start loads one."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu")


def open_quick_start(
    folders: Sequence[Path], store: Path, limit: int = 10
) -> Callable[[str], list[dict[str, Any]]]:
    """Index the files of folders and return what finds `limit` passages for a question.

    They are given in the form of `search --json`.
    """
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(store), settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("quick_start", embedding_function=None)
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
    documents = [
        Document(text=text, metadata=about, excluded_embed_metadata_keys=["path"])
        for text, about in _texts(folders)
    ]
    index = VectorStoreIndex.from_documents(
        documents, storage_context=context, embed_model=quick_start_model()
    )
    retriever = index.as_retriever(similarity_top_k=limit)
    return lambda question: [_evidence(node) for node in retriever.retrieve(question)]


def _evidence(found: Any) -> dict[str, Any]:
    about = found.node.metadata
    label = about.get("page_label", "1")
    return {
        "source_id": about["path"],
        "path": about["path"],
        "page": int(label),
        "page_label": label,
        "start": found.node.start_char_idx or 0,
        "text": found.node.get_content(),
    }


def _texts(folders: Sequence[Path]) -> Iterator[tuple[str, dict[str, str]]]:
    import pypdf
    from openpyxl import load_workbook

    for file in sorted(file for folder in folders for file in folder.rglob("*")):
        about = {"file_name": file.name, "path": str(file)}
        if file.suffix == ".pdf":
            with pypdf.apply_configuration(None, **_LIMITS):
                pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
            for number, text in enumerate(pages, start=1):
                yield text, about | {"page_label": str(number)}
        elif file.suffix == ".xlsx":
            for sheet in load_workbook(file, data_only=True).worksheets:
                rows = sheet.iter_rows(values_only=True)
                yield (
                    "\n".join(", ".join(str(c) for c in row if c is not None) for row in rows),
                    about,
                )
        elif file.suffix in _TEXTS:
            yield file.read_text(encoding="utf-8", errors="replace"), about
