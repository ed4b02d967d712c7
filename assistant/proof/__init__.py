"""Proof bundles: what an answer or a checked draft cites, to be held against the files anywhere."""

from assistant.proof.bundle import Bundle, pack_bundle, unpack_bundle
from assistant.proof.original_files import FileSearch, find_originals
from assistant.proof.proof import Proof, ProofCitation, proof_to_json
from assistant.proof.proving import prove_answer, prove_draft
from assistant.proof.verifying import CitationCheck, check_to_json, verify

__all__ = [
    "Bundle",
    "CitationCheck",
    "FileSearch",
    "Proof",
    "ProofCitation",
    "check_to_json",
    "find_originals",
    "pack_bundle",
    "proof_to_json",
    "prove_answer",
    "prove_draft",
    "unpack_bundle",
    "verify",
]
