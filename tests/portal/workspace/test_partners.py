"""The list of partners, and the forms that add and change one."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from partners.enums import MembershipRole, PartnerState
from partners.models import Membership, Partner
from partners.tenancy.context import tenant
from tests import cast
from tests.portal.workspace.conftest import Enter
from tests.stories import judge_all

NEW = {"name": "Gamma Labs", "slug": "Gamma", "state": "active", "joined_on": "2026-02-01"}


def _names(answer: object) -> list[str]:
    return [line.name for line in answer.context["lines"]]  # type: ignore[attr-defined]


def test_the_list_shows_standings_manager_and_next_date(acme: Partner, enter: Enter) -> None:
    [line] = enter().get("partners/").context["lines"]

    assert (line.name, line.manager, line.chips, line.in_progress, line.next_day) == (
        "Acme Cloud Services",
        "Mara",
        [],
        1,
        None,
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Acme Cloud Services", "Beta Systems"]),
        ({"q": " ACME "}, ["Acme Cloud Services"]),
        ({"q": "nothing like it"}, []),
        ({"state": "ended"}, []),
        ({"state": "no such state"}, ["Acme Cloud Services", "Beta Systems"]),
        ({"standing": "in_progress"}, ["Acme Cloud Services", "Beta Systems"]),
        ({"standing": "accredited"}, []),
        ({"page": "99"}, ["Acme Cloud Services", "Beta Systems"]),
        ({"q": "a\0cme"}, ["Acme Cloud Services"]),
    ],
)
def test_filters(acme: Partner, enter: Enter, query: dict[str, str], names: list[str]) -> None:
    assert _names(enter(MembershipRole.OWNER).get("partners/", **query)) == names


def test_a_filter_without_result_says_so_and_an_empty_list_says_what_belongs_here(
    acme: Partner, enter: Enter
) -> None:
    visit = enter()

    assert "No partner matches" in visit.text("partners/", q="zzz")
    with tenant(acme.vendor):
        Partner.objects.update(manager=None)
    assert "No partners yet" in visit.text("partners/")


@pytest.mark.parametrize("partners", [1, 3])
def test_the_list_takes_the_same_statements_for_one_and_for_three(
    acme: Partner,
    mara: Membership,
    enter: Enter,
    partners: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with tenant(acme.vendor):
        for number in range(1, partners):
            cast.partner(f"partner-{number}", manager=mara)
        judge_all()
    visit = enter()

    with django_assert_num_queries(16):
        answer = visit.get("partners/")

    assert len(answer.context["lines"]) == partners


def test_a_channel_managers_new_partner_is_theirs(acme: Partner, enter: Enter) -> None:
    answer = enter().post("partners/new/", **NEW, industries="retail, retail ,energy")

    assert answer["Location"] == "/v/northwind/manage/partners/gamma/"
    with tenant(acme.vendor):
        gamma = Partner.objects.select_related("manager__user").get(slug="gamma")
    assert (gamma.manager and gamma.manager.user.name, gamma.joined_on, gamma.industries) == (
        "Mara",
        date(2026, 2, 1),
        ["retail", "energy"],
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "beta"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"name": ""}, "name"),
        ({"joined_on": "yesterday"}, "joined_on"),
        ({"state": "ended"}, "state"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_what_is_refused_stays_filled_in_with_an_error_at_its_field(
    acme: Partner, enter: Enter, changes: dict[str, str], field: str
) -> None:
    answer = enter().post("partners/new/", **{**NEW, **changes, "external_id": "CRM-7"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert 'id="errors"' in page
    assert 'value="CRM-7"' in page


def test_editing_keeps_other_languages_and_a_manager_cannot_hand_over(
    acme: Partner, enter: Enter
) -> None:
    with tenant(acme.vendor):
        Partner.objects.filter(pk=acme.pk).update(summary={"en": "Old", "de": "Alt"})
    visit = enter()

    form = visit.get("partners/acme/edit/").context["form"]
    answer = visit.post(
        "partners/acme/edit/",
        name="Acme Group",
        joined_on="2024-01-01",
        summary="New",
        manager="",
    )

    assert "manager" not in form.fields
    assert form["summary"].value() == "Old"
    assert answer["Location"] == "/v/northwind/manage/partners/acme/"
    with tenant(acme.vendor):
        after = Partner.objects.get(pk=acme.pk)
    assert (after.name, after.summary, after.manager_id) == (
        "Acme Group",
        {"en": "New", "de": "Alt"},
        acme.manager_id,
    )


def test_an_owner_hands_a_partner_over(acme: Partner, enter: Enter) -> None:
    with tenant(acme.vendor):
        milo = Membership.objects.get(user__name="Milo")

    enter(MembershipRole.OWNER).post(
        "partners/acme/edit/", name="Acme", joined_on="2024-01-01", manager=str(milo.pk)
    )

    with tenant(acme.vendor):
        assert Partner.objects.get(pk=acme.pk).manager_id == milo.pk
        assert Partner.objects.get(pk=acme.pk).state == PartnerState.ACTIVE
