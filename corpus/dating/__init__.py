"""When a source was published, which years it has data for, and its edition."""

from corpus.dating.data_years import find_data_years
from corpus.dating.editions import edition_key, editions, find_version, is_newer
from corpus.dating.filings import find_filed
from corpus.dating.published import find_published
from corpus.dating.series import find_edition, find_series
from corpus.dating.written_dates import read_date
from corpus.language.named_editions import editions_asked

__all__ = [
    "edition_key",
    "editions",
    "editions_asked",
    "find_data_years",
    "find_edition",
    "find_filed",
    "find_published",
    "find_series",
    "find_version",
    "is_newer",
    "read_date",
]
