"""A small website whose pages change, kept in a folder, and an assistant that follows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fakes import HashingEmbedder, write_files

from assistant.assistant import Assistant
from assistant.radar import Change
from assistant.settings import Settings

OFFICE, DESK = "Nordkap Minerals Office", "Riga Metal Desk"


def page(title: str, publisher: str, published: str, *paragraphs: str) -> str:
    """Return a page of the website."""
    told = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<meta name="date" content="{published}">'
        f'<meta property="og:site_name" content="{publisher}"></head>'
        f"<body><article><h1>{title}</h1>{told}</article></body></html>"
    )


STATISTICS = "stats-2025.html"
SAID = "World mine production of rare earths was 390,000 tonnes of REO in 2024."
RULE = "Exporters must hold a licence, which is valid for six months."


def statistics(*paragraphs: str, title: str = "Rare Earth Statistics 2025") -> str:
    """Return a page of the office of statistics."""
    return page(title, OFFICE, f"{title[-4:]}-02-01", *paragraphs)


class Site:
    """The website's folder with the assistant whose home follows it."""

    def __init__(self, folder: Path, assistant: Assistant) -> None:
        self.folder = folder
        self.assistant = assistant

    def write(self, **files: str) -> None:
        """Write pages, "_" in their names standing for a dot, and sync the folder."""
        write_files(self.folder, {name.replace("_", "."): text for name, text in files.items()})
        self.sync()

    def remove(self, name: str) -> None:
        """Take a page away, and sync the folder."""
        (self.folder / name).unlink()
        self.sync()

    def sync(self) -> None:
        """Bring the home up to date."""
        self.assistant.add([self.folder], lambda _: None)

    def keep(self, question: str) -> str:
        """Ask a question and keep its answer; return the id of its record."""
        return self.assistant.keep(self.assistant.ask(question)).id

    def found(self) -> list[tuple[str, str, str]]:
        """Look, and return what is not seen: kind, before and after; then mark it as seen."""
        changes = self.assistant.look()
        self.assistant.radar.mark_seen(changes)
        return [told(one) for one in changes]


def told(change: Change) -> tuple[str, str, str]:
    """Return the kind of a change with what was said before and what is said after."""
    finding = change.finding
    return finding.kind, finding.before, finding.after


@contextmanager
def open_site(tmp_path: Path, threshold: float | None = None, **files: str) -> Iterator[Site]:
    """Yield a website with pages that are synced."""
    settings = Settings(tmp_path / "home")
    if threshold is not None:
        settings = replace(settings, threshold=threshold)
    assistant = Assistant(settings, HashingEmbedder())
    site = Site(tmp_path / "site", assistant)
    site.folder.mkdir()
    site.write(**files)
    yield site
    assistant.close()
