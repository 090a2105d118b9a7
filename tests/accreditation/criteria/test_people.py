from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    reasons,
    team,
    through,
)

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
YESTERDAY = TODAY - DAY


@pytest.mark.parametrize(("size", "result"), [(2, Result.NOT_MET), (3, Result.MET)])
def test_people_are_met_from_the_exact_number_on(size, result):
    known = facts(*team(*["Edda", "Paul", "Mara"][:size]))

    finding = finding_on(TODAY, people(at_least=3), known)

    assert (finding.result, finding.have, finding.need) == (result, size, 3)
    assert finding.shortfall == 3 - size


def test_certificate_counts_through_its_whole_last_day():
    last = date(2026, 3, 31)
    known = facts(*team("Paul", "Mara"), employee("Edda"), certificate("Edda", last=last))

    on_the_last_day = finding_on(last, people(at_least=3), known)
    on_the_day_after = finding_on(last + DAY, people(at_least=3), known)

    assert (on_the_last_day.result, on_the_last_day.have) == (Result.MET, 3)
    assert on_the_last_day.changes_on == date(2026, 4, 1)
    assert on_the_last_day.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Edda-engineer", "Edda")
    assert (on_the_day_after.result, on_the_day_after.have) == (Result.NOT_MET, 2)
    assert reasons(on_the_day_after) == {"Edda-engineer": ReasonCode.EXPIRED}


def test_last_day_of_an_employment_still_counts():
    known = facts(employee("Edda", last=TODAY), certificate("Edda"))

    assert finding_on(TODAY, people(), known).result is Result.MET
    left = finding_on(TOMORROW, people(), known)
    assert (left.result, reasons(left)) == (
        Result.NOT_MET,
        {"Edda-engineer": ReasonCode.PERSON_LEFT},
    )


def test_people_are_counted_not_their_certificates():
    known = facts(
        employee("Edda"),
        *(
            certificate("Edda", record=name, last=last)
            for name, last in [("a", TODAY), ("b", None)]
        ),
        certificate("Edda", record="c"),
    )

    finding = finding_on(TODAY, people(at_least=3), known)

    assert finding.have == 1
    assert counted(finding) == ["b"]  # of those that fit longest, the first by id
    assert reasons(finding) == {
        "a": ReasonCode.DUPLICATE_FOR_PERSON,
        "c": ReasonCode.DUPLICATE_FOR_PERSON,
    }


def test_certificate_of_somebody_who_never_worked_there_earns_nothing():
    """W07: the record under the private mail alone."""
    known = facts(employee("Lee"), certificate("lee-private"))

    finding = finding_on(TODAY, people(), known)

    assert finding.have == 0
    assert reasons(finding) == {"lee-private-engineer": ReasonCode.NOT_EMPLOYED}


def test_linked_person_with_two_records_is_one_person():
    """W07: after linking, both records belong to Lee."""
    known = facts(
        employee("Lee"), certificate("Lee", record="one"), certificate("Lee", record="two")
    )

    assert finding_on(TODAY, people(), known).have == 1


def test_certificates_outside_the_filter_are_not_considered():
    known = facts(*team("Edda", certification="sales"))

    finding = finding_on(TODAY, people(), known)

    assert (finding.counted, finding.not_counted) == ((), ())


@pytest.mark.parametrize(
    ("filter_", "value"),
    [
        ("certifications", "engineer"),
        ("families", "cloud"),
        ("certification_levels", "professional"),
    ],
)
def test_each_filter_takes_any_of_its_keys(filter_, value):
    fits = certificate("Edda", "engineer", family="cloud", certification_level="professional")
    other = certificate("Paul", "seller", family="sales", certification_level="basic")
    known = facts(employee("Edda"), employee("Paul"), fits, other)

    finding = finding_on(TODAY, people(**{filter_: ["another", value]}), known)

    assert counted(finding) == [fits.id]
    assert finding.not_counted == ()


ROLE = {"engineer": Period(LONG_AGO)}


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        (
            [employee("Edda"), certificate("Edda", revoked_on=TODAY)],
            ReasonCode.REVOKED,
        ),
        ([employee("Edda", last=YESTERDAY), certificate("Edda")], ReasonCode.PERSON_LEFT),
        ([employee("Edda", since=TOMORROW), certificate("Edda")], ReasonCode.PERSON_NOT_STARTED),
        ([certificate("Edda")], ReasonCode.NOT_EMPLOYED),
        ([employee("Edda"), certificate("Edda", since=TOMORROW)], ReasonCode.NOT_YET_VALID),
        ([employee("Edda"), certificate("Edda", last=YESTERDAY)], ReasonCode.EXPIRED),
        (
            [employee("Edda", kind="contractor", roles=ROLE), certificate("Edda")],
            ReasonCode.WRONG_EMPLOYMENT_KIND,
        ),
        ([employee("Edda"), certificate("Edda")], ReasonCode.WRONG_JOB_ROLE),
    ],
)
def test_record_that_does_not_count_has_one_reason(records, reason):
    node = people(employment=["employee"], job_roles=["engineer"])

    finding = finding_on(TODAY, node, facts(*records))

    assert finding.result is Result.NOT_MET
    assert reasons(finding) == {"Edda-engineer": reason}


