"""The newest of a stock is that of the newest edition, whatever year a file of data gives it."""

from pathlib import Path

from assistants import open_assistant
from fakes import HashingEmbedder, write_files

FILES = {
    "summaries.md": """---
title: Mineral Commodity Summaries 2026
publisher: U.S. Geological Survey
published: 2026-02
---

# World reserves

Table 1. World mine production and reserves, metric tons REO equivalent

| Country | Mine production 2025 | Reserves |
|---|---|---|
| Chile | 20,000 | 11,000,000 |
| Canada | 30,000 | 830,000 |
""",
    "data.csv": "Country,Measure,Year,Unit,Value\n"
    "Chile,Reserves,2025,metric tons REO,21000000\n"
    "Canada,Reserves,2025,metric tons REO,830000\n",
}


def test_the_newest_reserves_are_those_of_the_newest_edition(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", FILES)
    assistant, _ = open_assistant(tmp_path / "home", HashingEmbedder(), folder)
    told = assistant.ask("What is the newest figure for the rare-earth reserves of Chile?")
    produced = assistant.ask("What is the newest figure for the mine production of Chile?")
    assistant.close()
    assert told.text.startswith("Chile's reserves are 11,000,000 t REO")
    assert "20,000 t REO in 2025" in produced.text
