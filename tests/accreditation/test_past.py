"""A past day in two readings: what was known then, and what is known of it since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from accreditation.criteria.verdicts import ReasonCode
from accreditation.queries.explanations import explain
from accreditation.queries.past import PastVerdict, Reading, correction_of, overtaken, past_verdict
from enablement.models import Certificate
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.operations.people import change_place
from partners.operations.places import Place
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

PROGRAM = "authorized-service"
MARCH_10, MAY_1 = date(2026, 3, 10), date(2026, 5, 1)
APRIL = datetime(2026, 4, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Edda's certificate, on record until June, was corrected in April: it ended on 5 March."""
    with tenant(northwind):
        acme = cast.partner("acme", "Acme Cloud Services")
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        edda = cast.person("Edda")
        cast.employment(edda, acme, cast.job_role("technical-engineer"))
        held = cast.certificate(edda, cast.certification("cloud-engineer"), until=date(2026, 6, 1))
        publish(engineers(at_least=1, grace_days=30))
        judge_all()
        Certificate.objects.filter(pk=held.pk).update(expires_on=date(2026, 3, 5))
        judge_all(APRIL)
    return acme


def found(acme: Partner, on: date, reading: Reading) -> PastVerdict:
    past = past_verdict(acme, PROGRAM, on, reading)
    assert past is not None
    return past


def test_as_known_keeps_what_was_judged_then(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        past = found(acme, MARCH_10, Reading.KNOWN)
        (record,) = explain(past.program, past.verdict, past.records)[0].root.records

    assert past.verdict.level == "authorized"
    assert record.counts
    assert record.valid_through == date(2026, 5, 31)


def test_as_corrected_judges_what_is_known_today(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        past = found(acme, MARCH_10, Reading.CORRECTED)
        (record,) = explain(past.program, past.verdict, past.records)[0].root.records

    assert past.verdict.level is None
    assert not record.counts
    assert record.valid_through == date(2026, 3, 4)


def test_as_corrected_judges_that_day_and_not_today(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        levels = [
            found(acme, date(2026, 3, day), Reading.CORRECTED).verdict.level for day in (4, 5)
        ]

    assert levels == ["authorized", None]


def test_as_known_reads_to_the_end_of_the_vendors_own_day(northwind: Vendor, acme: Partner) -> None:
    """In New York it is still 6 April at three in the morning UTC of the 7th."""
    with tenant(northwind):
        Certificate.objects.update(expires_on=None)
        judge_all(datetime(2026, 4, 7, 3, 0, tzinfo=UTC))
        levels = [found(acme, date(2026, 4, day), Reading.KNOWN).verdict.level for day in (5, 6, 7)]

    assert levels == [None, "authorized", "authorized"]


def test_both_readings_agree_after_the_correction(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        readings = {found(acme, APRIL.date(), each).verdict.level for each in Reading}

    assert readings == {None}


def test_nothing_is_known_of_a_day_before_the_first_judgement(
    northwind: Vendor, acme: Partner
) -> None:
    with tenant(northwind):
        assert past_verdict(acme, PROGRAM, date(2026, 3, 1), Reading.KNOWN) is None
        assert past_verdict(acme, PROGRAM, date(2025, 12, 31), Reading.CORRECTED) is None


def test_each_reading_judges_by_the_place_it_knows(northwind: Vendor) -> None:
    """Edda was on record in Germany; in April it turns out that she has worked in France."""
    document = engineers(at_least=1)
    document["criteria"]["countries"] = ["DE"]
    with tenant(northwind):
        acme = cast.partner("acme")
        job = cast.employment(
            cast.person("Edda"), acme, cast.job_role("technical-engineer"), since=date(2026, 1, 1)
        )
        cast.place(job, "DE")
        cast.certificate(job.person, cast.certification("cloud-engineer"))
        publish(document)
        judge_all()
        change_place(employment=job, place=Place("FR"), on=date(2026, 2, 1), by=SYSTEM, now=APRIL)
        judge_all(APRIL)
        known, corrected = (found(acme, MARCH_10, each) for each in Reading)
        january = found(acme, date(2026, 1, 31), Reading.CORRECTED)
        (record,) = explain(corrected.program, corrected.verdict, corrected.records)[0].root.records

    assert (known.verdict.level, corrected.verdict.level) == ("authorized", None)
    assert record.reason is ReasonCode.WRONG_REGION
    assert january.verdict.level == "authorized"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("on=2026-03-10&reading=known", "Authorized Service Partner was reached."),
        ("on=2026-03-10&reading=corrected", "no level was reached."),
        ("on=2025-12-31&reading=corrected", "Nothing is known of that day"),
        ("on=2999-01-01&reading=known", "Choose a day that has come."),
        ("on=yesterday&reading=known", "Enter a valid date."),
        ("on=2026-03-10&reading=guessed", "Select a valid choice."),
    ],
)
def test_page_shows_the_day_asked_for(acme: Partner, client: Client, query: str, said: str) -> None:
    client.force_login(cast.user("Paul"))

    answer = client.get(f"/v/northwind/portal/acme/accreditations/{PROGRAM}/?{query}")

    assert answer.status_code == 200
    assert said in answer.content.decode()


PORTAL = f"/v/northwind/portal/acme/accreditations/{PROGRAM}/"
SIDES = pytest.mark.parametrize(
    ("name", "address"),
    [("Paul", PORTAL), ("Mara", f"/v/northwind/manage/partners/acme/accreditations/{PROGRAM}/")],
)


@SIDES
@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("?on=2026-03-10&reading=known", "10 March 2026"),
        ("?on=2025-12-31&reading=corrected", "31 December 2025"),
    ],
    ids=["known", "unknown"],
)
def test_a_past_day_stands_above_its_page_and_today_is_named_as_such(
    northwind: Vendor, acme: Partner, client: Client, name: str, address: str, query: str, chip: str
) -> None:
    with tenant(northwind):
        cast.member("Mara", MembershipRole.OWNER)
    client.force_login(cast.user(name))

    today = client.get(address)
    past = client.get(address + query)

    assert str(today.context["header"].chip.label) == "In grace"
    header = past.context["header"]
    assert (header.title, str(header.chip.label)) == ("Authorized Service", chip)
    assert header.lede == "Today: Authorized Service Partner, In grace."
    assert "How current is this?" in today.content.decode()
    assert "How current is this?" not in past.content.decode()
    assert "Judge again now" not in past.content.decode()


