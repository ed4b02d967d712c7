"""How far a statement agrees with what a question requires."""

from assistant.agreement.asked_noun import asked_noun, noun_said, noun_text
from assistant.agreement.kinds import figures_of_kind, kind_agreement
from assistant.agreement.measuring import measure_agreement, measures_compared, things_apart
from assistant.agreement.naming import (
    commodity_agreement,
    entries_named,
    names_subject,
    subject_agreement,
    subjects_agreement,
    text_names,
)
from assistant.agreement.purpose import purpose_said
from assistant.agreement.scopes import refers_back
from assistant.agreement.signs import (
    SIGNS,
    coverage,
    focus_agreement,
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
    "asked_noun",
    "commodity_agreement",
    "coverage",
    "edition_agreement",
    "entries_named",
    "figures_of_kind",
    "focus_agreement",
    "kind_agreement",
    "measure_agreement",
    "measures_compared",
    "names_subject",
    "noun_said",
    "noun_text",
    "part_agreement",
    "purpose_said",
    "refers_back",
    "signs_of",
    "statement_times",
    "states_absence",
    "subject_agreement",
    "subjects_agreement",
    "text_names",
    "things_apart",
    "time_agreement",
    "withholds",
    "words_agreement",
]
