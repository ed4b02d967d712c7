"""When a source was published, which years it has data for, and its edition."""

from corpus.dating.data_years import find_data_years
from corpus.dating.editions import editions, find_version, is_newer
from corpus.dating.published import find_published, normalize_date
from corpus.dating.series import find_edition, find_series

__all__ = [
    "editions",
    "find_data_years",
    "find_edition",
    "find_published",
    "find_series",
    "find_version",
    "is_newer",
    "normalize_date",
]
