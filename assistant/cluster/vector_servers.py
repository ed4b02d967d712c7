"""The Chroma servers that settings name, with the header that lets us in."""

from assistant.errors import SettingsError
from assistant.language_model.keys import stored_key
from assistant.settings import VECTOR_HEADER, Settings
from index.storage.vectors import VectorServers


def vector_servers(settings: Settings) -> VectorServers:
    """Return the servers for the vectors of a home, none where they lie in it.

    Raises SettingsError for a header that is none, and where the keyring cannot be asked.
    """
    return VectorServers(
        tuple(settings.vector_addresses.split()),
        settings.vector_name,
        settings.vector_tenant,
        settings.vector_database,
        _headers(settings),
    )


def _headers(settings: Settings) -> tuple[tuple[str, str], ...]:
    header = settings.vector_header
    if settings.vector_addresses and settings.is_header_in_keyring:
        header = stored_key(settings.vector_addresses.split()[0], VECTOR_HEADER)
    if not header:
        return ()
    name, colon, value = header.partition(":")
    if not (colon and name.strip() and value.strip() and header.isprintable()):
        raise SettingsError(f"{VECTOR_HEADER} is no header; give NAME: VALUE in one line")
    return ((name.strip(), value.strip()),)
