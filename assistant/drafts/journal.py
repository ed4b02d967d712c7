"""What of a draft is checked and decided so far, kept in the home, for each person by itself.

Killed and run again, a check goes on.
"""

from collections.abc import Iterable
from hashlib import sha256
from os import SEEK_END
from pathlib import Path

from assistant.drafts.checked import CheckedSentence, checked_line, checked_of_line
from assistant.drafts.draft import Draft
from assistant.errors import DraftError

_FOLDER = "checks"


class CheckJournal:
    """The checked sentences of one draft, over one state of the sources, by one model.

    `settings` is all else that the outcome depends on, `owner` the id of the person who checks: he
    goes on from what was kept for "", nobody. Raises DraftError where the home cannot be written
    to.
    """

    def __init__(self, home: Path, draft: Draft, settings: Iterable[str], owner: str = "") -> None:
        about = (draft.sha256, *settings)
        self._of_nobody = home / _FOLDER / f"{_name(about)}.jsonl"
        self._file = (
            home / _FOLDER / f"{_name((*about, owner))}.jsonl" if owner else self._of_nobody
        )
        self._is_begun = False
        self._sentences = {one.id: one for one in draft.sentences}

    def read(self) -> dict[str, CheckedSentence]:
        """Return by their ids the sentences that were checked before, each as it was kept last.

        Broken lines are left out.
        """
        known: dict[str, CheckedSentence] = {}
        files = dict.fromkeys((self._of_nobody, self._file))
        for line in (line for file in files for line in _lines(file)):
            try:
                one = checked_of_line(line)
            except (ValueError, KeyError, TypeError):
                continue  # cut short when the process was killed
            if self._sentences.get(one.sentence.id) == one.sentence:
                known[one.sentence.id] = one
        return known

    def keep(self, one: CheckedSentence) -> None:
        """Add a sentence, or what was decided on it since. Raises DraftError."""
        line = checked_line(one)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a+b") as stream:
                if stream.tell() and not self._is_begun:
                    stream.seek(-1, SEEK_END)
                    if stream.read() != b"\n":  # the last line was cut short
                        stream.write(b"\n")
                stream.write(f"{line}\n".encode())
            self._is_begun = True
        except OSError as error:
            raise DraftError(
                f"{self._file} cannot be written ({error.strerror}); check the home folder"
            ) from error


def _name(about: Iterable[str]) -> str:
    return sha256("\n".join(about).encode()).hexdigest()[:16]


def _lines(file: Path) -> list[str]:
    """Return the lines of a file, none where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
