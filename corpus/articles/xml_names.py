"""Names of elements: which say what a record is, and how they read as words."""

import re
from collections.abc import Mapping

from corpus.articles.json_record import readable

PARAGRAPHS = frozenset(
    "p para paragraph simpara fp text content body block quote li item listitem list-item def "
    "chapeau continuation proviso note note-para ptext charstring characterstring "
    "localisedcharacterstring div".split()
)
INLINE = frozenset(
    "b i u a em strong italic bold sc span e ac su sup sub xref ref ext-link uri email "
    "inline term quotedtext date abbr code ital hi emph link named-content styled-content".split()
)
HEADINGS = frozenset(
    "title heading head hd subheading subtitle headline header caption article-title subject "
    "docTitle doctitle label-title section-title sectno".split()
)
NUMBERS = frozenset("num label enum no number".split())
SECTIONS = frozenset(  # whose names are headings of the paragraphs in them
    "abstract summary executivesummary introduction background purpose scope methods results "
    "discussion conclusion conclusions recommendations findings acknowledgments ack preamble "
    "annex appendix highlights".split()
)
STRUCTURES = frozenset(
    "sec section subsection div body front back article document doc part chapter level main "
    "group list ol ul root data record records row rows item items entry metadata preface "
    "front-matter back-matter boxed-text wrap content text".split()
)
ELSEWHERE = frozenset(  # elements that speak of other documents, or of the record itself
    "ref ref-list reflist references bibliography lworkcit crossref srccite srcinfo relation "
    "related-article related-object metc metainfo datestamp relateditem".split()
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": tuple(
        "article-title articletitle doctitle documenttitle official-title titleproper title "
        "headline subject heading".split()
    ),
    "publisher": tuple(
        "publisher-name publishername publisher publish agency issuingauthority "
        "organisationname organizationname corpname origin".split()
    ),
    "author": tuple("author creator contrib origin byline".split()),
    "published": tuple(
        "pub-date pubdate publicationdate datepublished date-published published issued "
        "dateissued release_date date created".split()
    ),
    "edition": tuple("edition editionstatement".split()),
    "url": tuple(
        "onlink landingpage self-uri permalink url link doi identifier article-id".split()
    ),
    "language": tuple("language lang langcode".split()),
    "licence": tuple("license-p license licence rights useconst accessrights".split()),
}
# Short names of the FGDC standard for metadata, which many official data releases carry.
_SHORT_NAMES: Mapping[str, str] = {
    "idinfo": "identification",
    "descript": "description",
    "supplinf": "supplemental information",
    "timeperd": "time period",
    "begdate": "beginning date",
    "enddate": "ending date",
    "rngdates": "range of dates",
    "current": "currentness",
    "bounding": "bounding coordinates",
    "spdom": "spatial domain",
    "accconst": "access constraints",
    "useconst": "use constraints",
    "ptcontac": "point of contact",
    "dataqual": "data quality",
    "attracc": "attribute accuracy",
    "logic": "logical consistency",
    "complete": "completeness",
    "posacc": "positional accuracy",
    "procstep": "process step",
    "procdesc": "process",
    "procdate": "process date",
    "srcinfo": "source",
    "srctime": "time of the source",
    "srccontr": "contribution of the source",
    "srccitea": "source",
    "srcused": "source used",
    "typesrc": "type of source",
    "eainfo": "entities and attributes",
    "enttyp": "entity",
    "enttypl": "entity",
    "enttypd": "definition",
    "enttypds": "source of the definition",
    "attrlabl": "attribute",
    "attrdef": "definition",
    "attrdefs": "source of the definition",
    "codesetd": "code set",
    "codesetn": "code set",
    "codesets": "source of the code set",
    "edom": "listed value",
    "rdom": "range of values",
    "edomv": "value",
    "edomvd": "meaning",
    "edomvds": "source of the meaning",
    "rdommin": "lowest value",
    "rdommax": "highest value",
    "attrunit": "unit of measure",
    "eaover": "overview",
    "eadetcit": "detailed citation",
    "distinfo": "distribution",
    "distliab": "distribution liability",
    "stdorder": "ordering",
    "digform": "digital form",
    "metainfo": "about this record",
    "pubdate": "publication date",
    "onlink": "link",
    "othercit": "other citation details",
    "themekey": "keywords",
    "placekey": "places",
    "cntinfo": "contact",
    "cntperp": "contact",
    "cntorgp": "contact",
    "cntaddr": "address",
    "cntpos": "position",
    "cntper": "contact",
    "cntorg": "organization",
}


_CLASS = re.compile(r"^[A-Z]{2}_(?=[A-Z])")  # ISO 19115: "CI_Citation"


def name_in_words(written: str) -> str:
    """Return the name of an element as words."""
    name = readable(_CLASS.sub("", written))
    return _SHORT_NAMES.get(written.lower()) or (name.lower() if name.isupper() else name)
