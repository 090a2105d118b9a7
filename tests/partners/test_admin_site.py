"""Records: each vendor's own, in the visitor's reach, changed by operations only."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accreditation.models import Award
from enablement.models import Certificate, Certification
from partners.admin_site import VendorAdmin, site
from partners.enums import MembershipRole
from partners.models import AuditEntry, Membership, Partner, Person, Vendor
from partners.rules import ROLES, Permission
from partners.tenancy.context import tenant
from tests import cast

Role = MembershipRole
KINDS = {
    Partner: Permission.PARTNER_VIEW,
    Person: Permission.PEOPLE_VIEW,
    Certification: Permission.PROGRAM_VIEW,
    Certificate: Permission.CERTIFICATE_VIEW,
    Award: Permission.ACCREDITATION_VIEW,
    AuditEntry: Permission.AUDIT_VIEW,
}


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme, where Edda works, who holds a certificate."""
    with tenant(northwind):
        partner = cast.partner("acme")
        edda = cast.person("Edda")
        cast.employment(edda, partner)
        cast.certificate(edda, cast.certification("cloud-1"), until=date(2027, 1, 1))
        return partner


@pytest.fixture
def bolt(umbra: Vendor) -> Partner:
    """Bolt of the rival, with rows of every kind that could leak."""
    with tenant(umbra):
        partner = cast.partner("bolt")
        sven = cast.person("Sven")
        cast.employment(sven, partner)
        cast.certificate(sven, cast.certification("rival-1"), until=date(2027, 1, 1))
        return partner


def signed_in(vendor: Vendor, role: Role = Role.OWNER, name: str = "Mara") -> Client:
    """Return a browser in which a new member of the vendor is signed in."""
    client = Client()
    with tenant(vendor):
        client.force_login(cast.member(name, role).user)
    return client


def address(kind: type[Any], *rest: object, vendor: str = "northwind") -> str:
    label = f"{kind._meta.app_label}/{kind._meta.model_name}"
    return "/".join((f"/v/{vendor}/admin/{label}", *map(str, rest), ""))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_stock_of_records_is_the_one_we_know() -> None:
    assert set(site._registry) == set(KINDS)
    assert all(isinstance(each, VendorAdmin) for each in site._registry.values())


def test_visitor_is_led_to_sign_in_and_back(northwind: Vendor) -> None:
    answer = Client().get(address(Partner))

    assert answer.status_code == 302
    assert answer.headers["Location"] == (
        "/v/northwind/accounts/login/?next=/v/northwind/admin/partners/partner/"
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.label)
def test_to_a_stranger_there_are_no_records(
    northwind: Vendor, umbra: Vendor, kind: type[Any]
) -> None:
    answer = signed_in(umbra, name="Sven").get(address(kind))

    assert answer.status_code == 404


def test_partners_own_people_have_no_records(northwind: Vendor, acme: Partner) -> None:
    client = Client()
    with tenant(northwind):
        client.force_login(cast.member("Paul", Role.PARTNER_ADMIN, acme).user)

    assert client.get(address(Partner)).status_code == 404


def test_vendor_that_requires_a_second_factor_asks_for_it(northwind: Vendor) -> None:
    Vendor.objects.update(mfa_required=True)

    answer = signed_in(northwind).get(address(Partner))

    assert answer.headers["Location"].startswith("/v/northwind/accounts/second-factor/")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.label)
@pytest.mark.parametrize(
    "role", [Role.OWNER, Role.PROGRAM_OWNER, Role.CHANNEL_MANAGER, Role.REVIEWER, Role.ANALYST]
)
def test_list_opens_for_whoever_holds_the_permission(
    northwind: Vendor, kind: type[Any], role: Role
) -> None:
    answer = signed_in(northwind, role).get(address(kind))

    assert answer.status_code == (200 if KINDS[kind] in ROLES[role] else 403)


@pytest.mark.parametrize("kind", [Partner, Person, Certification, Certificate])
def test_list_holds_the_rows_of_the_vendor_only(
    northwind: Vendor, acme: Partner, bolt: Partner, kind: type[Any]
) -> None:
    answer = signed_in(northwind).get(address(kind))

    with tenant(northwind):
        assert list(answer.context["cl"].result_list) == list(kind.objects.all())
    for foreign in ("Bolt", "Sven", "Rival"):
        assert foreign not in text_of(answer)