@pytest.mark.parametrize(
    ("on", "reading", "held"), [("2026-03-10", "known", True), ("2026-03-10", "corrected", False)]
)
def test_the_seal_of_a_past_day_shows_what_was_reached_then(
    acme: Partner, client: Client, on: str, reading: str, *, held: bool
) -> None:
    client.force_login(cast.user("Paul"))

    answer = client.get(PORTAL, {"on": on, "reading": reading})

    assert answer.context["header"].seal.held is held


def test_later_knowledge_contradicts_what_was_recorded(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        corrected = correction_of(acme, found(acme, MARCH_10, Reading.KNOWN))
        before = correction_of(acme, found(acme, cast.TODAY, Reading.KNOWN))

    assert corrected is not None
    assert (corrected.reading, corrected.verdict.level) == (Reading.CORRECTED, None)
    assert before is None


def test_what_was_found_while_the_partner_was_active_is_not_contradicted_by_its_leaving(
    northwind: Vendor, acme: Partner
) -> None:
    may = datetime(2026, 5, 1, 15, 0, tzinfo=UTC)
    with tenant(northwind):
        Certificate.objects.update(expires_on=None)
        Partner.objects.filter(pk=acme.pk).update(state="ended", ended_on=may.date())
        judge_all(may)
        acme.refresh_from_db()

        assert [one.day for one in overtaken(acme, PROGRAM, may.date())] == [APRIL.date()]


def test_what_ended_between_two_judgements_is_contradicted_from_its_end_on(
    northwind: Vendor, acme: Partner
) -> None:
    with tenant(northwind):
        [one] = overtaken(acme, PROGRAM, APRIL.date())

    assert (one.evaluation.judged_on, one.day) == (cast.TODAY, date(2026, 3, 5))


def test_what_is_still_to_come_contradicts_nothing(northwind: Vendor, acme: Partner) -> None:
    with tenant(northwind):
        Certificate.objects.update(expires_on=date(2026, 9, 1))
        judge_all(datetime(2026, 5, 1, 15, 0, tzinfo=UTC))

        [one] = overtaken(acme, PROGRAM, date(2026, 5, 1))

    assert one.day == APRIL.date()


def test_what_is_contradicted_is_named_from_the_oldest_day_on(
    northwind: Vendor, acme: Partner
) -> None:
    """She was certified only on 20 March, and still is: both findings were wrong."""
    with tenant(northwind):
        Certificate.objects.update(awarded_on=date(2026, 3, 20), expires_on=None)

        days = [one.day for one in overtaken(acme, PROGRAM, MAY_1)]

    assert days == [cast.TODAY, APRIL.date()]


def test_what_was_corrected_on_the_same_day_is_not_contradicted(
    northwind: Vendor, acme: Partner
) -> None:
    with tenant(northwind):
        Certificate.objects.update(expires_on=None)
        judge_all(APRIL + timedelta(hours=1))

        assert overtaken(acme, PROGRAM, MAY_1) == []


def test_what_was_found_is_judged_again_by_the_rules_of_its_day(
    northwind: Vendor, acme: Partner
) -> None:
    """From May on two people are asked for; of the findings before, only April's was wrong."""
    with tenant(northwind):
        Certificate.objects.update(expires_on=None)
        publish(engineers(at_least=2), effective_on=MAY_1)

        assert [one.day for one in overtaken(acme, PROGRAM, MAY_1)] == [APRIL.date()]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"on": "2026-03-10", "reading": "known"}, "By what is known today, no level was reached."),
        ({}, '<a href="?on=2026-03-02&amp;reading=known">'),
    ],
    ids=["beside the day", "among all days"],
)
def test_page_says_what_later_knowledge_contradicts(
    northwind: Vendor, acme: Partner, query: dict[str, str], sentence: str
) -> None:
    with tenant(northwind):
        Certificate.objects.update(expires_on=date(2026, 3, 2))
    browser = Client()
    browser.force_login(cast.user("Paul"))

    answer = browser.get(f"/v/northwind/portal/acme/accreditations/{PROGRAM}/", query)

    html = answer.content.decode()
    assert "Later knowledge contradicts" in html
    assert sentence in html
