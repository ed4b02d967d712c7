"""What installed packages add to this program by entry points: readers, exporters, models.

Nothing of a package is loaded before it is needed, and whatever it raises is one line that names
it. What is built in is never replaced: such a name is not used, nor is one that two packages add.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from corpus.errors import CorpusError, PluginError

PluginKind = Literal["reader", "exporter", "embedder", "reranker"]
_TOLD_CHARS = 300


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a package adds: a name, and the place of what stands for it.

    `fault` says why it is not used, "" where it is.
    """

    kind: PluginKind
    name: str  # of an ending without its dot, a form, a model
    package: str
    version: str
    target: str
    fault: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} of {self.package} {self.version}"


def find_plugins(kind: PluginKind, built_in: Collection[str] = ()) -> tuple[Plugin, ...]:
    """Return what packages add of a kind, in order of names; `built_in` are names that are ours.

    Names that differ in capitals alone are one.
    """
    return _find_plugins(kind, frozenset(name.lower() for name in built_in))


@lru_cache
def _find_plugins(kind: PluginKind, built_in: frozenset[str]) -> tuple[Plugin, ...]:
    entries = entry_points(group=f"rare_earth.{kind}s")
    counts = Counter(entry.name.lower() for entry in entries)
    found = (_plugin(kind, entry, built_in, counts[entry.name.lower()]) for entry in entries)
    return tuple(sorted(found, key=lambda one: (one.name, one.package)))


def _plugin(kind: PluginKind, entry: EntryPoint, built_in: frozenset[str], packages: int) -> Plugin:
    fault = ""
    if entry.name.lower() in built_in:
        fault = f"the {kind} {entry.name!r} is built in, and is not replaced"
    elif packages > 1:
        fault = f"{packages} packages add the {kind} {entry.name!r}; uninstall all but one"
    package = entry.dist.name if entry.dist else ""
    version = entry.dist.version if entry.dist else ""
    return Plugin(kind, entry.name, package, version, entry.value, fault)


def load_plugin(plugin: Plugin) -> Any:
    """Return what stands for a plugin. Raises PluginError where it is not used or not there."""
    if plugin.fault:
        raise PluginError(plugin.fault)
    with plugin_errors(plugin):
        return EntryPoint(plugin.name, plugin.target, f"rare_earth.{plugin.kind}s").load()


@contextmanager
def plugin_errors(plugin: Plugin) -> Iterator[None]:
    """Raise PluginError, in one line, for whatever a plugin raises but errors of ours.

    Its code is not ours: it may raise anything, and end the process.
    """
    try:
        yield
    except (CorpusError, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:_TOLD_CHARS]
        raise PluginError(
            f"the {plugin} failed ({told}); update the package, or uninstall it"
        ) from error
