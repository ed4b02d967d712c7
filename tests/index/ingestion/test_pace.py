"""How long an `add` will take, told by what the files that are done were like."""

from pathlib import Path

from index.ingestion.files import wanted_files
from index.ingestion.pace import Pace


def _files(folder: Path, sizes: dict[str, int]) -> Pace:
    for name, size in sizes.items():
        (folder / name).write_bytes(b"x" * size)
    return Pace(wanted_files([folder], {}), clock=_CLOCK.now)


class _Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds


_CLOCK = _Clock()


def _do(pace: Pace, path: str, passages: int, seconds: float) -> list[float]:
    """Do a file in steps that take so many seconds together; return the estimates on the way."""
    told = []
    pace.read(path, passages)
    for step in range(1, 5):
        _CLOCK.seconds += seconds / 4
        pace.storing([path], step, 4)
        told.append(pace.seconds_left())
    pace.finished(path)
    return told


def test_a_short_file_before_long_ones_promises_no_short_time(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {"a.pdf": 1_000, "b.pdf": 50_000, "c.pdf": 49_000})
    _do(pace, "a.pdf", 10, 10.0)
    left = pace.seconds_left()
    assert 495 <= left <= 1980  # 990 s are left, as 99,000 bytes at ten seconds a thousand


def test_the_estimate_stays_within_twice_the_truth(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    sizes = {f"{n:02}.pdf": 20_000 + 4_000 * n for n in range(12)}
    pace = _files(tmp_path, sizes)
    costs = {path: size / 2_000 for path, size in sizes.items()}
    whole = sum(costs.values())
    for path, seconds in costs.items():
        for left in _do(pace, path, int(seconds * 20), seconds):
            truth = whole - _CLOCK.seconds
            if _CLOCK.seconds > 60 and truth > 5:
                assert truth / 2 <= left <= truth * 2


def test_files_that_stay_as_they_are_count_for_nothing(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {f"{n}.pdf": 10_000 for n in range(10)})
    for n in range(8):
        pace.finished(f"{n}.pdf")
    _do(pace, "8.pdf", 100, 20.0)
    assert abs(pace.seconds_left() - 20.0) < 1


def test_files_read_long_before_they_are_stored_promise_no_short_time(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {f"{n:02}.pdf": 10_000 for n in range(20)})
    for n in range(16):
        _CLOCK.seconds += 0.5
        pace.reading(f"{n:02}.pdf", 50, 50)
    for n in range(2):
        _do(pace, f"{n:02}.pdf", 500, 30.0)
    assert 270 <= pace.seconds_left() <= 1080  # 18 files of 30 s are left


def test_slow_reading_says_how_long_it_takes(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {"scan.pdf": 10_000, "another.pdf": 10_000})
    for page in range(1, 21):
        _CLOCK.seconds += 5.0
        pace.reading("scan.pdf", page, 100)
    assert 450 <= pace.seconds_left() <= 1800  # 180 pages of 5 s


def test_pages_count_for_more_than_size(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {"slim.pdf": 1_000, "fat.pdf": 90_000, "third.pdf": 2_000})
    for path in ("slim.pdf", "fat.pdf", "third.pdf"):
        pace.reading(path, 30, 30)
    _do(pace, "slim.pdf", 300, 60.0)
    assert 100 <= pace.seconds_left() <= 140  # two files of 60 s


def test_what_is_loaded_for_the_first_file_is_not_charged_to_the_others(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {f"{n:02}.txt": 1_000 for n in range(100)})
    _CLOCK.seconds += 10.0
    pace.read("00.txt", 1)
    for n in range(1, 20):
        _CLOCK.seconds += 0.1
        pace.read(f"{n:02}.txt", 1)
    pace.storing([f"{n:02}.txt" for n in range(20)], 20, 20)
    assert pace.seconds_left() <= 60  # 80 files of a tenth of a second, and the reading so far


def test_nothing_is_told_before_there_is_something_to_tell(tmp_path: Path) -> None:
    _CLOCK.seconds = 0.0
    pace = _files(tmp_path, {"a.pdf": 1_000})
    assert pace.seconds_left() == -1.0