@pytest.mark.parametrize("kind", [Partner, Person, Certification, Certificate])
def test_foreign_record_is_answered_like_an_unknown_one(
    northwind: Vendor, umbra: Vendor, acme: Partner, bolt: Partner, kind: type[Any]
) -> None:
    client = signed_in(northwind)
    with tenant(umbra):
        foreign = kind.objects.get().pk

    answers = [client.get(address(kind, pk, "change")) for pk in (foreign, uuid.uuid4(), "x")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("kind", [Partner, Person, Certificate])
def test_channel_manager_finds_the_records_of_managed_partners(
    northwind: Vendor, acme: Partner, kind: type[Any]
) -> None:
    client = signed_in(northwind, Role.CHANNEL_MANAGER)
    with tenant(northwind):
        managed = cast.partner("managed", manager=Membership.objects.get())
        nils = cast.person("Nils")
        cast.employment(nils, managed)
        mine: dict[Any, Any] = {
            Partner: managed,
            Person: nils,
            Certificate: cast.certificate(nils, Certification.objects.get()),
        }
        beyond = kind.objects.exclude(pk=mine[kind].pk).get()

    listed = client.get(address(kind))

    assert list(listed.context["cl"].result_list) == [mine[kind]]
    assert client.get(address(kind, beyond.pk, "change")).status_code == 404


def test_employments_beyond_the_reach_are_not_shown(northwind: Vendor, acme: Partner) -> None:
    client = signed_in(northwind, Role.CHANNEL_MANAGER)
    with tenant(northwind):
        managed = cast.partner("managed", manager=Membership.objects.get())
        edda = Person.objects.get()
        cast.employment(edda, managed, counts=False)

    page = text_of(client.get(address(Person, edda.pk, "change")))

    assert "Managed" in page
    assert "Acme" not in page


def test_partner_is_created_by_its_operation(northwind: Vendor) -> None:
    client = signed_in(northwind)

    answer = client.post(
        address(Partner, "add"), {"name": "Cirrus", "slug": "cirrus", "joined_on": "2026-03-01"}
    )

    assert answer.status_code == 302, answer.context["errors"]
    with tenant(northwind):
        partner = Partner.objects.get()
        entry = AuditEntry.objects.get()
    assert (partner.name, partner.joined_on) == ("Cirrus", date(2026, 3, 1))
    assert (entry.verb, entry.subject_ids) == ("partner.created", [partner.pk])


def test_partner_is_changed_by_its_operation(northwind: Vendor, acme: Partner) -> None:
    client = signed_in(northwind)
    form = {"name": "Acme GmbH", "slug": "acme", "joined_on": "2024-01-01"}

    answer = client.post(address(Partner, acme.pk, "change"), form)

    assert answer.status_code == 302, answer.context["errors"]
    with tenant(northwind):
        assert Partner.objects.get().name == "Acme GmbH"
        assert AuditEntry.objects.get().changes == {"fields": ["name"]}


def test_refusal_of_the_operation_is_shown_at_its_field(northwind: Vendor, acme: Partner) -> None:
    client = signed_in(northwind)

    answer = client.post(
        address(Partner, "add"), {"name": "Acme 2", "slug": "acme", "joined_on": "2026-03-01"}
    )

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"slug": ["“acme” is taken."]}
    with tenant(northwind):
        assert list(Partner.objects.all()) == [acme]
        assert not AuditEntry.objects.exists()


def test_certification_is_defined_and_changed_by_its_operations(northwind: Vendor) -> None:
    client = signed_in(northwind)

    client.post(
        address(Certification, "add"), {"name": "Cloud", "key": "cloud-1", "validity_months": "24"}
    )
    with tenant(northwind):
        pk = Certification.objects.get().pk
    client.post(address(Certification, pk, "change"), {"name": "Cloud 1", "validity_months": "24"})

    with tenant(northwind):
        certification = Certification.objects.get()
        verbs = [entry.verb for entry in AuditEntry.objects.order_by("sequence")]
    assert (certification.name, certification.key) == ("Cloud 1", "cloud-1")
    assert verbs == ["certification.defined", "certification.updated"]


def test_certificate_is_recorded_with_its_last_valid_day(northwind: Vendor, acme: Partner) -> None:
    client = signed_in(northwind)
    with tenant(northwind):
        form = {
            "person": Person.objects.get().pk,
            "certification": Certification.objects.get().pk,
            "awarded_on": "2026-01-15",
            "valid_through": "2027-01-14",
            "number": "A-1",
        }

    answer = client.post(address(Certificate, "add"), form)

    assert answer.status_code == 302, answer.context["errors"]
    with tenant(northwind):
        recorded = Certificate.objects.get(number="A-1")
        assert (recorded.expires_on, recorded.source) == (date(2027, 1, 15), "records")
        assert AuditEntry.objects.get().verb == "certificate.recorded"