def test_revocation_counts_from_its_day_whenever_it_is_known():
    known = facts(employee("Edda"), certificate("Edda", revoked_on=date(2026, 1, 15)))

    assert finding_on(date(2026, 1, 14), people(), known).result is Result.MET
    assert finding_on(date(2026, 1, 15), people(), known).result is Result.NOT_MET


def test_certificate_revoked_from_its_first_day_never_counts():
    known = facts(employee("Edda"), certificate("Edda", since=TODAY, revoked_on=TODAY))

    finding = finding_on(TODAY, people(), known)

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, None)


def test_job_role_is_held_for_a_period():
    role = {"engineer": through(TODAY, TODAY)}
    known = facts(employee("Edda", roles=role), certificate("Edda"))
    node = people(job_roles=["engineer"])

    before = finding_on(YESTERDAY, node, known)
    during = finding_on(TODAY, node, known)

    assert (before.result, before.changes_on) == (Result.NOT_MET, TODAY)
    assert before.cause == Cause(CauseCode.JOB_ROLE_STARTS, "Edda-engineer", "Edda")
    assert (during.result, during.changes_on) == (Result.MET, TOMORROW)
    assert during.cause == Cause(CauseCode.JOB_ROLE_ENDS, "Edda-engineer", "Edda")


def test_role_in_an_employment_of_the_wrong_kind_does_not_help():
    known = facts(
        employee("Edda", record="main"),
        employee("Edda", record="side", kind="contractor", roles=ROLE),
        certificate("Edda"),
    )

    finding = finding_on(TODAY, people(employment=["employee"], job_roles=["engineer"]), known)

    assert reasons(finding) == {"Edda-engineer": ReasonCode.WRONG_JOB_ROLE}


def test_employment_that_follows_without_a_gap_changes_nothing():
    known = facts(
        employee("Edda", record="first", last=TODAY),
        employee("Edda", record="second", since=TOMORROW),
        certificate("Edda"),
    )

    assert finding_on(TODAY, people(), known).changes_on is None


def test_gap_between_employments_is_named_on_both_of_its_days():
    known = facts(
        employee("Edda", record="first", last=YESTERDAY),
        employee("Edda", record="second", since=TOMORROW),
        certificate("Edda"),
    )

    gap = finding_on(TODAY, people(), known)

    assert reasons(gap) == {"Edda-engineer": ReasonCode.PERSON_LEFT}
    assert (gap.changes_on, gap.cause) == (
        TOMORROW,
        Cause(CauseCode.PERSON_STARTS, "Edda-engineer", "Edda"),
    )


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([employee("Edda"), certificate("Edda", since=TOMORROW)], CauseCode.CERTIFICATE_STARTS),
        ([employee("Edda", since=TOMORROW), certificate("Edda")], CauseCode.PERSON_STARTS),
        ([employee("Edda"), certificate("Edda", last=TODAY)], CauseCode.CERTIFICATE_EXPIRES),
        (
            [employee("Edda"), certificate("Edda", revoked_on=TOMORROW)],
            CauseCode.CERTIFICATE_REVOKED,
        ),
        ([employee("Edda", last=TODAY), certificate("Edda")], CauseCode.PERSON_LEAVES),
        (
            [
                employee("Edda", last=TODAY),
                employee("Edda", record="b", since=TOMORROW, kind="contractor"),
                certificate("Edda"),
            ],
            CauseCode.EMPLOYMENT_KIND_CHANGES,
        ),
        (
            [
                employee("Edda", last=TODAY, kind="contractor"),
                employee("Edda", record="b", since=TOMORROW),
                certificate("Edda"),
            ],
            CauseCode.EMPLOYMENT_KIND_CHANGES,
        ),
    ],
)
def test_change_tomorrow_names_its_cause(records, code):
    finding = finding_on(TODAY, people(employment=["employee"]), facts(*records))

    assert finding.changes_on == TOMORROW
    assert finding.cause == Cause(code, "Edda-engineer", "Edda")


def test_cause_is_the_loss_when_another_person_joins_too_late():
    known = facts(
        employee("Edda"),
        certificate("Edda", last=TODAY),
        employee("Mara"),
        certificate("Mara", last=TODAY),
        employee("Paul", since=TOMORROW),
        certificate("Paul"),
    )

    finding = finding_on(TODAY, people(at_least=2), known)

    assert finding.changes_on == TOMORROW
    assert finding.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Edda-engineer", "Edda")


