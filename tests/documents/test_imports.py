"""Files of customers, of what partners did for them, and of what those answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.imports import IMPORTERS
from documents.models import Customer, Deployment, Reference, SurveyResponse, Transaction
from documents.operations import Particulars
from partners.enums import MembershipRole
from partners.imports.importer import ImportContext, importers
from partners.imports.table import Row, open_table
from partners.models import AuditEntry, Vendor
from partners.queries.imports import import_report
from partners.rules import SYSTEM, NotAllowed
from partners.tenancy.context import tenant
from portal.workspace.imports import KINDS
from tests import cast
from tests.cast import NOW, TODAY
from tests.uploads import checked, counts, imported

HEADERS = {
    "customers": "name,external_id,register_number,country,industry,size",
    "deployments": "partner,external_id,customer,completed_on,confirmed_on,confirmed_by,kind",
    "references": "partner,external_id,customer,started_on,valid_through,deployment",
    "transactions": "partner,external_id,customer,made_on,kind,value,currency",
    "survey_responses": "partner,external_id,customer,answered_on,score,service_type,deployment",
}
# A row of each kind about Acme and Contoso, its id a placeholder.
ROWS = {
    "customers": "Customer {0},C-{0},HRB 1,de,retail,small",
    "deployments": "acme,{0},Contoso,2026-01-15,2026-02-01,customer,migration",
    "references": "acme,{0},Contoso,2026-01-01,2026-12-31,",
    "transactions": "acme,{0},Contoso,2026-01-15,resale,1000.25,EUR",
    "survey_responses": "acme,{0},Contoso,2026-02-16,4.5,support,",
}
MODELS: dict[str, type[Any]] = {
    "customers": Customer,
    "deployments": Deployment,
    "references": Reference,
    "transactions": Transaction,
    "survey_responses": SurveyResponse,
}
FACTS = ("deployments", "references", "transactions", "survey_responses")
each_kind = pytest.mark.parametrize("kind", ROWS)
each_fact = pytest.mark.parametrize("kind", FACTS)


@pytest.fixture
def shop(northwind: Vendor) -> Vendor:
    """Northwind with the partners Acme and Cove, and the customers Contoso and Fabrikam."""
    with tenant(northwind):
        cast.partner("acme")
        cast.partner("cove")
        cast.customer("Contoso")
        cast.customer("Fabrikam", external_id="C-9")
    return northwind


def lines(kind: str, *rows: str) -> bytes:
    return "\n".join([HEADERS[kind], *rows, ""]).encode()


def only(vendor: Vendor, kind: str, number: str = "A-1") -> Any:
    with tenant(vendor):
        return MODELS[kind].objects.select_related("customer").get(external_id=number)


def test_every_kind_is_offered_and_named() -> None:
    kinds = {importer.kind for importer in IMPORTERS}

    assert set(ROWS) <= kinds
    assert kinds <= set(importers)
    assert kinds <= set(KINDS)


@each_kind
def test_the_same_file_again_changes_nothing(shop: Vendor, kind: str) -> None:
    content = lines(kind, ROWS[kind].format("A-1"), ROWS[kind].format("A-2"))

    first, again = imported(kind, content), checked(kind, content)

    assert counts(first) == (2, 0, 0, 0)
    assert counts(again) == (0, 0, 2, 0)
    with tenant(shop):
        assert AuditEntry.objects.filter(verb__endswith=".recorded").count() == 1


def test_customers_are_known_by_id_or_name_and_keep_what_is_not_said(shop: Vendor) -> None:
    job = imported(
        "customers",
        lines("customers", "Contoso,,HRB 1,de,,", "Fabrikam Ltd,C-9,,,retail,", "Tailspin,,,,,"),
    )

    assert counts(job) == (1, 2, 0, 0)
    with tenant(shop):
        known = Customer.objects.order_by("name").values_list(
            "name", "external_id", "register_number", "country", "industry"
        )
        assert list(known) == [
            ("Contoso", "", "HRB 1", "DE", ""),
            ("Fabrikam Ltd", "C-9", "", "", "retail"),
            ("Tailspin", "", "", "", ""),
        ]


def test_a_deployment_says_everything_about_itself(shop: Vendor) -> None:
    header = (
        "partner,external_id,customer,completed_on,confirmed_on,confirmed_by,kind,products,"
        "service_types,industry,region,country,location,customer_size,stage,public,value,currency,"
        "attributes,dates"
    )
    row = (
        "acme,A-1,C-9,2026-01-15,2026-02-01,vendor,migration,suite;mail,consulting,retail,emea,de,"
        "Berlin,enterprise,production,yes,1000.25,eur,tier=gold; sold=yes,signed=2025-12-01"
    )

    imported("deployments", f"{header}\n{row}\n".encode())

    deployment = only(shop, "deployments")
    assert deployment.customer.name == "Fabrikam"
    assert (deployment.confirmed_on, deployment.confirmed_by) == (date(2026, 2, 1), "vendor")
    assert Particulars.of(deployment) == Particulars(
        kind="migration",
        products=("suite", "mail"),
        service_types=("consulting",),
        industry="retail",
        region="emea",
        country="DE",
        location="Berlin",
        customer_size="enterprise",
        stage="production",
        public=True,
        value=Decimal("1000.25"),
        currency="EUR",
        attributes={"tier": "gold", "sold": "yes"},
        dates={"signed": date(2025, 12, 1)},
    )


def test_a_changed_row_corrects_and_an_empty_cell_keeps(shop: Vendor) -> None:
    imported("deployments", lines("deployments", ROWS["deployments"].format("A-1")))
    imported("references", lines("references", "acme,R-1,Contoso,2026-01-01,2026-12-31,A-1"))
    imported("survey_responses", lines("survey_responses", ROWS["survey_responses"].format("S-1")))

    changed = [
        imported("deployments", lines("deployments", "acme,A-1,C-9,2026-01-16,,,")),
        imported("references", lines("references", "acme,R-1,Contoso,2026-01-02,,")),
        imported("survey_responses", lines("survey_responses", "acme,S-1,C-9,2026-02-16,4,,A-1")),
    ]

    assert [counts(job) for job in changed] == [(0, 1, 0, 0)] * 3
    deployment, reference = only(shop, "deployments"), only(shop, "references", "R-1")
    assert (deployment.customer.name, deployment.completed_on) == ("Fabrikam", date(2026, 1, 16))
    assert (deployment.confirmed_on, deployment.kind) == (date(2026, 2, 1), "migration")
    assert (reference.ended_on, reference.deployment_id) == (date(2027, 1, 1), deployment.pk)
    answer = only(shop, "survey_responses", "S-1")
    assert (answer.score, answer.service_type, answer.deployment_id) == (
        4,
        "support",
        deployment.pk,
    )


def test_what_a_partner_recorded_is_accepted_by_a_file_that_says_the_same(shop: Vendor) -> None:
    content = lines("transactions", ROWS["transactions"].format("A-1"))
    imported("transactions", content)
    with tenant(shop):
        Transaction.objects.update(pending=True)

    job = imported("transactions", content)

    assert counts(job) == (0, 1, 0, 0)
    assert not only(shop, "transactions").pending


@pytest.mark.parametrize(
    ("kind", "row", "field", "message"),
    [
        (
            "deployments",
            "acme,A-1,Contosso,2026-01-15,,,",
            "customer",
            "“Contosso” is not a customer on record. Did you mean “Contoso”?",
        ),
        (
            "deployments",
            "acme,A-1,zzz,2026-01-15,,,",
            "customer",
            "“zzz” is not a customer on record. Import customers first.",
        ),
        (
            "deployments",
            "bolt,A-1,Contoso,2026-01-15,,,",
            "partner",
            "“bolt” is neither the short name nor the id of a partner of yours.",
        ),
        (
            "deployments",
            "acme,A-1,Contoso,2026-03-03,,,",
            "completed_on",
            "2026-03-03 is in the future.",
        ),
        (
            "deployments",
            "acme,A-1,Contoso,2026-01-15,2026-02-01,,",
            "confirmed_by",
            "Say both: on which day it was confirmed, and by whom.",
        ),
        (
            "deployments",
            "acme,A-1,Contoso,2026-01-15,2026-02-01,someone,",
            "confirmed_by",
            "“someone” is not one of: customer, vendor.",
        ),
        (
            "references",
            "acme,A-1,Contoso,2026-01-15,,P-7",
            "deployment",
            "“P-7” is not a deployment of this partner.",
        ),
        (
            "transactions",
            'acme,A-1,Contoso,2026-01-15,resale,"1.000,25",EUR',
            "value",
            "“1.000,25” is not a number: write it as in 1234.50.",
        ),
        (
            "transactions",
            "acme,A-1,Contoso,2026-01-15,resale,1000,Euro",
            "currency",
            "“Euro” is not a code of 3 letters.",
        ),
        (
            "survey_responses",
            "acme,A-1,Contoso,2026-03-03,4,,",
            "answered_on",
            "2026-03-03 is in the future.",
        ),
        ("customers", "Contoso,,,uk,,", "country", "“UK” is not the code of a country."),
    ],
)
def test_the_check_says_what_does_not_fit(
    shop: Vendor, kind: str, row: str, field: str, message: str
) -> None:
    job = checked(kind, lines(kind, row))

    with tenant(shop):
        (problem,) = import_report(job.pk, SYSTEM).problems
    assert (problem.row, problem.field, problem.message) == (2, field, message)


@each_kind
def test_a_repeated_row_names_the_first(shop: Vendor, kind: str) -> None:
    row = ROWS[kind].format("A-1")

    job = checked(kind, lines(kind, row, row))

    with tenant(shop):
        (problem,) = import_report(job.pk, SYSTEM).problems
    assert (problem.row, problem.message.startswith("Row 2 ")) == (3, True)


def test_a_name_of_several_customers_is_refused_unless_they_are_linked(shop: Vendor) -> None:
    row = ROWS["deployments"].format("A-1").replace("Contoso", "Twin")
    with tenant(shop):
        first = cast.customer("Twin", external_id="T-1")
        second = cast.customer("Twin", external_id="T-2")
    before = checked("deployments", lines("deployments", row))

    with tenant(shop):
        (problem,) = import_report(before.pk, SYSTEM).problems
        Customer.objects.filter(pk=second.pk).update(merged_into=first, merge_reason="Same")

    assert problem.message == "Several customers are called “Twin”. Name it by your id of it."
    assert counts(checked("deployments", lines("deployments", row))) == (1, 0, 0, 0)


@each_fact
def test_a_channel_manager_imports_for_managed_partners_only(shop: Vendor, kind: str) -> None:
    with tenant(shop):
        membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        cast.partner("managed", manager=membership)
    own = ROWS[kind].format("A-1").replace("acme", "managed")

    job = checked(kind, lines(kind, own, ROWS[kind].format("A-2")), by=cast.actor(membership))

    assert counts(job) == (1, 0, 0, 1)


def test_a_channel_manager_changes_no_customer_of_somebody_else(shop: Vendor) -> None:
    with tenant(shop):
        membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        mara = cast.actor(membership)
        cast.deployment(cast.partner("other"), Customer.objects.get(name="Contoso"))

    job = checked(
        "customers", lines("customers", "Contoso,,,,retail,", "Fabrikam,C-9,,,retail,"), by=mara
    )

    assert counts(job) == (0, 1, 0, 1)
    with tenant(shop):
        (problem,) = import_report(job.pk, mara).problems
    assert problem.message == (
        "Partners that are not yours work for this customer: you cannot change it."
    )


@pytest.mark.parametrize("role", [MembershipRole.PARTNER_ADMIN, MembershipRole.REVIEWER])
def test_others_import_nothing(shop: Vendor, role: MembershipRole) -> None:
    with tenant(shop):
        at = cast.partner("hers") if role == MembershipRole.PARTNER_ADMIN else None
        by = cast.actor(cast.member("Paul", role, at))

    with pytest.raises(NotAllowed):
        checked("survey_responses", lines("survey_responses"), by=by)


def test_another_vendors_customers_are_unknown(shop: Vendor, umbra: Vendor) -> None:
    with tenant(umbra):
        cast.customer("Umbrella")

    job = checked("deployments", lines("deployments", "acme,A-1,Umbrella,2026-01-15,,,"))

    with tenant(shop):
        (problem,) = import_report(job.pk, SYSTEM).problems
    assert problem.message == "“Umbrella” is not a customer on record. Import customers first."


def written(vendor: Vendor, kind: str, *numbers: str) -> int:
    content = lines(kind, *(ROWS[kind].format(number) for number in numbers))
    with tenant(vendor), CaptureQueriesContext(connection) as queries:
        reading = importers[kind].begin(ImportContext(SYSTEM, NOW, TODAY))
        rows = open_table(content, importers[kind].columns).rows()
        reading.write(reading.plan([row for row in rows if isinstance(row, Row)]))  # type: ignore[arg-type]
    return len(queries)


@each_kind
def test_one_row_costs_as_many_statements_as_three(shop: Vendor, kind: str) -> None:
    assert written(shop, kind, "A-1") == written(shop, kind, "A-2", "A-3", "A-4")
