"""What readers say of recorded answers: good or bad, and why."""

from dataclasses import dataclass
from pathlib import Path

from assistant.desk.desk_file import desk_file, now
from assistant.people import HOLDER, Person

_SEEN = (
    "SELECT record, is_good, reason, time FROM ratings"
    " WHERE (:person = '' OR owner IN ('', :person))"
)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader said of a recorded answer last; `time` is "" until it is kept."""

    record_id: str
    is_good: bool
    reason: str = ""
    time: str = ""


class Ratings:
    """The ratings of one home that a person sees, his own before that of nobody: one an answer.

    Every method raises DeskError where the file of the home cannot be used.
    """

    def __init__(self, home: Path, person: Person = HOLDER) -> None:
        self._file = desk_file(home)
        self._person = person

    def keep(self, rating: Rating) -> None:
        """Keep a rating in place of the one before."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO ratings (record, is_good, reason, time, owner)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    *(rating.record_id, rating.is_good, " ".join(rating.reason.split()), now()),
                    self._person.id,
                ),
            )

    def take_back(self, record_id: str) -> None:
        """Forget what was said of an answer; what nobody in particular said only as an editor."""
        mine = "" if self._person.is_editor else self._person.id
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM ratings WHERE record = ? AND owner IN (?, ?)",
                (record_id, self._person.id, mine),
            )

    def of(self, record_id: str) -> Rating | None:
        """Return what was said of an answer, None where nothing was."""
        query = f"{_SEEN} AND record = :record ORDER BY owner = :person DESC LIMIT 1"
        asked = {"person": self._person.id, "record": record_id}
        with self._file.reading() as connection:
            row = connection.execute(query, asked).fetchone()
        return _rating(*row) if row else None

    def all(self) -> tuple[Rating, ...]:
        """Return all ratings, in the order of their moments."""
        with self._file.reading() as connection:
            asked = {"person": self._person.id}
            rows = connection.execute(f"{_SEEN} ORDER BY time", asked).fetchall()
        return tuple(_rating(*row) for row in rows)


def _rating(record_id: str, is_good: int, reason: str, time: str) -> Rating:
    return Rating(record_id, bool(is_good), reason, time)
