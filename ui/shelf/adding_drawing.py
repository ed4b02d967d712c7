"""Draws where documents are added, how far that is, and what became of each."""

from html import escape
from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from corpus.build_pdfs import DOCUMENTS
from corpus.reading import readable_endings
from index.ingestion.sync import Progress
from ui.drawing.drawing import literal
from ui.resources import get_adding
from ui.shelf.adding import Adding, AddingView

_LOOK_SECONDS = 0.5  # between two looks at how far it is
_AT_ONCE_SECONDS = 0.6  # what is added within it is drawn without a bar before
_FOLDER = "A folder of this machine"
_OFTEN = {"once": 0, "every hour": 3_600, "every day": 86_400, "every week": 7 * 86_400}
_SHOWN = 200  # outcomes of a large folder


def draw_first_documents(assistant: Assistant) -> None:
    """Draw, in place of a page that has nothing to work on yet, where documents are added."""
    st.title("No documents yet", anchor=False)
    if not assistant.person.is_editor:
        st.markdown("This home holds nothing to answer from. Its editors add documents.")
        return
    st.markdown("This home holds nothing to answer from. Add documents, here or by a command:")
    st.code("rare-earth add FOLDER", language=None)
    adding = get_adding()
    if not assistant.person.id:
        st.button(
            "Add the library that comes with it",
            help="57 documents about rare earths, read in about half a minute",
            icon=":material/library_add:",
            on_click=adding.add_folder,
            args=(assistant, DOCUMENTS),
            disabled=bool(adding.view().doing),
        )
    draw_adding(assistant)
    draw_progress(adding)


def draw_adding(assistant: Assistant) -> None:
    """Draw the forms for files and addresses, and for a folder where nobody signs in from afar."""
    names = ["Files", "From the web"]
    uploads, web, *folder = st.tabs(names if assistant.person.id else [*names, _FOLDER])
    with uploads:
        _draw_files(assistant)
    with web:
        _draw_addresses(assistant)
    if folder:
        with folder[0]:
            _draw_folder(assistant)


def _draw_files(assistant: Assistant) -> None:
    with st.form("adding_files", clear_on_submit=True, border=False):
        endings = [ending.lstrip(".") for ending in readable_endings()]
        files = st.file_uploader(
            "Drop documents here", type=endings, accept_multiple_files=True, key="added_files"
        )
        if st.form_submit_button("Add the files", type="primary") and files:
            adding = get_adding()
            adding.send(assistant, [(file.name, file.getvalue()) for file in files])
            adding.wait(_AT_ONCE_SECONDS)


def _draw_addresses(assistant: Assistant) -> None:
    with st.form("adding_addresses", border=False):
        told = st.text_area(
            "Addresses, one a line",
            key="added_addresses",
            placeholder="https://example.com/news",
            max_chars=20_000,
            height=80,
        )
        often = st.selectbox("Look at them", list(_OFTEN), key="added_often")
        st.caption(
            "Pages, feeds and sitemaps. A page that changes becomes a new version; the earlier "
            "one is kept."
        )
        if st.form_submit_button("Add the addresses", type="primary") and told.split():
            adding, addresses = get_adding(), told.split()
            if every_seconds := _OFTEN[often]:
                adding.follow(assistant, addresses, every_seconds)
            else:
                adding.add_addresses(assistant, addresses)
            adding.wait(_AT_ONCE_SECONDS)


def _draw_folder(assistant: Assistant) -> None:
    with st.form("adding_folder", border=False):
        path = st.text_input(
            "Folder", key="added_folder", placeholder="/home/me/reports", max_chars=1000
        )
        st.caption("New, changed and removed files of it are followed each time it is added.")
        if st.form_submit_button("Add the folder", type="primary") and path.strip():
            adding = get_adding()
            adding.add_folder(assistant, Path(path.strip()).expanduser())
            adding.wait(_AT_ONCE_SECONDS)


def draw_progress(adding: Adding) -> None:
    """Draw how far adding is, and what became of what was added. Raises what ended it."""
    view = adding.view()
    if view.failed:
        adding.forget()
        raise view.failed
    if view.doing:
        _draw_underway(adding)
    if view.outcomes:
        _draw_outcomes(view)
        if view.doing:
            return
        if not any(one.reason for one in view.outcomes):
            adding.forget()  # what was read without a fault is told once
        else:
            st.button("Clear the list", key="forget_added", on_click=adding.forget)


@st.fragment(run_every=_LOOK_SECONDS)
def _draw_underway(adding: Adding) -> None:
    """Draw the bar again and again; once all is added the page draws what became of it."""
    view = adding.view()
    if not view.doing:
        st.rerun()
    progress = view.progress
    done = progress.done / progress.total if progress and progress.total else 0.0
    st.progress(min(done, 1.0), text=literal(_doing(view)))


def _doing(view: AddingView) -> str:
    told = [f"Reading {view.doing}"]
    if progress := view.progress:
        told.append(_place(progress))
    if view.waiting:
        told.append(f"{view.waiting} more wait")
    return "; ".join(filter(None, told))


def _place(progress: Progress) -> str:
    left = progress.seconds_left
    about = f", about {max(round(left, -1), 10):.0f} s left" if left >= 0 else ""
    return f"{progress.done} of {progress.total} done, at {progress.path}{about}"


def _draw_outcomes(view: AddingView) -> None:
    """Draw what became of each file, those that were not read first."""
    told = sorted(view.outcomes, key=lambda one: not one.reason)
    items = "".join(
        f"<li><b>{escape(one.outcome.capitalize())}</b>: {escape(one.name)}"
        f'<div class="quiet">{escape(one.reason)}</div></li>'
        for one in told[:_SHOWN]
    )
    more = len(told) - _SHOWN
    rest = f'<div class="quiet">and {more} more</div>' if more > 0 else ""
    st.html(f'<div role="status"><ul class="reasons">{items}</ul>{rest}</div>')
