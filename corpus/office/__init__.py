"""Word papers, presentations and e-mail."""

from corpus.office.mail import read_mail
from corpus.office.slides import read_slides
from corpus.office.word import read_word

__all__ = ["read_mail", "read_slides", "read_word"]
