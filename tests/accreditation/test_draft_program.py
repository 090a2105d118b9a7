"""The command that gives a vendor a published program to start from."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accreditation.models import ProgramVersion
from accreditation.program_library import load
from partners.enums import MembershipRole
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast

NAME = "google-partners-badge"


def draft(name: str = NAME, vendor: str = "northwind", by: str = "olive@example.com") -> str:
    out = StringIO()
    call_command("draft_program", name, vendor=vendor, by=by, stdout=out)
    return out.getvalue()


@pytest.fixture
def staffed(northwind: Vendor) -> Vendor:
    with tenant(northwind):
        cast.member("Olive", MembershipRole.OWNER)
        cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    return northwind


def test_document_becomes_the_next_draft_of_the_vendor_s_program(staffed: Vendor) -> None:
    said = [draft(), draft()]

    assert said == [f"Drafted version {number} of {NAME}.\n" for number in (1, 2)]
    with tenant(staffed):
        versions = ProgramVersion.objects.filter(program__key=NAME)
        assert [one.document for one in versions] == [load(NAME), load(NAME)]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": "nothing"}, "There is no nothing; there are: "),
        ({"vendor": "nobody"}, "There is no vendor of that name."),
        ({"by": "sven@example.com"}, "There is no login of that name."),
        ({"by": "mara@example.com"}, "mara@example.com may not write programs of Northwind."),
    ],
)
def test_refusal_says_why(staffed: Vendor, given: dict[str, str], refusal: str) -> None:
    with pytest.raises(CommandError, match=refusal):
        draft(**given)

    with tenant(staffed):
        assert not ProgramVersion.objects.exists()
