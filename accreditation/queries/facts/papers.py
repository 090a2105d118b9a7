"""What is on file, signed, paid, published, attested, examined and scored."""

from __future__ import annotations

from accreditation.criteria import records
from accreditation.queries.facts.period_facts import loader
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)

_OF_PAPERS = ("kind", "amount", "pending")

documents_of = loader(AcceptedDocument, records.DocumentAccepted, *_OF_PAPERS)
"""Return the documents, accepted or waiting, by partner."""

agreements_of = loader(Agreement, records.Agreement, *_OF_PAPERS)
"""Return the agreements by partner."""

fees_of = loader(Fee, records.Fee, *_OF_PAPERS)
"""Return the fees by partner."""

listings_of = loader(ListingProof, records.ListingElsewhere, *_OF_PAPERS)
"""Return the listings elsewhere by partner."""

attestations_of = loader(Attestation, records.Attestation, *_OF_PAPERS, "scope")
"""Return the attestations by partner."""

audits_of = loader(Audit, records.Audit, *_OF_PAPERS, "passed", "score")
"""Return the audits by partner."""

checklists_of = loader(Checklist, records.Checklist, *_OF_PAPERS, "score", "out_of")
"""Return the checklists by partner."""
