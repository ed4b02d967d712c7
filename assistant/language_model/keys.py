"""The secret of an endpoint in the system's keyring: never in a file of ours."""

from assistant.errors import SettingsError
from corpus.extras import missing_extra

_SERVICE = "rare-earth-assistant"
_VARIABLE = "RARE_EARTH_MODEL_KEY"


def stored_key(address: str, variable: str = _VARIABLE) -> str:
    """Return the key that the keyring holds for an address, "" for none.

    Raises SettingsError where there is no keyring to ask; it names the variable to set instead.
    """
    _check_installed()
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, address) or ""
    except KeyringError as error:
        raise SettingsError(_no_keyring(error, variable)) from error


def store_key(address: str, key: str) -> None:
    """Keep a key in the keyring; "" takes it out. Raises SettingsError where there is none."""
    _check_installed()
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        if key:
            keyring.set_password(_SERVICE, address, key)
        else:
            keyring.delete_password(_SERVICE, address)
    except PasswordDeleteError:
        return  # there was none
    except KeyringError as error:
        raise SettingsError(_no_keyring(error, _VARIABLE)) from error


def _check_installed() -> None:
    if run := missing_extra("llm", "keyring"):
        raise SettingsError(f"keys are kept by the library keyring; run: {run}")


def _no_keyring(error: Exception, variable: str) -> str:
    told = " ".join(str(error).split())[:100]
    return f"the system's keyring cannot be used ({told}); set {variable} instead"
