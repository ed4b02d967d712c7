"""Finding text that was UTF-8 and was read as Windows-1252, Latin-1 or a neighbour of them.

ftfy says what a stretch was, also one that was damaged twice over. Which stretches are given to
it is decided here: those that no text has undamaged, such as "â€™", or a capital "Ã" behind a
small letter. Its other fixes, of quotation marks, widths and ligatures, are not wanted.
"""

import re
from functools import lru_cache

Replacement = tuple[int, int, str]

_HIGH = "".join(
    {bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0)}
    | {chr(code) for code in range(0x80, 0xC0)}
)
_NEXT = f"[{re.escape(_HIGH)}]"  # what the second and later bytes of a sequence become
_SECOND_OF_MARK = "[\x80-\x98€‚ƒ„…†ˆ‰Š–—˜]"
_MARK = f"â{_SECOND_OF_MARK}{_NEXT}"  # general punctuation, currency signs, arrows, mathematics
_SIGN = f"(?:[ÂÃÄÅÎÏÐÑÌËÊÆÇÈÉ]{_NEXT})"
_TWICE = "(?:Ã[\x82\x83ƒ‚][Ââ]|Ã¢â)"
_DAMAGE = re.compile(
    f"(?:{_MARK}|ð[Ÿ\x9f]{_NEXT}{{2}}|[ã-ï]{_NEXT}{{2}}|{_SIGN}|Ã¢(?=â)|[ÂÃ](?=[ÂÃ]))+"
    "|‚Ä[ìîïòôúùû†°¢π¶]|вЂ[“”™њќ¦ўў˜]"
)
_LEADS = re.compile("[ÂÃÄÅÎÏÐÑÌËÊÆÇÈÉã-ïðâ‚в\x80-\x9f]")
_ALWAYS = re.compile(f"(?:â[€\x80‚\x82„\x84]{_NEXT}|ð[Ÿ\x9f]{_NEXT}{{2}}|‚Ä.|вЂ.|{_TWICE})")
# “ and ” lose different signs, so that "â€" alone can only be ”.
_QUOTE = re.compile(
    "(?P<open>â€œ|(?<!â€)“)|(?P<close>â€\x9d|(?<!â€)”)|(?P<lost>â€(?=[\\s.,;:!?)—–]|â€|$))",
    re.MULTILINE,
)
_MAY_END_A_WORD = set("‘’“”–—…\u00a0»›")
_NEVER_BEHIND = set("€ƒ†‡ˆ‰‹˜¡¢£¤¥¦§¨©«¬¯±´¶¸¼½¾¿")  # a capital letter
_CONTROLS = re.compile("[\x82\x84\x86-\x8c\x91-\x9c]")
_DEEPEST = 3
_LONG_RUN = 4  # signs; undamaged text does not decode by chance over two sequences


def find_latin_mojibake(text: str) -> list[Replacement]:
    """Return the stretches of a text that are certainly such damage, with what they were."""
    if not _LEADS.search(text):
        return []
    certain: list[Replacement] = []
    doubtful: list[Replacement] = []
    for match in _DAMAGE.finditer(text):
        meant = _meant(match.group())
        if meant != match.group():
            sure = _is_sure(text, match.start(), match.end(), meant)
            (certain if sure else doubtful).append((*match.span(), meant))
    if certain:
        certain += (stretch for stretch in doubtful if _stands_alone(text, stretch))
        certain += _lost_last_signs(text)
    certain += _control_characters(text, certain)
    return sorted(certain)


@lru_cache(maxsize=4096)
def _meant(damaged: str) -> str:
    """Return what a stretch was before it was misread, once or several times."""
    from ftfy import bad_codecs, fix_encoding

    bad_codecs.ok()  # makes the codecs known that keep signs which Windows-1252 does not have
    for _ in range(_DEEPEST):
        for encoding in ("latin-1", "sloppy-windows-1252"):
            try:
                meant = damaged.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            break
        else:
            return damaged if _DAMAGE.fullmatch(damaged) is None else fix_encoding(damaged)
        damaged = meant
        if not _DAMAGE.fullmatch(damaged):
            break
    return damaged


def _is_sure(text: str, start: int, end: int, meant: str) -> bool:
    damaged, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if not _is_plausible(meant):
        return False
    if _ALWAYS.match(damaged) or (len(meant) > 1 and len(damaged) >= _LONG_RUN):
        return True
    if damaged[0] == "â":
        return not before.isalpha() or after.isalpha()
    last = damaged[-1]
    if before.islower() or before.isdigit() or "\x80" <= last <= "\x9f":
        return True
    if damaged[0] not in "ÂÃÄÅÎÏ":
        return False
    if after.isalpha() and (not last.isalpha() or last in "ªºµ"):
        return last not in "–—" or after.islower()
    if damaged[0] not in "ÂÃ":
        return False
    return last in _NEVER_BEHIND or (not before.isalpha() and last not in _MAY_END_A_WORD)


def _is_plausible(meant: str) -> bool:
    """Tell whether signs stand in texts of our field; a chance decoding gives rare ones."""
    return all(
        sign.isprintable() or sign in "\u00a0\u00ad\u200b\u2009\u202f\u2003\u2002\ufeff"
        for sign in meant
    ) and not any("\u0180" <= sign <= "\u036f" for sign in meant)


def _stands_alone(text: str, stretch: Replacement) -> bool:
    """Tell whether a doubtful stretch is damage too, on a page that surely holds some."""
    start, _, meant = stretch
    return _is_plausible(meant) and text[start] in "ÂÃ" and not text[start - 1 : start].isupper()


def _lost_last_signs(text: str) -> list[Replacement]:
    """Return closing quotes that lost a sign that Windows-1252 does not have."""
    found = []
    line = opened = 0
    for match in _QUOTE.finditer(text):
        if text.find("\n", line, match.start()) >= 0:
            opened = 0
        line = match.start()
        if match["open"]:
            opened += 1
        elif opened > 0:
            opened -= 1
            if match["lost"]:
                found.append((*match.span(), "”"))
    return found


def _control_characters(text: str, taken: list[Replacement]) -> list[Replacement]:
    """Return Windows-1252 marks that were read as Latin-1, where nothing else holds them."""
    inside = {at for start, end, _ in taken for at in range(start, end)}
    return [
        (match.start(), match.end(), match.group().encode("latin-1").decode("cp1252"))
        for match in _CONTROLS.finditer(text)
        if match.start() not in inside
    ]
