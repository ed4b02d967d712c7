"""The pages of the web that a home keeps, a file for each version, its bytes as they came.

HOME/web/HOST/ID/TIME-DIGEST.html     one version of the page that is the source ID
HOME/web/HOST/ID/.TIME-DIGEST.json    where and when it was fetched, and what the server said of it

A file is written whole before the catalog names it, and never changed.
"""

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from corpus.web.fetching import Fetched
from index.errors import IndexingError

WEB_FOLDER = "web"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What is known of a version of a page; `file` is relative to HOME/web."""

    file: str
    asked: str
    address: str  # that answered
    fetched: str  # UTC, ISO 8601
    content_type: str
    etag: str
    modified: str
    sha256: str


def web_root(home: Path) -> Path:
    """Return the folder of the pages of a home, to which their paths are relative."""
    return (home / WEB_FOLDER).resolve()


def keep_page(home: Path, source_id: str, asked: str, page: Fetched, now: datetime) -> KeptPage:
    """Write a page that was fetched, and what is known of it. Raises IndexingError."""
    digest = sha256(page.data).hexdigest()
    host = (urlsplit(asked).netloc.replace(":", "-").strip("[]") or "host")[:100]
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{digest[:12]}"
    kept = KeptPage(
        file=f"{host}/{source_id}/{name}{page.ending}",
        asked=asked,
        address=page.address,
        fetched=now.astimezone(UTC).isoformat(timespec="milliseconds"),
        content_type=page.content_type,
        etag=page.validators.etag,
        modified=page.validators.modified,
        sha256=digest,
    )
    file = web_root(home) / kept.file
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        about = json.dumps(asdict(kept), ensure_ascii=False, indent=1)
        _write_whole(file.with_name(f".{name}.json"), about.encode())
        _write_whole(file, page.data)
    except OSError as error:
        raise IndexingError(
            f"{file} cannot be written ({error.strerror}); check that the home's disk has room"
        ) from error
    return kept


def drop_unnamed(folder: Path, named: Collection[str]) -> None:
    """Delete the files of one page's folder that belong to no version that is named."""
    stems = {Path(name).stem for name in named}
    for file in folder.glob("*") if folder.is_dir() else ():
        if file.is_file() and file.stem.removeprefix(".") not in stems:
            file.unlink(missing_ok=True)


def _write_whole(file: Path, data: bytes) -> None:
    half = file.with_name(f".{uuid4().hex}.part")
    try:
        with half.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
