"""The log of the server: a line of JSON each on stderr, without texts of questions or sources."""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType

_LOG = logging.getLogger("rare-earth-assistant")
_TOLD = "told"  # the attribute of a record that holds what is told beside its event


class LogLines(logging.Formatter):
    """Writes a record as a line of JSON: `time`, `level`, `event`, and what is told beside it.

    Of an error stand its kind and the places of the code that it went through: its words may hold
    what was asked, or words of a source.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, _TOLD, {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["at"] = _places(record.exc_info[2])
        return json.dumps(line)


def log_as_lines(with_requests: bool) -> None:
    """Have this process log warnings and errors as lines of JSON, and each request where wanted."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _LOG.setLevel(logging.INFO if with_requests else logging.WARNING)


def log_request(told: Mapping[str, str | int | float]) -> None:
    """Log a request that was served."""
    _LOG.info("request", extra={_TOLD: told})


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
