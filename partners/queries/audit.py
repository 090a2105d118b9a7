"""What was done, and whether the record of it is still the one that was sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from partners.models import AuditEntry, AuditSeal

CHUNK = 1_000
# What a fingerprint covers. Changing the list breaks every seal there is.
SEALED_FIELDS = (
    "id",
    "vendor_id",
    "sequence",
    "at",
    "actor_kind",
    "actor_id",
    "verb",
    "subject_kind",
    "subject_ids",
    "partner_ids",
    "changes",
    "request_id",
)


class ProblemKind(StrEnum):
    """How the audit log differs from its seals."""

    ALTERED = "altered"
    MISSING = "missing"
    ADDED = "added"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference. ``sequence`` is that of the entry, or the first one of a broken seal."""

    kind: ProblemKind
    sequence: int

    def __str__(self) -> str:
        if self.kind == ProblemKind.SEAL:
            return f"the seal from entry {self.sequence} on does not follow from the one before"
        return f"entry {self.sequence} is {self.kind}"


def fingerprint(entry: AuditEntry) -> str:
    """Return the hash of everything that an entry says."""
    said = {name: getattr(entry, name) for name in SEALED_FIELDS}
    said["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical(said)).hexdigest()


def chain_digest(previous: str, fingerprints: Mapping[str, str]) -> str:
    """Return the digest of a seal: over the one before and the entries in order."""
    ordered = sorted(fingerprints.items(), key=lambda item: int(item[0]))
    return hashlib.sha256(canonical([previous, ordered])).hexdigest()


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: keys sorted, no spaces, UTF-8, ids as text."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return text.encode()


def head_digest() -> str:
    """Return the digest of the open vendor's last seal; empty before the first.

    Kept somewhere else, it also proves that nobody cut off the end of the log.
    """
    last: AuditSeal | None = AuditSeal.objects.order_by("-first_sequence").first()
    return last.digest if last is not None else ""


def has_digest(digest: str) -> bool:
    """Return whether a seal of the open vendor has the digest, which somebody kept elsewhere."""
    return AuditSeal.objects.filter(digest=digest).exists()


def check_audit() -> list[Problem]:
    """Recompute every seal of the open vendor and return all differences, in order.

    Entries after the last seal are not proved yet.
    """
    problems: list[Problem] = []
    previous, sealed_up_to = "", 0
    seals = AuditSeal.objects.order_by("first_sequence")
    for seal in seals.iterator(chunk_size=10):
        sequences = [int(sequence) for sequence in seal.fingerprints]
        named = (len(sequences), min(sequences, default=0), max(sequences, default=0))
        if (
            seal.previous_digest != previous
            or seal.digest != chain_digest(previous, seal.fingerprints)
            or named != (seal.entries, seal.first_sequence, seal.last_sequence)
        ):
            problems.append(Problem(ProblemKind.SEAL, seal.first_sequence))
        # From the seal before on: an entry slipped in between two seals has no fingerprint either.
        problems += _differences(seal, after=sealed_up_to)
        previous, sealed_up_to = seal.digest, max(sealed_up_to, seal.last_sequence)
    return problems


def _differences(seal: AuditSeal, *, after: int) -> Iterator[Problem]:
    expected = {int(sequence): digest for sequence, digest in seal.fingerprints.items()}
    entries = AuditEntry.objects.filter(sequence__gt=after, sequence__lte=seal.last_sequence)
    found = {entry.sequence: fingerprint(entry) for entry in entries.iterator(chunk_size=CHUNK)}
    for sequence in sorted(expected.keys() | found.keys()):
        if sequence not in found:
            yield Problem(ProblemKind.MISSING, sequence)
        elif sequence not in expected:
            yield Problem(ProblemKind.ADDED, sequence)
        elif expected[sequence] != found[sequence]:
            yield Problem(ProblemKind.ALTERED, sequence)
