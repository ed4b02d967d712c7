"""The Streamlit application: its pages, and what they share.

Started by `streamlit run ui/app.py`, which `rare-earth ui` does.
"""

import streamlit as st

from ui.appearance import NAME_PLATE, STYLE
from ui.error_report import reported_errors
from ui.page_address import VIEWER
from ui.signing_in import draw_person, let_in
from ui.source_filters import keep_filters

# No icons here: a page's icon becomes the favicon, which the browser fetches from Google.
ask = st.Page("app_pages/ask.py", title="Ask", default=True)
figures = st.Page("app_pages/figures.py", title="Figures")
check = st.Page("app_pages/check.py", title="Check a draft")
radar = st.Page("app_pages/radar.py", title="Radar")
sources = st.Page("app_pages/sources.py", title="Sources")
grid = st.Page("app_pages/grid.py", title="Grid")
evaluation = st.Page("app_pages/evaluation.py", title="Evaluation")
review = st.Page("app_pages/review.py", title="Review drafts")
model = st.Page("app_pages/model.py", title="Language model")
viewer = st.Page(VIEWER, title="Page viewer", visibility="hidden")

st.logo(NAME_PLATE, size="small")
st.html(STYLE)
person = let_in()
sections = {
    "": [ask, figures, grid, check, radar, sources, viewer],
    "Evaluate": [evaluation, *([review] if person.is_editor else [])],
    **({"Settings": [model]} if person.is_editor else {}),
}
page = st.navigation(sections, position="top")
st.set_page_config(page_title=f"{page.title} - Rare Earth Assistant", layout="wide")
keep_filters()
draw_person(person)
with reported_errors():
    page.run()
