"""What a user would otherwise take: LlamaIndex's quick start, with the same model and store.

Default splitter and settings, Chroma, ten passages. PDF files are given page by page as pypdf reads
them, which is what its own reader does; other files as their text.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.embedding import packaged_folder

_TEXTS = (".txt", ".md", ".html", ".csv", ".xml")


def open_quick_start(folders: Sequence[Path], store: Path) -> Callable[[str], object]:
    """Index the files of folders and return what retrieves ten passages for a question."""
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    model = HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu")
    client = chromadb.PersistentClient(str(store), settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("quick_start", embedding_function=None)
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
    documents = [Document(text=text, metadata=about) for text, about in _texts(folders)]
    index = VectorStoreIndex.from_documents(documents, storage_context=context, embed_model=model)
    return index.as_retriever(similarity_top_k=10).retrieve


def _texts(folders: Sequence[Path]) -> Iterator[tuple[str, dict[str, str]]]:
    from openpyxl import load_workbook
    from pypdf import PdfReader

    for file in sorted(file for folder in folders for file in folder.rglob("*")):
        about = {"file_name": file.name}
        if file.suffix == ".pdf":
            for number, page in enumerate(PdfReader(file).pages, start=1):
                yield page.extract_text(), about | {"page_label": str(number)}
        elif file.suffix == ".xlsx":
            for sheet in load_workbook(file, data_only=True).worksheets:
                rows = sheet.iter_rows(values_only=True)
                yield (
                    "\n".join(", ".join(str(c) for c in row if c is not None) for row in rows),
                    about,
                )
        elif file.suffix in _TEXTS:
            yield file.read_text(encoding="utf-8", errors="replace"), about
