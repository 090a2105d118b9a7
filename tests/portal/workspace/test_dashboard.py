"""The dashboard: urgency, the figure with both of its numbers, the latest notices."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from enablement.models import Certificate, Certification
from partners.enums import MembershipRole
from partners.models import Notice, Partner, Person, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.portal.workspace.conftest import Enter
from tests.stories import judge_all, publish


@pytest.fixture
def at_risk(acme: Partner, northwind: Vendor) -> Partner:
    """Acme holds the designation through 9 March, when Finn's certificate expires."""
    with tenant(northwind):
        finn = Person.objects.get(name="Finn")
        what = Certification.objects.get(key="cloud-engineer")
        cast.certificate(finn, what, until=date(2026, 3, 10))
        judge_all()
    return acme


def test_a_risk_is_told_with_its_day_and_its_cause(at_risk: Partner, enter: Enter) -> None:
    [row] = enter().get().context["rows"]

    assert (row.partner, row.designation) == ("Acme Cloud Services", "Authorized Service Partner")
    assert (row.day, row.why) == (date(2026, 3, 9), "A certificate of Finn expires.")
    assert row.url == "/v/northwind/manage/partners/acme/accreditations/authorized-service/"


def test_what_is_only_kept_says_through_which_day(
    at_risk: Partner, northwind: Vendor, enter: Enter, clock: time_machine.Coordinates
) -> None:
    """From 10 March on Acme has one engineer of two, and falls at the review of 1 May."""
    told = {}
    with tenant(northwind):
        reviews = {"down": ["05-01"]}
        publish(engineers(at_least=2, reviews=reviews), effective_on=date(2026, 3, 3))
        for day in (9, 10):
            clock.move_to(datetime(2026, 3, day, 15, 0, tzinfo=UTC))
            judge_all(datetime(2026, 3, day, 15, 0, tzinfo=UTC))
            [row] = enter().get().context["rows"]
            told[day] = (row.date_label, row.day)

    assert told == {
        9: ("Met through", date(2026, 3, 9)),
        10: ("Kept through", date(2026, 4, 30)),
    }


def test_the_figure_is_printed_with_both_numbers_and_the_band(
    at_risk: Partner, enter: Enter
) -> None:
    everybody = enter(MembershipRole.OWNER).text()
    hers = enter().text()

    assert "50.0<small>%</small>" in everybody
    assert "1 partners holding a level ÷ 2 active partners" in everybody
    assert "Action required" in everybody
    assert "1 partners holding a level ÷ 1 active partners" in hers
    assert "Of the partners you manage." in hers


def test_without_partners_there_is_no_data_and_nothing_urgent(enter: Enter) -> None:
    page = enter().text()

    assert "No data" in page
    assert "Nothing is urgent" in page
    assert "No notices yet" in page
    assert "÷" not in page


def test_notices_are_shown_until_they_are_read(at_risk: Partner, enter: Enter) -> None:
    visit = enter()
    before = visit.get()

    answer = visit.post("notices/")

    assert before.context["nav"][0].items[0].count == 1
    [notice] = before.context["notices"]
    assert notice.text == "Acme Cloud Services was granted Authorized Service Partner."
    assert answer["Location"] == "/v/northwind/manage/notices/"
    assert visit.get("notices/").context["unread"] == 0
    assert visit.get().context["nav"][0].items[0].count == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_takes_the_same_statements_for_one_and_for_three(
    at_risk: Partner,
    northwind: Vendor,
    enter: Enter,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    visit = enter()
    with tenant(northwind):
        first = Notice.objects.get(recipient__user__name="Mara")
        for day in range(1, rows):
            Notice.objects.create(
                rule=first.rule,
                subject_id=first.subject_id,
                due_on=date(2026, 1, day),
                recipient=first.recipient,
                partner=first.partner,
                parameters=first.parameters,
                created_at=first.created_at,
            )

    with django_assert_num_queries(13):
        answer = visit.get("notices/")

    assert len(answer.context["notices"]) == rows


def test_a_certificate_withdrawn_leaves_no_trace_of_risk(
    at_risk: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        Certificate.objects.filter(person__name="Finn").update(expires_on=None)
        judge_all()

    assert enter().get().context["rows"] == []


def test_today_is_the_vendors_own_day(enter: Enter, clock: time_machine.Coordinates) -> None:
    """In New York it is still 10 March at three in the morning UTC of the 11th."""
    clock.move_to(datetime(2026, 3, 11, 3, 0, tzinfo=UTC))

    assert enter().get().context["today"] == date(2026, 3, 10)
