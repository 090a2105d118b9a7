"""Somebody takes on other job roles, or moves to another place of work, by page."""

from __future__ import annotations

from datetime import date

import pytest

from partners.enums import MembershipRole
from partners.models import AuditEntry, Employment, JobRole, Partner, Vendor
from partners.queries.people import team_of
from partners.tenancy.context import tenant
from tests import cast
from tests.portal.workspace.conftest import Enter

PAGE = "partners/acme/"
MARCH_1, MARCH_2 = date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture
def edda(acme: Partner, northwind: Vendor) -> Employment:
    """Edda at Acme, a technical engineer in Germany."""
    with tenant(northwind):
        cast.job_role("sales-representative")
        works: Employment = Employment.objects.get(person__name="Edda")
        cast.place(works, "DE", "Bavaria")
    return works


def work(acme: Partner, on: date) -> tuple[tuple[str, ...], str]:
    """Return as what and where Edda works on a day."""
    (edda,) = (one for one in team_of(acme, on) if one.name == "Edda")
    return edda.job_roles, edda.place


def verbs() -> list[str]:
    """Return what was changed about employments, in order."""
    found = AuditEntry.objects.filter(verb__startswith="employment.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_the_page_begins_with_how_it_is(edda: Employment, northwind: Vendor, enter: Enter) -> None:
    initial = enter().get(f"{PAGE}people/{edda.pk}/change/").context["form"].initial

    with tenant(northwind):
        assert [role.key for role in initial["job_roles"]] == ["technical-engineer"]
    assert (initial["on"], initial["country"], initial["region"]) == (MARCH_2, "DE", "Bavaria")


def test_job_roles_and_place_change_from_a_day_on(
    acme: Partner, edda: Employment, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        sales = JobRole.objects.get(key="sales-representative")

    done = enter().post(
        f"{PAGE}people/{edda.pk}/change/", on="2026-03-02", job_roles=[str(sales.pk)], country="FR"
    )

    assert done["Location"] == "/v/northwind/manage/partners/acme/"
    with tenant(northwind):
        assert work(acme, MARCH_1) == (("Technical Engineer",), "Bavaria, Germany")
        assert work(acme, MARCH_2) == (("Sales Representative",), "France")
        assert verbs() == ["employment.job_roles_changed", "employment.place_changed"]


def test_what_stays_as_it_is_is_not_recorded_again(
    acme: Partner, edda: Employment, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        engineer = JobRole.objects.get(key="technical-engineer")

    enter().post(
        f"{PAGE}people/{edda.pk}/change/",
        on="2026-03-02",
        job_roles=[str(engineer.pk)],
        country="DE",
        region="Bavaria",
    )

    with tenant(northwind):
        assert verbs() == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"on": "2023-12-31", "country": "FR"}, "on"),
        ({"on": "2026-03-02", "country": "", "region": ""}, "country"),
        ({"on": "", "country": "DE"}, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_changes_nothing(
    acme: Partner,
    edda: Employment,
    northwind: Vendor,
    enter: Enter,
    sent: dict[str, str],
    field: str,
) -> None:
    answer = enter().post(f"{PAGE}people/{edda.pk}/change/", **sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    with tenant(northwind):
        assert work(acme, MARCH_2) == (("Technical Engineer",), "Bavaria, Germany")
        assert verbs() == []


def test_who_only_looks_may_not(edda: Employment, enter: Enter) -> None:
    visit = enter(MembershipRole.REVIEWER)

    assert visit.get(f"{PAGE}people/{edda.pk}/change/").status_code == 403
    assert f"{edda.pk}/change/" not in visit.text(PAGE)


def test_an_employment_is_changed_only_under_its_own_partner(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        elsewhere = cast.employment(cast.person("Sven"), Partner.objects.get(slug="beta"))

    address = f"{PAGE}people/{elsewhere.pk}/change/"

    assert enter(MembershipRole.OWNER).get(address).status_code == 404
