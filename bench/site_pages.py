"""What MkDocs calls as it builds the site: the pages that lie beside docs/ are taken in.

Their links are written for a reader of the repository; on the site all pages lie in one folder.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_ROOT = Path(__file__).parents[1]
_BESIDE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE")
_LINK_TO_DOCS = re.compile(r"\]\(docs/")
_LINK_UPWARDS = re.compile(rf"\]\(\.\./({'|'.join(map(re.escape, _BESIDE))})")

_BLOCK_IN_A_LIST = re.compile(r"^ {3}```.*?^ {3}```$", re.M | re.S)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave pages that are not there, those of a later version, out of the navigation."""
    config.nav = _present(config.nav or [])
    return config


def _present(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries of which there is a page, groups with those of theirs."""
    found = list[dict[str, Any]]()
    for (title, place), *_ in (tuple(entry.items()) for entry in entries):
        if not isinstance(place, str):
            found.append({title: _present(place)})
        elif place in _BESIDE or (_ROOT / "docs" / place).exists():
            found.append({title: place})
    return found


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie beside docs/."""
    for name in _BESIDE:
        text = (_ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=_LINK_TO_DOCS.sub("](", text)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Return a page with links and lists as MkDocs reads them.

    What lies beside docs/ lies in it there; a block in a list is indented by four, and a blank
    line stands behind it.
    """
    indented = _BLOCK_IN_A_LIST.sub(lambda found: indent(f"{found.group()}\n", " "), markdown)
    return _LINK_UPWARDS.sub(r"](\1", indented)
