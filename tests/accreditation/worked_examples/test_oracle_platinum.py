"""W22: mixed kinds with one of a kind, versions that count once, an upper limit until renewal."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Fee, HeldLevel
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    finding_of,
    reasons,
    through,
)
from tests.accreditation.worked_examples.worlds import met, program

MEMBERSHIP = "oracle-opn-platinum"
PAID = {"silver": 500, "gold": 2995, "platinum": 9995}


def held(name: str, group: str, *, family: str = "", last: date | None = None) -> HeldLevel:
    return HeldLevel(name, name, "specialized", through(LONG_AGO, last), frozenset({group}), family)


def many(count: int, group: str) -> list[HeldLevel]:
    return [held(f"{group}-{number}", group) for number in range(count)]


def fee(level: str, amount: int | None = None) -> Fee:
    return Fee(
        id=f"fee-{level}",
        kind=f"opn-{level}",
        period=Period(LONG_AGO),
        amount=Decimal(amount or PAID[level]),
        currency="USD",
    )


PLATINUM_FEE = (fee("platinum"),)


def member(*levels: HeldLevel, fees=PLATINUM_FEE) -> PartnerFacts:
    return PartnerFacts(held_levels=levels, fees=tuple(fees))


@pytest.mark.parametrize(
    ("levels", "mix", "exastack"),
    [
        ([*many(4, "exastack-ready"), *many(1, "exastack-optimized")], False, True),
        (many(5, "exastack-ready"), False, False),
        ([*many(3, "specialization"), *many(2, "validated-integration")], True, False),
        (many(5, "exastack-optimized"), True, True),
    ],
)
def test_w22_platinum_by_a_mixture_or_by_exastack_with_one_optimized(levels, mix, exastack):
    verdict = judge(program(MEMBERSHIP), member(*levels), TODAY)

    assert (met(verdict, "platinum", "mix"), met(verdict, "platinum", "exastack")) == (
        mix,
        exastack,
    )
    assert verdict.level == ("platinum" if mix or exastack else None)


def test_w22_two_versions_of_one_specialization_count_once_the_newest():
    phased_out = TODAY.replace(year=TODAY.year + 1)
    levels = [
        held("adf-11g", "specialization", family="adf", last=phased_out),
        held("adf-12c", "specialization", family="adf"),
        *many(2, "specialization"),
        *many(1, "validated-integration"),
    ]

    mix = finding_of(judge(program(MEMBERSHIP), member(*levels), TODAY), "platinum", "mix")

    assert (mix.have, mix.need, mix.result) == (4, 5, Result.NOT_MET)
    assert "adf-12c" in counted(mix)
    assert reasons(mix) == {"adf-11g": ReasonCode.DUPLICATE_RECORD}


FIVE = many(5, "specialization")


@pytest.mark.parametrize(
    ("phase", "level"), [(Phase.INITIAL, None), (Phase.KEEP, "gold"), (Phase.RENEW, None)]
)
def test_w22_gold_member_that_reaches_five_stays_gold_until_renewal(phase, level):
    verdict = judge(program(MEMBERSHIP), member(*FIVE, fees=[fee("gold")]), TODAY, phase=phase)

    assert verdict.level == level


def test_w22_upper_limit_says_by_how_much_it_is_exceeded():
    verdict = judge(program(MEMBERSHIP), member(*FIVE, fees=[fee("gold")]), TODAY)
    cap = finding_of(verdict, "gold", "cap")

    assert (cap.have, cap.need, cap.shortfall, cap.result) == (5, 4, 1, Result.NOT_MET)


def test_w22_moving_up_takes_the_platinum_fee():
    both = member(*FIVE, fees=[fee("gold"), fee("platinum")])

    assert judge(program(MEMBERSHIP), both, TODAY, phase=Phase.RENEW).level == "platinum"


def test_levels_are_not_nested_each_has_its_fee():
    four = many(4, "specialization")
    verdict = judge(program(MEMBERSHIP), member(*four, fees=[fee("gold")]), TODAY)

    assert verdict.level == "gold"
    assert not verdict.of("silver").met


@pytest.mark.parametrize(("amount", "level"), [(499, None), (500, "silver")])
def test_fee_is_paid_in_full(amount, level):
    assert judge(program(MEMBERSHIP), member(fees=[fee("silver", amount)]), TODAY).level == level
