"""What a question wants a figure turned into: another unit, metal or oxide, tax off, a currency."""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.calculating.calculation import Conversion, Form, Stated
from assistant.calculating.subjects import find_entities
from assistant.calculating.units import CURRENCY, MASS, SCALE, Measure, read_measure
from corpus.lexicon import load_lexicon

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PER = rf"(?:\s*(?:per|a|/)\s*(?:{MASS})(?!\w))"
_STATED = re.compile(
    rf"(?P<before>{CURRENCY})?\s?(?<![\w.,])(?P<number>{_NUMBER})\s*(?:(?P<scale>{SCALE}|bn|mn|m)\b\s*)?"
    rf"(?P<unit>(?:(?:{CURRENCY})(?!\w)|(?:{MASS})(?!\w))?{_PER}?)",
    re.IGNORECASE,
)
_TARGET = re.compile(
    rf"\b(?:in|into|to|as|how\s+many)\s+(?P<unit>(?:(?:{SCALE})\s+)?(?:(?:{CURRENCY})|(?:{MASS}))"
    rf"(?!\w)(?:\s+of)?{_PER}?)",
    re.IGNORECASE,
)
_PER_TARGET = re.compile(
    rf"(?:\bper|\ba|/)\s*(?:{MASS})(?:,?(?:\s+(?:what|how\s+much))?\s+"
    rf"(?:is|would)\s+(?:that|it|this)(?:\s+be)?|\s+in|\s+to|,)?\s+per\s+(?P<mass>{MASS})",
    re.IGNORECASE,
)
_PRICED_PER = re.compile(rf"\b(?:prices?|cost)\b[^$€]*\bper\s+(?P<mass>{MASS})\W*$", re.IGNORECASE)
_RATE = re.compile(
    rf"(?P<rate>{_NUMBER})\s*(?P<in>{CURRENCY})\s*(?:per|to|for|/|=)\s*(?:the\s+|one\s+|a\s+|1\s+)?"
    rf"(?P<of>{CURRENCY})",
    re.IGNORECASE,
)
_VAT = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s?(?:%|per\s?cent)\s*(?:of\s+)?(?:VAT|value[- ]added\s+tax)",
    re.IGNORECASE,
)
_VAT_OFF = re.compile(
    r"\b(?:without|excluding|excl\.?|ex|net\s+of|less|before|taken?\s+off|minus|no)\b",
    re.IGNORECASE,
)
_VAT_NAMED = re.compile(r"\bVAT\b|\bvalue[- ]added\s+tax\b", re.IGNORECASE)
_TO_FORM = re.compile(
    r"\b(?:in|as|to|into)\s+(?:[\w-]+\s+)?(?P<form>metal|oxide)(?=\s*(?:[?.,;)]|$|in\b|for\b|at\b|"
    r"terms\b|form\b))"
    r"|\b(?P<content>metal|oxide)\s+(?:content|equivalent)\b",
    re.IGNORECASE,
)
_FORM_NEEDED = re.compile(
    r"\b(?:how\s+much|what\s+mass\s+of|how\s+many\s+\w+(?:\s+\w+)?\s+of)\s+(?:[\w-]+\s+)?"
    r"(?P<form>metal|oxide)\b",
    re.IGNORECASE,
)
_CONVERTS = re.compile(
    r"^(?:convert|express|give|what\s+(?:is|are|does|do|would)|how\s+(?:much|many)\b.*\b(?:is|are|"
    r"in|from|for|does|do|needed|make)\b)|\bwhat\s+(?:is|would)\s+(?:that|it|this)\b",
    re.IGNORECASE,
)


def stated_quantities(question: str) -> tuple[Stated, ...]:
    """Return the quantities with a unit that a question gives, rates of exchange left out."""
    text = _VAT.sub(lambda m: " " * len(m[0]), _RATE.sub(lambda m: " " * len(m[0]), question))
    found = []
    for match in _STATED.finditer(text):
        unit = " ".join(filter(None, (match["before"], match["scale"], match["unit"])))
        unit = re.sub(r"\b(?:bn)\b", "billion", re.sub(r"\b(?:mn|m)\b", "million", unit))
        measure = read_measure(unit)
        if measure.kind in ("mass", "money", "price"):
            written = " ".join(match[0].split())
            value = Decimal(match["number"].replace(",", ""))
            found.append(Stated(value, written, measure))
    return tuple(found)


def converts(question: str) -> bool:
    """Tell whether a question is of the form that asks for a conversion."""
    return bool(_CONVERTS.search(question.strip()))


def conversion_asked(question: str) -> Conversion:
    """Return what a question wants figures turned into, an empty conversion where nothing."""
    rate = _RATE.search(question)
    text = _RATE.sub(" ", question)
    vat = _VAT.search(text)
    takes_vat_off = bool(vat or _VAT_NAMED.search(text)) and bool(_VAT_OFF.search(text))
    form, element = _form_asked(text)
    return Conversion(
        unit=_target(text),
        form=form,
        element=element,
        vat_percent=Decimal(vat["rate"]) if vat and takes_vat_off else Decimal(0),
        rate=Decimal(rate["rate"].replace(",", "")) if rate else Decimal(0),
        rate_of=read_measure(rate["of"]).currency if rate else "",
        rate_in=read_measure(rate["in"]).currency if rate else "",
    )


def asks_vat_off_unrated(question: str) -> bool:
    """Tell whether a tax is to be taken off whose rate the question does not give."""
    return bool(_VAT_NAMED.search(question) and _VAT_OFF.search(question)) and not _VAT.search(
        question
    )


def _target(text: str) -> Measure:
    """Return the unit asked for; of "per pound" after "per kilogram" the price per pound."""
    per = _PER_TARGET.search(text)
    if per:
        return Measure(per=read_measure(per["mass"]).mass)
    priced = _PRICED_PER.search(text)
    if priced:
        return Measure(per=read_measure(priced["mass"]).mass)
    found = Measure()
    for match in _TARGET.finditer(text):
        measure = read_measure(match["unit"])
        if measure.kind:
            found = measure
    return found


def form_needed(question: str, conversion: Conversion) -> Conversion:
    """Return a conversion with the metal or oxide of which a question asks how much there is.

    "How much neodymium oxide is needed for 10 t of neodymium metal?" Only of a figure that the
    question gives: of a lookup the same words name what is looked up.
    """
    found = _FORM_NEEDED.search(question)
    if conversion.form or not found:
        return conversion
    return replace(conversion, form=_form(found["form"]), element=_element(question))


def _form_asked(text: str) -> tuple[Form, str]:
    found = _TO_FORM.search(text)
    if not found:
        return "", ""
    return _form(found["form"] or found["content"]), _element(text)


def _form(written: str) -> Form:
    return "metal" if written.lower() == "metal" else "oxide"


def _element(text: str) -> str:
    """Return the one element whose oxide or metal a text names, or NdPr; "" for none or several."""
    known = (*load_lexicon().elements, "ndpr")
    named = {entity.id for entity in find_entities(text) if entity.id in known}
    return named.pop() if len(named) == 1 else ""
