"""Reading web pages: what of a page is its content, with its headings, lists and tables."""

from corpus.document import Reading
from corpus.errors import UnreadableSourceError
from corpus.html.content import choose_content
from corpus.html.metadata import read_metadata
from corpus.html.notes import with_linked_notes
from corpus.html.opening import decode_html, open_html
from corpus.html.parts import find_parts
from corpus.html.pruning import prune
from corpus.html.scripts import check_filled, runs_scripts
from corpus.html.writing import write_parts
from corpus.page_writer import PageWriter


def read_html(data: bytes, name: str) -> Reading:
    """Read a web page as one page; scripts, navigation and hidden parts are left out.

    Nothing is fetched. What stands around the content is written, but in no block. Raises
    UnreadableSourceError for what is no web page or has no text, and NoFactsError for a page
    whose content a script would fill in.
    """
    text = decode_html(data, name)
    root = open_html(text, name)
    metadata = read_metadata(root, text)
    scripted = runs_scripts(root)
    prune(root)
    parts = with_linked_notes(root, find_parts(root))
    chosen = choose_content(root, parts)
    content = [part for part, is_chosen in zip(parts, chosen, strict=True) if is_chosen]
    check_filled(content, scripted, name)
    writer = PageWriter()
    write_parts(writer, parts, chosen)
    page = writer.page()
    if not page.blocks:
        raise UnreadableSourceError(f"{name}: the page has no text; fetch it again or remove it")
    return Reading((page,), metadata)
