"""How far a statement agrees with what a question requires."""

from assistant.agreement.kinds import figures_of_kind, kind_agreement
from assistant.agreement.measuring import measure_agreement, measures_compared
from assistant.agreement.naming import (
    commodity_agreement,
    entries_named,
    names_subject,
    subject_agreement,
    subjects_agreement,
    text_names,
)
from assistant.agreement.scopes import refers_back
from assistant.agreement.signs import (
    SIGNS,
    Nearness,
    coverage,
    signs_of,
    words_agreement,
)
from assistant.agreement.silence import states_absence, withholds
from assistant.agreement.timing import (
    edition_agreement,
    part_agreement,
    statement_times,
    time_agreement,
)

__all__ = [
    "SIGNS",
    "Nearness",
    "commodity_agreement",
    "coverage",
    "edition_agreement",
    "entries_named",
    "figures_of_kind",
    "kind_agreement",
    "measure_agreement",
    "measures_compared",
    "names_subject",
    "part_agreement",
    "refers_back",
    "signs_of",
    "statement_times",
    "states_absence",
    "subject_agreement",
    "subjects_agreement",
    "text_names",
    "time_agreement",
    "withholds",
    "words_agreement",
]
