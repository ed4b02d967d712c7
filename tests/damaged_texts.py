"""Clean sentences of our own in several languages, and the ways in which their bytes are misread.

The sentences stand for what sources are full of: typographic quotes, ranges, possessives, dashes,
degrees and currency signs.
"""

import random
from collections.abc import Callable

SUBJECTS = (
    "The mine", "Baogang’s subsidiary", "A “strategic” refinery", "The companies’ joint venture",
    "China’s largest separator", "The miners’ union", "One analyst", "The ministry",
    "Vietnam’s regulator", "A buyer at Köln’s port",
)  # fmt: skip
PREDICATES = (
    "shipped 1–1.5 million tons of ore",
    "paid $2–3 per kilogram",
    "won’t publish its 2024–25 quota",
    "said: “We’ll raise output by 10–12% next year.”",
    "called the plan “a long shot”",
    "told reporters, “The minister said ‘no’ twice.”",
    "asked for €60–65 per kilogram",
    "heats the furnace to 1,450 °C",
    "uses 3 × 5 m² of filter area",
    "holds ≥ 95% of the licences",
    "cites § 4872 and § 45X",
    "sold Tesla™ magnets to a café owner",
    "expects prices of £5 ± 1",
    "kept 5\u00a0tons in stock",
    "doesn’t know what’s next…",
    "named three metals—neodymium, dysprosium and terbium",
)
ENDINGS = (
    ".",
    "—a record for the region.",
    " — and nobody objected.",
    ", which isn’t new.",
    " (the “second phase”).",
    "; it’s part of the group’s plan.",
    "—something that the U.S. can’t match—before 2027.",
)
GERMAN = (
    "Der Preis für Neodymoxid stieg 2024 um 10 % – der höchste Wert seit März.",
    "„Wir bauen keine Mine“, sagte der Minister über die Pläne in Südschweden.",
    "Die Straße zum Tagebau führt über größere Höhen und ist für Lkw gesperrt.",
    "Das Unternehmen nennt die Lagerstätte „außergewöhnlich groß“ und will nicht verkaufen.",
    "Von den 5–6 Millionen Euro wird die Hälfte für Übungen und Prüfungen gebraucht.",
    "„Er nannte das die ‚kleine‘ Lösung“, sagte sie – und die Grube blieb geschlossen.",
)


def english_sentences(count: int) -> list[str]:
    """Return so many different sentences, in an order that is always the same."""
    every = [f"{s} {p}{e}" for s in SUBJECTS for p in PREDICATES for e in ENDINGS]
    every = [sentence.replace(".”.", ".”").replace(".”", ".”") for sentence in every]
    return random.Random(20261124).sample(every, count)


def _misread(encoding: str, neighbour: str = "") -> Callable[[str], str]:
    """Return what misreads UTF-8; a byte that the encoding lacks becomes a control character."""

    def damage(text: str) -> str:
        signs = []
        for byte in text.encode():
            sign = bytes([byte]).decode(encoding, "ignore")
            if neighbour and (not sign or "\x80" <= sign <= "\x9f"):
                sign = bytes([byte]).decode(neighbour, "ignore")
            signs.append(sign or chr(byte))
        return "".join(signs)

    return damage


def _stripped(damage: Callable[[str], str]) -> Callable[[str], str]:
    """Return the same with control characters stripped, as many tools do."""
    return lambda text: "".join(sign for sign in damage(text) if not "\x80" <= sign <= "\x9f")


def _twice(text: str) -> str:
    return DAMAGES["Windows-1252"](DAMAGES["Windows-1252"](text))


DAMAGES: dict[str, Callable[[str], str]] = {
    "ISO-8859-11": _misread("iso8859-11"),
    "ISO-8859-11, stripped": _stripped(_misread("iso8859-11")),
    "Windows-874": _misread("cp874"),
    "Windows-874, stripped": _stripped(_misread("cp874")),
    "Windows-874 beside Windows-1252": _misread("cp874", "cp1252"),
    "TIS-620": _misread("tis-620"),
    "Latin-1": _misread("latin-1"),
    "Windows-1252": _misread("cp1252"),
    "Windows-1252, stripped": _stripped(_misread("cp1252")),
    "Windows-1252, twice": _twice,
}
