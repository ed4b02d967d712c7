"""Sources with the same content in other clothes, and conversions that invent figures."""

from corpus.copies.fingerprint import CANDIDATE_HASHES, Fingerprint, fingerprint
from corpus.copies.grouping import CopyGroup, group_copies
from corpus.copies.sameness import Member

__all__ = ["CANDIDATE_HASHES", "CopyGroup", "Fingerprint", "Member", "fingerprint", "group_copies"]
