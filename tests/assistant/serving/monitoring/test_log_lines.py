"""Lines of the log: JSON, and of an error its kind and places without its words."""

import json
import logging
import sys

from assistant.serving.monitoring.log_lines import LogLines

SAID = "Mount Weld produced 12,500 t"


def test_an_error_is_told_by_kind_and_place() -> None:
    try:
        raise ValueError(SAID)
    except ValueError:
        error = sys.exc_info()
    record = logging.LogRecord("a", logging.ERROR, "b", 1, "a request failed", (), error)
    line = LogLines().format(record)
    told = json.loads(line)
    assert (told["level"], told["event"]) == ("error", "a request failed")
    assert told["error"] == "ValueError"
    assert told["at"][0].endswith("test_an_error_is_told_by_kind_and_place")
    assert SAID not in line
    assert "\n" not in line
