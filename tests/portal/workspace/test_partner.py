"""One partner: its page, its explained accreditation, and the facts recorded for it by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.utils import translation

from accreditation.models import Accreditation, DueMark
from accreditation.standing import Standing
from enablement.models import Certificate, Certification
from partners.enums import MembershipRole
from partners.models import Employment, JobRole, Partner, Person, Vendor
from partners.tenancy.context import tenant
from portal.workspace.forms import country_choices
from tests import cast
from tests.accreditation.documents import engineers
from tests.portal.workspace.conftest import Enter, make_due
from tests.stories import judge_all, publish

PAGE = "partners/acme/"
DETAIL = f"{PAGE}accreditations/authorized-service/"
POLLING = 'hx-trigger="every 2s"'


def _ids(vendor: Vendor, person: str) -> dict[str, UUID]:
    with tenant(vendor):
        return {
            "person": Person.objects.get(name=person).pk,
            "certification": Certification.objects.get(key="cloud-engineer").pk,
        }


def test_the_page_shows_people_with_roles_and_certificates(acme: Partner, enter: Enter) -> None:
    answer = enter().get(PAGE)

    [edda, finn] = answer.context["people"]
    assert (edda.name, edda.job_roles, [one.name for one in edda.certificates]) == (
        "Edda",
        "Technical Engineer",
        ["Cloud Engineer"],
    )
    assert finn.certificates == []
    [card] = answer.context["accreditations"]
    assert (card.title, card.progress) == (
        "Authorized Service",
        "0 of 1 requirement met for Authorized",
    )
    assert POLLING not in answer.content.decode()


def test_the_road_of_a_certificate_recorded_by_hand(
    acme: Partner, northwind: Vendor, enter: Enter, judge: Callable[[], None]
) -> None:
    visit = enter()

    recorded = visit.post(
        f"{PAGE}certificates/new/", **_ids(northwind, "Finn"), awarded_on="2026-03-01"
    )
    make_due(northwind)
    waiting = visit.text(PAGE)
    judge()
    judged = visit.text(PAGE)

    assert recorded["Location"] == "/v/northwind/manage/partners/acme/"
    assert "Recorded. Acme Cloud Services is being judged again." in waiting
    assert "Calculating" in waiting
    assert POLLING in waiting
    assert "Authorized Service Partner" in judged
    assert "Calculating" not in judged
    assert POLLING not in judged


def test_the_catalogs_validity_counts_where_no_last_day_is_given(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()
    page = visit.text(f"{PAGE}certificates/new/")

    visit.post(f"{PAGE}certificates/new/", **_ids(northwind, "Finn"), awarded_on="2026-03-01")

    assert "Cloud Engineer (24 months)" in page
    with tenant(northwind):
        assert Certificate.objects.get(person__name="Finn").expires_on == date(2028, 3, 1)


def test_a_certificate_on_record_changes_nothing(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()

    visit.post(f"{PAGE}certificates/new/", **_ids(northwind, "Edda"), awarded_on="2025-01-01")

    assert "was on record already" in visit.text(PAGE)
    with tenant(northwind):
        assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"awarded_on": "2026-03-03"}, "awarded_on"),
        ({"valid_through": "2026-02-28"}, "valid_through"),
        ({"awarded_on": ""}, "awarded_on"),
        ({"person": "00000000-0000-0000-0000-000000000000"}, "person"),
    ],
)
def test_an_impossible_certificate_is_refused_at_its_field(
    acme: Partner, northwind: Vendor, enter: Enter, sent: dict[str, str], field: str
) -> None:
    answer = enter().post(
        f"{PAGE}certificates/new/",
        **{**_ids(northwind, "Finn"), "awarded_on": "2026-03-01", "number": "K-1", **sent},
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="K-1"' in answer.content.decode()


def test_people_of_other_partners_cannot_be_chosen(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        sven = cast.person("Sven")
        cast.employment(sven, Partner.objects.get(slug="beta"))
        sent = {"person": sven.pk, "certification": Certification.objects.get().pk}

    answer = enter().post(f"{PAGE}certificates/new/", **sent, awarded_on="2026-03-01")

    assert list(answer.context["form"].errors) == ["person"]


def test_somebody_new_starts_in_a_job_role(acme: Partner, northwind: Vendor, enter: Enter) -> None:
    with tenant(northwind):
        role = JobRole.objects.get()
    visit = enter()

    answer = visit.post(
        f"{PAGE}people/new/",
        email="Gert@Example.com",
        name="Gert",
        kind="employee",
        started_on="2026-03-02",
        job_roles=str(role.pk),
        country="DE",
        region="Bavaria",
    )

    assert answer["Location"] == "/v/northwind/manage/partners/acme/"
    assert "Bavaria, Germany" in visit.text(PAGE)
    with tenant(northwind):
        made = Employment.objects.get(person__email="gert@example.com")
        assert (made.partner_id, made.started_on, made.roles.get().job_role_id) == (
            acme.pk,
            date(2026, 3, 2),
            role.pk,
        )


def test_a_region_without_its_country_is_refused_there_and_stays(
    acme: Partner, enter: Enter
) -> None:
    sent = {"email": "gert@example.com", "name": "Gert", "kind": "employee"}

    answer = enter().post(f"{PAGE}people/new/", **sent, started_on="2026-03-02", region="Bavaria")

    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (
        422,
        {"country": ["A place of work needs a country."]},
    )
    assert form["region"].value() == "Bavaria"


def test_working_time_is_recorded_shown_and_refused_at_its_field(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    sent = {"email": "gert@example.com", "name": "Gert", "kind": "employee"}
    visitor = enter()

    refused = visitor.post(
        f"{PAGE}people/new/", **sent, started_on="2026-03-02", working_time="101"
    )
    visitor.post(f"{PAGE}people/new/", **sent, started_on="2026-03-02", working_time="80")

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["working_time"])
    assert "gert@example.com · Employee, 80%" in visitor.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("language", "neighbors"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"]),
        ("de", ["Afghanistan", "Ägypten", "Ålandinseln", "Albanien"]),
    ],
)
def test_countries_stand_in_the_order_of_the_alphabet(language: str, neighbors: list[str]) -> None:
    with translation.override(language):
        names = [name for _, name in country_choices()]

    assert names[1 : 1 + len(neighbors)] == neighbors


def test_somebody_who_counts_elsewhere_is_refused_and_nothing_is_kept(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        cast.employment(cast.person("Sven"), Partner.objects.get(slug="beta"))

    answer = enter().post(
        f"{PAGE}people/new/",
        email="sven@example.com",
        name="Sven",
        kind="employee",
        started_on="2026-03-02",
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["started_on"])
    assert "Beta" not in answer.content.decode()


def test_ending_says_what_follows_before_it_is_done(
    acme: Partner, northwind: Vendor, enter: Enter, judge: Callable[[], None]
) -> None:
    with tenant(northwind):
        cast.certificate(Person.objects.get(name="Finn"), Certification.objects.get())
        judge_all()
        leaving = Employment.objects.get(person__name="Finn")
    visit = enter()
    path = f"{PAGE}people/{leaving.pk}/end/"

    page = visit.text(path)
    with tenant(northwind):
        untouched = Employment.objects.get(pk=leaving.pk).ended_on
    too_early = visit.post(path, last_day="2020-01-01")
    visit.post(path, last_day="2026-03-01")
    judge()

    assert "1 designation loses a requirement by this." in page
    assert "Authorized Service Partner: not every requirement is met any more." in page
    assert untouched is None
    assert list(too_early.context["form"].errors) == ["last_day"]
    with tenant(northwind):
        assert Employment.objects.get(pk=leaving.pk).ended_on == date(2026, 3, 2)
        assert Accreditation.objects.get(partner=acme).standing == Standing.IN_GRACE


def test_ending_somebody_who_does_not_count_loses_nothing(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        idle = Employment.objects.get(person__name="Finn")

    assert "No designation is lost by this." in enter().text(f"{PAGE}people/{idle.pk}/end/")


def test_an_employment_is_ended_only_under_its_own_partner(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        elsewhere = cast.employment(cast.person("Sven"), Partner.objects.get(slug="beta"))

    answer = enter(MembershipRole.OWNER).get(f"{PAGE}people/{elsewhere.pk}/end/")

    assert answer.status_code == 404


def test_a_revoked_certificate_needs_a_reason_and_says_it(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        certificate = Certificate.objects.get()
    visit = enter()
    path = f"certificates/{certificate.pk}/revoke/"

    refused = visit.post(path, on="2026-03-02", reason=" ")
    done = visit.post(path, on="2026-03-02", reason="Exam was annulled")

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert done["Location"] == "/v/northwind/manage/partners/acme/"
    with tenant(northwind):
        after = Certificate.objects.get()
    assert (after.revoked_on, after.revocation_reason) == (cast.TODAY, "Exam was annulled")


def test_a_certificate_of_somebody_who_left_the_managers_partners_stays_untouched(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        certificate = Certificate.objects.get()
        Employment.objects.filter(person__name="Edda").update(ended_on=cast.TODAY)

    answer = enter().post(f"certificates/{certificate.pk}/revoke/", on="2026-03-02", reason="Left")

    assert answer.status_code == 403
    with tenant(northwind):
        assert Certificate.objects.get().revoked_on is None


def test_judging_again_is_asked_for_by_a_button_alone(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter()

    assert visit.get(f"{PAGE}judge/").status_code == 405
    answer = visit.post(f"{PAGE}judge/")

    assert answer["Location"] == "/v/northwind/manage/partners/acme/"
    with tenant(northwind):
        assert DueMark.objects.filter(partner=acme, cause="asked").count() == 1
    assert "Calculating" in visit.text(DETAIL)


def test_the_verdict_is_explained_record_by_record(acme: Partner, enter: Enter) -> None:
    answer = enter().get(DETAIL)

    [row] = answer.context["requirements"]
    assert (str(row.title), row.meter.have, row.meter.need) == ("Certified cloud engineers", 1, 2)
    assert [(one.name, one.counts) for one in row.records] == [("Edda", True)]
    page = answer.content.decode()
    assert "Rules version 1" in page
    assert "Nothing was awarded yet." in page


def test_history_and_awards_are_told(
    acme: Partner, northwind: Vendor, enter: Enter, judge: Callable[[], None]
) -> None:
    with tenant(northwind):
        cast.certificate(Person.objects.get(name="Finn"), Certification.objects.get())
    judge()

    context = enter().get(DETAIL).context

    assert [str(step.title) for step in context["changes"]] == [
        "Accredited: Authorized",
        "In progress",
    ]
    [award] = context["awards"]
    assert (award.number[:3], award.level, award.version, award.granted_on, award.through) == (
        "NW-",
        "Authorized",
        1,
        cast.TODAY,
        None,
    )


def test_a_partner_is_started_in_a_program_it_does_not_join_by_itself(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    rules = engineers(at_least=1, enrollment="on_request")
    rules["program"]["key"] = "by-request"
    with tenant(northwind):
        publish(rules)
        judge_all()
    visit = enter()
    before = visit.text(f"{PAGE}accreditations/by-request/")

    visit.post(f"{PAGE}accreditations/by-request/start/")
    again = visit.post(f"{PAGE}accreditations/by-request/start/")

    assert "Start in this program" in before
    assert "Partners take part on request." in before
    assert "At least 1 person" in before
    assert again.status_code == 302
    page = visit.text(f"{PAGE}accreditations/by-request/")
    assert "This partner takes part in the program already." in page
    assert "Start in this program" not in page
