"""Draws the watched folders of this machine: named, watched, stopped."""

from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from ui.drawing.drawing import literal
from ui.radar.folder_watch import FolderWatch


def draw_watch(assistant: Assistant, watch: FolderWatch) -> None:
    """Draw which folders are watched, or where they are named."""
    with st.expander("Watched folders", icon=":material/folder_eye:"):
        if watch.is_running:
            st.markdown(literal(f"Watching {', '.join(map(str, watch.folders))}"))
            if st.button("Stop watching"):
                watch.stop()
                st.rerun()
        else:
            _draw_form(assistant, watch)
        for line in watch.lines:
            st.caption(literal(line))


def _draw_form(assistant: Assistant, watch: FolderWatch) -> None:
    with st.form("watch", border=False):
        told = st.text_area("Folders of this machine, one a line", height=80)
        if not st.form_submit_button("Watch"):
            return
    folders = [Path(line.strip()).expanduser() for line in told.splitlines() if line.strip()]
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing or not folders:
        named = ", ".join(map(str, missing)) or "nothing"
        st.error(literal(f"{named} is no folder; name folders that are there"))
        return
    watch.start(assistant, [folder.resolve() for folder in folders])
    st.rerun()