@pytest.mark.parametrize("field", ["person", "certification"])
def test_foreign_choice_is_no_choice(
    northwind: Vendor, umbra: Vendor, acme: Partner, bolt: Partner, field: str
) -> None:
    client = signed_in(northwind)
    form: dict[str, Any] = {"awarded_on": "2026-01-15"}
    with tenant(northwind):
        form |= {"person": Person.objects.get().pk, "certification": Certification.objects.get().pk}
    with tenant(umbra):
        kind = {"person": Person, "certification": Certification}[field]
        form[field] = kind.objects.get().pk

    answer = client.post(address(Certificate, "add"), form)

    assert list(answer.context["adminform"].form.errors) == [field]
    with tenant(northwind):
        assert Certificate.objects.count() == 1


@pytest.mark.parametrize("kind", [Person, Award, AuditEntry, Certificate])
def test_facts_are_not_edited(northwind: Vendor, acme: Partner, kind: type[Any]) -> None:
    client = signed_in(northwind)
    with tenant(northwind):
        row = kind.objects.first()
    pk = row.pk if row else uuid.uuid4()

    assert client.post(address(kind, pk, "change"), {"name": "X"}).status_code in {403, 404}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.label)
def test_nothing_is_deleted(northwind: Vendor, acme: Partner, kind: type[Any]) -> None:
    client = signed_in(northwind)

    assert client.get(address(kind, acme.pk, "delete")).status_code == 404
    form = {"action": "delete_selected", "_selected_action": [str(acme.pk)]}
    client.post(address(kind), form)

    with tenant(northwind):
        assert Partner.objects.filter(pk=acme.pk).exists()


def test_autocomplete_offers_what_the_records_show(
    northwind: Vendor, umbra: Vendor, acme: Partner, bolt: Partner
) -> None:
    client = signed_in(northwind)
    asked = {
        "app_label": "enablement",
        "model_name": "certificate",
        "field_name": "person",
        "term": "e",
    }

    answer = client.get("/v/northwind/admin/autocomplete/", asked)

    assert [each["text"] for each in answer.json()["results"]] == ["Edda"]


def test_search_keeps_what_it_found_apart_for_each_vendor(
    northwind: Vendor, umbra: Vendor, acme: Partner, bolt: Partner
) -> None:
    client = signed_in(northwind)
    with tenant(umbra):
        cast.member("Mara", Role.OWNER)
        cast.partner("acme-rival", "Acme of Umbra")

    first = client.get("/v/northwind/admin/search/", {"s": "acme", "extended": "1"})
    second = client.get("/v/umbra/admin/search/", {"s": "acme", "extended": "1"})

    assert [result.title for result in first.context["results"]] == ["Acme"]
    assert [result.title for result in second.context["results"]] == ["Acme of Umbra"]
    assert "/v/umbra/admin/partners/partner/" in text_of(second)


def test_search_does_not_find_what_the_role_may_not_see(northwind: Vendor, acme: Partner) -> None:
    client = signed_in(northwind, Role.CHANNEL_MANAGER)

    answer = client.get("/v/northwind/admin/search/", {"s": "acme", "extended": "1"})

    assert list(answer.context["results"]) == []


def test_policy_is_looser_for_records_and_strict_elsewhere(northwind: Vendor) -> None:
    client = signed_in(northwind)

    records = client.get(address(Partner)).headers["Content-Security-Policy"]
    elsewhere = client.get("/v/northwind/api/v1/docs/").headers["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-eval'" in records
    assert "style-src 'self' 'unsafe-inline'" in records
    assert "object-src 'none'" in records
    assert "unsafe" not in elsewhere


def test_page_shows_the_vendors_name_and_color(northwind: Vendor, umbra: Vendor) -> None:
    Vendor.objects.filter(pk=umbra.pk).update(brand_color="#ffc400")

    pages = {
        vendor.slug: text_of(signed_in(vendor).get(address(Partner, vendor=vendor.slug)))
        for vendor in (northwind, umbra)
    }

    assert "Northwind" in pages["northwind"]
    assert "oklch(from #3b46b8" in pages["northwind"]
    assert "oklch(from #ffc400" in pages["umbra"]
    assert "Northwind" not in pages["umbra"]


@pytest.mark.parametrize("kind", [Partner, Person, Certification, Certificate])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    northwind: Vendor, acme: Partner, kind: type[Any], rows: int, django_assert_num_queries: Any
) -> None:
    client = signed_in(northwind)
    with tenant(northwind):
        for number in range(rows - 1):
            partner = cast.partner(f"partner-{number}", manager=Membership.objects.get())
            person = cast.person(f"Person {number}")
            cast.employment(person, partner)
            cast.certificate(person, cast.certification(f"cloud-{number + 2}"))
    client.get(address(kind))

    # Opening and closing the vendor 5, session and user, the membership, the count, the rows.
    with django_assert_num_queries(10):
        answer = client.get(address(kind))

    assert len(answer.context["cl"].result_list) == rows
