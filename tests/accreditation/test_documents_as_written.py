"""A rules document comes back from the database in the order in which it was written."""

from __future__ import annotations

import json

from accreditation.models import ProgramVersion
from accreditation.operations.programs import draft_version
from partners.models import Vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers


def test_names_keep_their_order(northwind: Vendor) -> None:
    document = engineers(at_least=2)
    with tenant(northwind):
        version = draft_version(document=document, by=SYSTEM, now=cast.NOW)

        [kept] = ProgramVersion.objects.filter(pk=version.pk)

    assert json.dumps(kept.document) == json.dumps(document)
