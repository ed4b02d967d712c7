"""Whether a question leans on earlier turns, and where: "it", "that year", "the other one".

Words that only look so do not count: "Is it true that", "the mine that lies", "What did Japan do
to its imports".
"""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.conversation.clauses import AUXILIARY
from assistant.conversation.names import NameUse, find_names
from assistant.conversation.times import find_times
from assistant.conversation.topics import FIGURE
from corpus.lexicon import load_lexicon
from index.wording import content_words

OPENING = re.compile(
    r"^\s*(?:(?:and|also|but|so|then|or|ok(?:ay)?|now|well|yes|no|thanks|please)\b[\s,.:;!]*)*"
    r"(?:(?:what|how) about\b|what of\b|same (?:question )?for\b)?[\s,]*",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_IT = re.compile(
    r"\b(?:it|they|them|he|she|him)\b"
    r"(?! (?:true|right|correct|possible|likely|legal|the case|known|clear|worth|that)\b)"
    r"(?! (?:takes?|costs?|be)(?: [\w'’.-]+){0,4} to\b)",
    re.IGNORECASE,
)
# "that" after a noun begins a clause; after a preposition, an auxiliary or at the end it points.
_THAT = re.compile(
    rf"\b(?:of|in|on|for|to|than|from|with|by|about|at|like|as|{AUXILIARY}|before|after|since) "
    r"(?:that|this|those|these)\b(?! of\b)|^(?:that|this|those|these)\b|"
    r"\b(?:that|this|those|these)(?= (?:year|quarter|month|week|day|edition|figure|number|amount|"
    r"share|price|mine|compan|plant|law|source|quota|deal|loan|project|deposit|country|time|list|"
    r"product|one)(?:y|ies|s)?\b|\s*[?.!]*$)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:another|others?|second|third|fourth|next|last|first|this|that|which|same|new|old|"
    r"[a-z]{3,}er|[a-z]{3,}est|heavy|light|big|small|main|foreign|domestic) ones?\b"
    r"(?! (?!(?:with|in|of|for|that|which|and|or|at|from|by|to|on|is|are|was|were|do|does|did)\b)"
    r"[a-z])|\bthe others?\b(?=\s*(?:[?.!,]|$|and\b))|\bthe same\b(?! time)",
    re.IGNORECASE,
)
_THE = re.compile(
    r"\bthe (?:company|firm|group|country|mine|plant|refinery|project|deposit|facility|element|"
    r"oxide|metal|agency|department|law|act)\b(?=\s*(?:$|[,?.!]|[a-z]))"
    r"(?! (?:of|in|at|that|which|for|to|from|near|with|who)\b)"
)
_AMOUNT_ALONE = re.compile(
    r"^how (?:much|many) (?=(?:went|goes|go|came|comes?|remains?|(?:is|are|was|were) left)\b)",
    re.IGNORECASE,
)
_SO = re.compile(r"\b(?:says?|said|why|how|think) so\b|\binstead\b|\bthere\b(?=\s*[?.!,]*$)", re.I)
_ASKING_START = re.compile(
    r"^(?:(?:in|at|by|for|from|of|on|to|under|since|until|with|about) )?"
    r"(?:what|which|who|whom|whose|when|where|why|how)\b",
    re.IGNORECASE,
)
_ASKING_ALONE = re.compile(
    r"^(?:(?:(?:in|at|by|for|from|of|on|to|under|since|until|with) )?"
    r"(?:why|when|where|how(?: (?:much|many|long|large|often|far|so))?|who|whom|"
    r"(?:what|which|how many)(?: (?!of\b)[a-z]+){1,2})(?:,? and |, )?)+"
    r"(?: exactly| not| then| so)?$",
    re.IGNORECASE,
)
_SAME_ASKED = re.compile(
    r"^(?:what|how (?:much|many|high|large|big|low)) (?:is|was|were|are|did|would|will|had) "
    r"(?:it|they|that|this|these|those|the (?:figure|value|number|amount))"
    r"(?: be| been| stand(?: at)?)?"
    r"(?=\s*(?:$|(?:in|on|at|for|by|according|before|after|of)\s+\S|,))",
    re.IGNORECASE,
)
_DEFINING = re.compile(
    r"^(?:what (?:is|are) (?:an? |meant\b|the (?:difference|meaning)\b)|"
    r"what does .* (?:mean|stand)\b|define\b|explain\b|"
    r"how (?:do|does|is|are|can) .*\b(?:work|made|calculated|measured|defined|"
    r"separated|formed|recycled)\b|who are you|what can you|can you|could you|tell me about|"
    r"(?:list|name|compare|show|give)\b)",
    re.IGNORECASE,
)
# Of all the world: "Which country mines the most?".
_SUPERLATIVE = re.compile(
    r"^(?:(?:which|what) (?:countr|compan|mine|element|producer|firm)\w*|who (?:is|are)) .*"
    r"\b(?:most|largest|biggest|highest|leading|main|top)\b",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^(?:please )?(?:tell me more|more(?: details?)?|go on|continue|elaborate|really|"
    r"are you sure)\W*$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"\b(?:this|that|these|those)$")
_NOUN = re.compile(
    rf" (?!(?:{AUXILIARY}|in|on|at|for|of|to|from|by|than|and|or|more|less|so|as|with)\b)[\w-]+"
)
_ANY_PLURAL = re.compile(r"\b(?:[a-z]{3,}s|an? [a-z]+)\b")
_ANY_THING = re.compile(r"\b(?:the|an?|which|what) (?!is\b|was\b|did\b|does\b|are\b)[a-z]+\b")
_NAMED_AFTER = re.compile(r"\b(?:did|does|do|has|have|will|can) (?:the )?(?=[A-Z])")
_BOUNDARY = re.compile(
    r"\b(?:and|but|when|if|because|after|before|while|since|although|than)\b|[,;]"
)
_AUXILIARY = re.compile(rf"\b(?-i:(?!May\b)){AUXILIARY}\b", re.IGNORECASE)
_LONGEST_NAMELESS = 11  # words
_MOST_LETTERS = 600
_LONGEST = 45  # words of a question that may lean on another


@dataclass(frozen=True)
class Leaning:
    """A question to be understood after others; `core` is the question without its opening."""

    text: str

    @cached_property
    def core(self) -> str:
        """The question without "And" or "What about", and without its question mark."""
        return re.sub(r"[\s?!.]+$", "", self.text[self._opening :]).strip()

    @cached_property
    def is_opened(self) -> bool:
        """Tell whether it opens as a follow-up does."""
        return bool(self.text[: self._opening].strip())

    @cached_property
    def _opening(self) -> int:
        match = OPENING.match(self.text)
        return match.end() if match else 0

    @cached_property
    def names(self) -> tuple[NameUse, ...]:
        """What its core names."""
        return find_names(self.core)

    @cached_property
    def asks_the_same(self) -> bool:
        """Tell whether it asks for the same figure again: "What was it in 2023?"."""
        return bool(_SAME_ASKED.match(self.core))

    @cached_property
    def is_fragment(self) -> bool:
        """Tell whether it has no verb of its own: "and Brazil?", "in dollars?", "its price?"."""
        if self.asks_the_same:
            return True
        return not _AUXILIARY.search(self.core) and not _ASKING_START.match(self.core)

    @cached_property
    def asks_alone(self) -> bool:
        """Tell whether it is asking words alone: "Why?", "since when?"."""
        return bool(_ASKING_ALONE.match(self.core)) and not _AUXILIARY.search(self.core)

    @cached_property
    def pointers(self) -> tuple[re.Match[str], ...]:
        """Where words point at what earlier turns said, in order."""
        finders = (_IT, POSSESSIVE, _THAT, _ONE, _SO, _AMOUNT_ALONE)
        found = [match for finder in finders for match in finder.finditer(self.core)]
        found = [match for match in found if not self._is_explained(match)]
        if not self.is_fragment and not self.names:
            found += _THE.finditer(self.core)
        return tuple(sorted(found, key=lambda match: match.start()))

    @cached_property
    def names_nothing(self) -> bool:
        """Tell whether it is short, names nothing and asks for no explanation of a term."""
        if self.names or len(self.core.split()) > _LONGEST_NAMELESS or _DEFINING.match(self.core):
            return False
        if _SUPERLATIVE.match(self.core) and not self.is_opened:
            return False
        if self.is_opened:
            return True
        mentions = load_lexicon().names_in(self.core)
        said = [self.core[m.start : m.end] for m in mentions if m.entry.kind in ("term", "basis")]
        return all(re.search(FIGURE, term, re.IGNORECASE) for term in said)

    @cached_property
    def has_own_topic(self) -> bool:
        """Tell whether a question without a verb names what it is about and what it asks of it."""
        rest = self.core
        for use in reversed(self.names):
            rest = rest[: use.start] + rest[use.end :]
        owns = re.match(r"(?:the )?[A-Z][\w .-]*[’']s? \w", self.core)
        words = [word for word in content_words(rest) if not word.isdigit()]
        is_led = re.match(
            r"(?:in|on|at|for|of|to|from|by|with|according|the|than|compared|relative|versus|vs)\b",
            self.core,
            re.I,
        )
        if not self.is_opened and self.names and words and not is_led:
            return len(self.core.split()) > 2  # "Lutetium oxide, average for 2023?"
        if self.is_opened and self.names and not owns:
            before = self.core[: self.names[0].start]
            if re.search(r"\b(?:to|from|with|by|against|than|between)\s+(?:the )?$", before):
                return False  # "What about exports to Japan?" asks of what was spoken of
        asked = re.search(rf"\b{FIGURE}\b", rest, re.IGNORECASE)
        many = len([w for w in content_words(rest) if not w.isdigit()]) > 3
        return bool(self.names and (asked or many or (owns and content_words(rest))))

    @property
    def says_nothing(self) -> bool:
        """Tell whether there is nothing in it to be asked: "Thanks!"."""
        return not self.core or not re.search(r"\w", self.core)

    @property
    def is_long(self) -> bool:
        """Tell whether it is too long to be short for something else."""
        return len(self.text) > _MOST_LETTERS or len(self.text.split()) > _LONGEST

    def _is_explained(self, pointer: re.Match[str]) -> bool:
        """Tell whether the question itself says what a pointing word speaks of."""
        word = pointer.group().lower()
        before, after = self.core[: pointer.start()], self.core[pointer.end() :]
        named = bool(find_names(before))
        if re.search(r"\b(?:it|its|they|their)$", word) and _NAMED_AFTER.search(after):
            return True
        if _DETERMINER.search(word) and re.match(r" (?:year|quarter|month|day)\b", after):
            return any(time.year for time in find_times(before))
        if POSSESSIVE.fullmatch(word):
            asks_which = re.match(r"(?:which|what) ", self.core, re.IGNORECASE)
            if asks_which and not _AUXILIARY.search(before):
                return True  # "Which village gave its name"
            return named or bool(re.search(r"\bthe [a-z]+\b", before))
        if re.match(r"(?:is|was|does|did) (?:it|that)\b", self.core, re.IGNORECASE):
            return False
        if _DETERMINER.search(word) and word[:3] != "of " and self.names and _NOUN.match(after):
            return True  # "in these 10-Qs", in a question that names its subject
        if _BOUNDARY.search(before) is None:
            return False
        many = re.search(r"\b(?:they|them|those|these)$", word)
        return named or bool((_ANY_PLURAL if many else _ANY_THING).search(before))