def test_cause_is_not_sought_with_people_who_lose_nothing_that_counts():
    known = facts(
        employee("Edda"),
        certificate("Edda", record="ends", last=TODAY),
        certificate("Edda", record="lasts"),
        employee("Paul"),
        certificate("Paul", last=TODAY),
    )

    finding = finding_on(TODAY, people(at_least=2), known)

    assert finding.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Paul-engineer", "Paul")


def test_change_in_another_job_role_changes_nothing():
    roles = {"engineer": Period(LONG_AGO), "architect": through(LONG_AGO, TODAY)}
    known = facts(employee("Edda", roles=roles), certificate("Edda"))

    finding = finding_on(TODAY, people(job_roles=["engineer"]), known)

    assert (finding.result, finding.changes_on) == (Result.MET, None)


def test_dated_credit_ends_on_its_day():
    """Passed before 2013-03-01, counts until and on 2014-03-01."""
    node = people(earned_through="2013-02-28", counts_through="2014-03-01")
    early = facts(employee("Edda"), certificate("Edda", since=date(2013, 2, 28)))
    early = replace(early, employments=(employee("Edda", since=date(2010, 1, 1)),))
    late = replace(early, certificates=(certificate("Edda", since=date(2013, 3, 1)),))

    last = finding_on(date(2014, 3, 1), node, early)
    after = finding_on(date(2014, 3, 2), node, early)
    never = finding_on(date(2013, 6, 1), node, late)

    assert (last.result, last.changes_on) == (Result.MET, date(2014, 3, 2))
    assert last.cause == Cause(CauseCode.CREDIT_ENDS, "Edda-engineer", "Edda")
    assert reasons(after) == {"Edda-engineer": ReasonCode.NO_LONGER_CREDITED}
    assert (never.result, never.changes_on) == (Result.NOT_MET, None)
    assert reasons(never) == {"Edda-engineer": ReasonCode.EARNED_TOO_LATE}


def test_inactive_certificate_is_held_but_does_not_count():
    """W07: an emeritus certificate counts 0; an inactive one does not until it is renewed."""
    gap = (through(TODAY, TODAY),)
    known = facts(employee("Edda"), certificate("Edda", paused=gap))
    emeritus = facts(employee("Edda"), certificate("Edda", paused=(Period(LONG_AGO),)))

    before = finding_on(YESTERDAY, people(), known)
    during = finding_on(TODAY, people(), known)

    assert (before.result, before.changes_on) == (Result.MET, TODAY)
    assert before.cause == Cause(CauseCode.CERTIFICATE_PAUSED, "Edda-engineer", "Edda")
    assert reasons(during) == {"Edda-engineer": ReasonCode.PAUSED}
    assert during.cause == Cause(CauseCode.CERTIFICATE_RESUMES, "Edda-engineer", "Edda")
    assert finding_on(TODAY, people(), emeritus).changes_on is None
    assert finding_on(TODAY, people(), emeritus).have == 0


def test_certificate_counts_if_it_was_earned_on_the_first_day_or_later():
    known = facts(*team("Edda"))

    on_the_day = finding_on(TODAY, people(earned_from=LONG_AGO.isoformat()), known)
    too_early = finding_on(TODAY, people(earned_from=(LONG_AGO + DAY).isoformat()), known)

    assert on_the_day.result is Result.MET
    assert reasons(too_early) == {"Edda-engineer": ReasonCode.EARNED_TOO_EARLY}


def test_what_is_wrong_on_the_first_day_of_a_certificate_is_not_its_beginning():
    known = facts(employee("Edda", kind="contractor"), certificate("Edda", since=TODAY))

    finding = finding_on(TODAY, people(employment=["employee"]), known)

    assert reasons(finding) == {"Edda-engineer": ReasonCode.WRONG_EMPLOYMENT_KIND}


def test_numbers_are_exact_decimals():
    finding = finding_on(TODAY, people(), facts(*team("Edda")))

    assert isinstance(finding.have, Decimal)
    assert isinstance(finding.need, Decimal)
    assert (finding.key, finding.kind, finding.unit) == ("people", "people_holding", "people")


def test_every_certificate_of_one_person_counts_where_certificates_are_asked_for():
    node = leaf("certificates_held", "held", certifications=["engineer", "architect"], at_least=2)
    known = facts(
        employee("Edda"), certificate("Edda"), certificate("Edda", "architect", last=TODAY)
    )

    finding = finding_on(TODAY, node, known)

    assert (finding.result, finding.have) == (Result.MET, 2)
    assert finding.changes_on == TODAY + DAY
