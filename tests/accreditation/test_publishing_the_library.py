"""Documents of the library can be published where the catalog has what they name."""

from __future__ import annotations

import pytest

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.problems import DocumentError
from accreditation.criteria.reader import Catalog
from accreditation.criteria.settings import Granting
from accreditation.enums import VersionState
from accreditation.models import Program
from accreditation.operations.programs import draft_version, publish_version
from accreditation.program_library import load, names
from partners.models import Vendor
from partners.rules import SYSTEM
from tests import cast

RULES = {name: parse(load(name), draft=True) for name in names()}
COMPLETE = [name for name, rules in RULES.items() if not rules.open_places]


def define_catalog(rules: Rules) -> None:
    """Enter everything that the rules refer to."""
    named = {(one.catalog, one.key) for one in rules.references}
    for catalog, key in sorted(named):
        if catalog is Catalog.CERTIFICATION:
            cast.certification(key)
        elif catalog is Catalog.FAMILY:
            cast.certification(f"one-of-{key}", family=key)
        elif catalog is Catalog.CERTIFICATION_LEVEL:
            cast.certification(f"some-{key}", level=key)
        elif catalog is Catalog.JOB_ROLE:
            cast.job_role(key)
        elif catalog is Catalog.COURSE:
            cast.course(key)
        elif catalog is Catalog.PROGRAM:
            Program.objects.create(
                key=key, name={"en": key}, kind=rules.program.kind.value, created_at=cast.NOW
            )


def is_offered(rules: Rules) -> bool:
    """Return whether the product handles what the rules ask: a draft may say more."""
    return rules.settings.award is Granting.AUTOMATIC


@pytest.mark.parametrize("name", COMPLETE)
def test_document_without_open_numbers_is_published_or_ahead_of_the_product(
    in_northwind: Vendor, name: str
) -> None:
    rules = RULES[name]
    define_catalog(rules)
    version = draft_version(document=load(name), by=SYSTEM, now=cast.NOW)

    if is_offered(rules):
        publish_version(version=version, effective_on=cast.TODAY, by=SYSTEM, now=cast.NOW)
    else:
        with pytest.raises(
            DocumentError, match=r"settings\.award: .* cannot apply for an award yet"
        ):
            publish_version(version=version, effective_on=cast.TODAY, by=SYSTEM, now=cast.NOW)

    version.refresh_from_db()
    assert (version.state == VersionState.PUBLISHED) is is_offered(rules)
