"""A set of days on a made website, whose author had not seen the radar, held to what it reaches."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from bench.radar import FolderSite, read_lines, run_days, score

SET = Path(__file__).parent / "radar_gold" / "first"
REPORTED = 31  # of 33
FALSE_ALARMS = 3


@pytest.mark.slow
def test_the_radar_tells_what_it_must_and_little_else(tmp_path: Path) -> None:
    assistant = Assistant(Settings(tmp_path / "home"))
    reports = list(run_days(assistant, SET, FolderSite(tmp_path / "site")))
    assistant.close()
    scored = score(reports, read_lines(SET / "gold.jsonl"))
    assert scored.wanted - len(scored.missed) >= REPORTED, scored.missed
    assert len(scored.false_alarms) <= FALSE_ALARMS, scored.false_alarms
