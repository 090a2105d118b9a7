"""Head offices judged by what their branches prove, and by what these hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.criteria.records import Kin
from accreditation.models import Accreditation, DueMark, Evaluation
from accreditation.queries.facts import facts_for
from accreditation.queries.facts.trees import relatives_of
from accreditation.queries.past import Reading, past_verdict
from accreditation.queries.programs import programs_in_force
from accreditation.standing import Standing
from partners.models import Partner, Vendor
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

LATER = cast.NOW + timedelta(days=1)


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Acme with two countries, Acme Austria and Acme Chile; the latter has a branch."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    acme = cast.partner("acme")
    cast.partner("austria", parent=acme)
    chile = cast.partner("chile", parent=acme)
    cast.partner("arica", parent=chile)
    return acme


def named(slug: str) -> Partner:
    return Partner.objects.get(slug=slug)


def certify(name: str, at: str) -> None:
    from enablement.models import Certification
    from partners.models import JobRole

    person = cast.person(name)
    cast.employment(person, named(at), JobRole.objects.get(key="technical-engineer"))
    cast.certificate(
        person, Certification.objects.get(key="cloud-engineer"), since=date(2026, 1, 1)
    )


def standing(slug: str, program: str = "authorized-service") -> str:
    return Accreditation.objects.get(partner__slug=slug, program__key=program).standing


def country_group(**asked: Any) -> dict[str, Any]:
    """Return a program of a whole group that asks for countries that are authorized."""
    document = engineers(at_least=1)
    document["program"] |= {"key": "group", "name": {"en": "Group"}}
    document["criteria"] = leaf(
        "holds_level", "countries", programs=["authorized-service"], distinct="partner", **asked
    )
    return document


def test_relatives_are_found_above_and_below_if_active(acme: Partner) -> None:
    cast.partner("closed", parent=acme, state="ended", ended_on=cast.TODAY)

    around = relatives_of([acme.pk, named("chile").pk])

    assert {named_by(pk): kin for pk, kin in around[acme.pk].kin.items()} == {
        "austria": Kin.CHILD,
        "chile": Kin.CHILD,
        "arica": Kin.BELOW,
    }
    assert {named_by(pk): kin for pk, kin in around[named("chile").pk].kin.items()} == {
        "acme": Kin.ABOVE,
        "arica": Kin.CHILD,
    }


def named_by(pk: object) -> str:
    return str(Partner.objects.get(pk=pk).slug)


def test_partner_that_is_its_own_ancestor_is_followed_no_further(acme: Partner) -> None:
    Partner.objects.filter(pk=acme.pk).update(parent=named("arica"))

    assert set(relatives_of([acme.pk])[acme.pk].kin) == {
        named(slug).pk for slug in ("austria", "chile", "arica")
    }


def test_head_office_is_judged_by_the_people_of_its_branches(acme: Partner) -> None:
    publish(engineers(at_least=3, facts_of="subtree"))
    for name, at in (("Edda", "acme"), ("Finn", "austria"), ("Gus", "arica")):
        certify(name, at)

    judge_all()

    assert standing("acme") == Standing.ACCREDITED
    assert {standing(slug) for slug in ("austria", "chile", "arica")} == {Standing.IN_PROGRESS}


def test_without_subtree_the_head_office_proves_what_it_has_itself(acme: Partner) -> None:
    publish(engineers(at_least=2))
    certify("Edda", "acme")
    certify("Finn", "austria")

    judge_all()

    assert standing("acme") == Standing.IN_PROGRESS


def test_person_of_two_branches_counts_once(acme: Partner) -> None:
    publish(engineers(at_least=2, facts_of="subtree"))
    certify("Edda", "austria")
    edda = Partner.objects.get(slug="austria").employments.get().person
    cast.employment(edda, named("arica"), counts=False)
    cast.employment(edda, named("chile"), since=date(2025, 1, 1), counts=False)

    judge_all()

    verdict = Evaluation.objects.filter(partner=acme).latest("recorded_at", "id").verdict
    finding = verdict["levels"][0]["finding"]
    assert (finding["have"], len(finding["counted"])) == ("1", 1)


def test_change_in_a_branch_is_judged_for_all_above_it(acme: Partner) -> None:
    publish(engineers(at_least=1, facts_of="subtree"))
    judge_all()

    certify("Edda", "arica")
    judge_all(LATER)

    assert {standing(slug) for slug in ("acme", "chile", "arica")} == {Standing.ACCREDITED}
    assert standing("austria") == Standing.IN_PROGRESS


def test_branch_that_moves_takes_its_people_along(acme: Partner) -> None:
    publish(engineers(at_least=1, facts_of="subtree"))
    certify("Edda", "arica")
    judge_all()

    Partner.objects.filter(slug="arica").update(parent=named("austria"))
    judge_all(LATER)

    assert standing("chile") == Standing.LAPSED
    assert {standing(slug) for slug in ("acme", "austria", "arica")} == {Standing.ACCREDITED}


def test_p10_countries_give_the_group_its_level(acme: Partner) -> None:
    publish(engineers(at_least=1))
    publish(country_group(held_by="children", at_least=2))
    certify("Edda", "austria")
    judge_all()
    with_one = standing("acme", "group")

    certify("Finn", "chile")
    judge_all(LATER)

    assert with_one == Standing.IN_PROGRESS
    assert standing("acme", "group") == Standing.ACCREDITED


def test_group_is_judged_again_when_a_new_version_moves_its_countries(acme: Partner) -> None:
    """No fact comes: all are judged together, the head office before its countries."""
    certify("Edda", "austria")
    certify("Finn", "chile")
    publish(engineers(at_least=2))
    publish(country_group(held_by="children", at_least=2))
    judge_all()
    before = standing("acme", "group")

    publish(engineers(at_least=1), effective_on=LATER.date())
    judge_all(LATER)

    assert (before, standing("acme", "group")) == (Standing.IN_PROGRESS, Standing.ACCREDITED)


def test_p10_group_shows_its_level_in_every_country(acme: Partner) -> None:
    publish(engineers(at_least=1))
    shown = country_group(held_by="above")
    publish(shown)
    certify("Edda", "acme")

    judge_all()

    assert {standing(slug, "group") for slug in ("austria", "chile", "arica")} == {
        Standing.ACCREDITED
    }


def test_only_those_are_judged_again_who_look_there(acme: Partner) -> None:
    publish(engineers(at_least=1, facts_of="subtree"))
    judge_all()

    certify("Edda", "chile")
    DueMark.objects.exclude(cause="facts_changed").delete()
    judged = judge_all(LATER)

    assert judged == 2  # Acme Chile and the head office; neither its branch nor Austria


def test_loss_of_a_country_is_seen_by_the_group_on_its_day(acme: Partner) -> None:
    publish(engineers(at_least=1))
    publish(country_group(held_by="subtree"))
    certify("Edda", "arica")
    judge_all()

    Partner.objects.get(slug="arica").employments.update(ended_on=LATER.date())
    judge_all(cast.NOW + timedelta(hours=1))
    judge_all(LATER + timedelta(days=5))

    since = Accreditation.objects.get(partner=acme, program__key="group").standing_since
    assert (standing("acme", "group"), since) == (Standing.LAPSED, LATER.date())


def test_past_of_a_head_office_is_judged_with_its_branches(acme: Partner) -> None:
    publish(engineers(at_least=1, facts_of="subtree"))
    certify("Edda", "arica")

    past = past_verdict(acme, "authorized-service", cast.TODAY, Reading.CORRECTED)

    assert past is not None
    assert past.verdict.level == "authorized"
    assert [one["record"] for one in past.records.values()] == ["certificate"]


def test_number_of_statements_does_not_grow_with_branches(acme: Partner) -> None:
    publish(engineers(at_least=1, facts_of="subtree"))
    publish(country_group(held_by="subtree"))
    certify("Edda", "arica")
    judge_all()

    def statements() -> int:
        programs = programs_in_force(cast.TODAY)
        with CaptureQueriesContext(connection) as context:
            facts_for([acme.pk, named("chile").pk], programs)
        return len(context)

    with_three = statements()
    for number in range(5):
        cast.partner(f"branch-{number}", parent=named("austria"))
        certify(f"Person {number}", f"branch-{number}")
    DueMark.objects.all().delete()

    assert statements() == with_three
