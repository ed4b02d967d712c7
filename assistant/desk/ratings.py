"""What readers say of recorded answers: good or bad, and why."""

from dataclasses import dataclass
from pathlib import Path

from assistant.desk.desk_file import DeskFile, now


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader said of a recorded answer last; `time` is "" until it is kept."""

    record_id: str
    is_good: bool
    reason: str = ""
    time: str = ""


class Ratings:
    """The ratings of one home, one an answer.

    Every method raises DeskError where the file of the home cannot be used.
    """

    def __init__(self, home: Path) -> None:
        self._file = DeskFile(home)

    def keep(self, rating: Rating) -> None:
        """Keep a rating in place of the one before."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO ratings (record, is_good, reason, time)"
                " VALUES (?, ?, ?, ?)",
                (rating.record_id, rating.is_good, " ".join(rating.reason.split()), now()),
            )

    def take_back(self, record_id: str) -> None:
        """Forget what was said of an answer."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM ratings WHERE record = ?", (record_id,))

    def of(self, record_id: str) -> Rating | None:
        """Return what was said of an answer, None where nothing was."""
        query = "SELECT record, is_good, reason, time FROM ratings WHERE record = ?"
        with self._file.reading() as connection:
            row = connection.execute(query, (record_id,)).fetchone()
        return _rating(*row) if row else None

    def all(self) -> tuple[Rating, ...]:
        """Return all ratings, in the order of their moments."""
        query = "SELECT record, is_good, reason, time FROM ratings ORDER BY time"
        with self._file.reading() as connection:
            rows = connection.execute(query).fetchall()
        return tuple(_rating(*row) for row in rows)


def _rating(record_id: str, is_good: int, reason: str, time: str) -> Rating:
    return Rating(record_id, bool(is_good), reason, time)
