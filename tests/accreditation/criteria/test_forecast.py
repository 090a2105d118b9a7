"""The forecast of a level: the day, the chain of causes, and the one renewal that helps most."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.forecast import MOST_STEPS, Ask, Forecast, forecast
from accreditation.criteria.judge import judge
from accreditation.criteria.verdicts import CauseCode, Outlook
from accreditation.criteria.whatif import renewed
from tests.accreditation.criteria.figures import item, measure, reading, score
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_records import cases, nodes
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    employee,
    facts,
    people,
    rules,
    team,
)

MARCH, APRIL, MAY, JULY = date(2026, 3, 31), date(2026, 4, 15), date(2026, 5, 31), date(2026, 7, 31)


def foreseen(known: PartnerFacts, *criteria: object, **more: object) -> Forecast:
    asked = rules(criteria[0] if len(criteria) == 1 else {"all": list(criteria)}, **more)
    return forecast(partial(judge, asked), known, TODAY)


@pytest.fixture
def three() -> PartnerFacts:
    """Three engineers whose certificates end in March, May and July."""
    lasts = {"Edda": MARCH, "Mara": MAY, "Paul": JULY}
    return facts(
        *(employee(one) for one in lasts),
        *(certificate(one, last=last) for one, last in lasts.items()),
    )


def test_two_of_three_are_needed_so_the_second_to_go_ends_it(three: PartnerFacts) -> None:
    found = foreseen(three, people(at_least=2))

    assert found.lapses_on == date(2026, 6, 1)
    [step] = found.steps
    assert (step.before, step.level, step.day) == ("gold", None, date(2026, 6, 1))
    assert (step.cause.code, step.cause.record) == (CauseCode.CERTIFICATE_EXPIRES, "Mara-engineer")


def test_chain_leads_from_the_level_to_the_criterion_of_the_record(three: PartnerFacts) -> None:
    found = foreseen(three, people("few", at_least=1), people("many", at_least=2))

    chain = found.steps[0].chain
    assert [link.before.key for link in chain] == ["", "many"]
    many = chain[-1]
    assert (many.before.have, many.after.have, many.after.need) == (2, 1, 2)


def test_renewal_that_moves_it_furthest_is_named_with_its_day(three: PartnerFacts) -> None:
    found = foreseen(three, people(at_least=2))

    renewal = found.renewal
    assert renewal is not None
    # Edda's would bring as much; of equal ones it is the one that is due last.
    assert (renewal.record, renewal.ends_on, renewal.lapses_on) == (
        "Mara-engineer",
        date(2026, 6, 1),
        date(2026, 8, 1),
    )


def test_a_renewal_may_hold_the_level_for_good(three: PartnerFacts) -> None:
    found = foreseen(three, people(at_least=1))

    assert found.renewal is not None
    assert (found.renewal.record, found.renewal.lapses_on) == ("Paul-engineer", None)


def test_no_single_renewal_helps_where_two_end_on_one_day() -> None:
    known = facts(
        *(employee(one) for one in ("Edda", "Mara")),
        *(certificate(one, last=MAY) for one in ("Edda", "Mara")),
    )

    found = foreseen(known, people(at_least=2))

    assert (found.lapses_on, found.renewal) == (date(2026, 6, 1), None)


def test_an_employment_that_ends_can_be_the_one_to_extend() -> None:
    known = facts(employee("Edda", last=MAY), certificate("Edda", last=JULY))

    found = foreseen(known, people())

    assert found.steps[0].cause.code is CauseCode.PERSON_LEAVES
    assert found.renewal is not None
    assert (found.renewal.record, found.renewal.lapses_on) == ("Edda-job", date(2026, 8, 1))


def test_an_employment_at_a_partner_below_can_be_the_one_to_extend() -> None:
    below = facts(employee("Edda", last=MAY), certificate("Edda", last=JULY))

    found = foreseen(PartnerFacts(below=(below,)), people(), facts_of="subtree")

    assert found.lapses_on == date(2026, 6, 1)
    assert found.renewal is not None
    assert (found.renewal.record, found.renewal.lapses_on) == ("Edda-job", date(2026, 8, 1))


def test_the_one_to_extend_may_count_only_from_a_later_day_on() -> None:
    """Her new certificate takes over in April; it is the one that ends when the level does."""
    known = facts(
        employee("Edda"),
        certificate("Edda", record="old", last=MARCH),
        certificate("Edda", record="new", since=MARCH, last=MAY),
    )

    renewal = foreseen(known, people()).renewal

    assert renewal is not None
    assert (renewal.record, renewal.ends_on) == ("new", date(2026, 6, 1))


def test_chain_leads_through_a_sum_to_the_part_that_the_record_is_in() -> None:
    """No item of the score has a least of its own, so none of them fails by itself."""
    sum_ = score(
        item("still"),
        item("moving", measure=measure("moving", window={"rolling_days": 10})),
        at_least=2,
    )
    known = PartnerFacts(
        readings=(reading(1, metric="still"), reading(1, TODAY, "moves", metric="moving"))
    )

    [step] = foreseen(known, sum_).steps

    assert (step.day, step.cause.record) == (TODAY + timedelta(days=10), "moves")
    assert [link.before.key for link in step.chain] == ["leaf", "moving"]


def test_levels_go_one_after_the_other_until_nothing_is_left(three: PartnerFacts) -> None:
    asked = rules(
        None,
        {"key": "silver", "name": {"en": "Silver"}, "criteria": people("one", at_least=1)},
        {"key": "gold", "name": {"en": "Gold"}, "criteria": people("two", at_least=2)},
    )

    found = forecast(partial(judge, asked), three, TODAY)

    assert [(one.day, one.before, one.level) for one in found.steps] == [
        (date(2026, 6, 1), "gold", "silver"),
        (date(2026, 8, 1), "silver", None),
    ]


def test_a_level_below_that_falls_takes_the_one_above_along(three: PartnerFacts) -> None:
    asked = rules(
        None,
        {"key": "silver", "name": {"en": "Silver"}, "criteria": people("two", at_least=2)},
        {"key": "gold", "name": {"en": "Gold"}, "criteria": people("one", at_least=1)},
    )

    found = forecast(partial(judge, asked), three, TODAY)

    [step] = found.steps
    assert (step.before, step.level) == ("gold", None)
    assert [link.before.key for link in step.chain] == ["two"]


def test_nothing_lapses_where_nothing_ends() -> None:
    assert foreseen(facts(*team("Edda")), people()) == Forecast("gold", None, (), None)


def test_nothing_lapses_where_nothing_is_met() -> None:
    known = facts(employee("Edda"), certificate("Edda", since=MAY))

    found = foreseen(known, people())

    assert (found.level, found.lapses_on, found.renewal) == (None, None, None)
    assert [(one.before, one.level, one.day) for one in found.steps] == [(None, "gold", MAY)]


def replacing(first: Rules, then: Rules, day: date) -> Ask:
    """Judge by other rules from a day on."""
    return lambda known, on: judge(then if on >= day else first, known, on)


def test_a_level_lapses_with_rules_that_ask_more(three: PartnerFacts) -> None:
    ask = replacing(rules(people("few", at_least=2)), rules(people("few", at_least=4)), APRIL)

    found = forecast(ask, three, TODAY, replaced_on=[APRIL])

    assert (found.lapses_on, found.renewal, found.replaced) == (
        APRIL,
        None,
        (Outlook(APRIL, None),),
    )
    [step] = found.steps
    assert (step.day, step.before, step.level) == (APRIL, "gold", None)
    assert step.cause.code is CauseCode.RULES_REPLACED
    assert [(link.after.have, link.after.need) for link in step.chain] == [(2, 4)]
    assert step.chain[0].before is not None


def test_chain_ends_where_the_rules_forbid_what_is_met(three: PartnerFacts) -> None:
    """None may be met and one is: that the other is not met takes nothing away."""
    forbidding = {"none": [people("nobody", at_least=9), people("somebody", at_least=1)]}
    ask = replacing(rules(people(at_least=2)), rules(forbidding), APRIL)

    found = forecast(ask, three, TODAY, replaced_on=[APRIL])

    assert found.steps[0].day == APRIL
    assert [link.after.kind for link in found.steps[0].chain] == ["none"]


def test_rules_that_ask_less_hold_a_level_longer(three: PartnerFacts) -> None:
    ask = replacing(rules(people(at_least=2)), rules(people("other", at_least=1)), APRIL)

    found = forecast(ask, three, TODAY, replaced_on=[APRIL])

    assert found.lapses_on == date(2026, 8, 1)
    assert [one.cause.code for one in found.steps] == [CauseCode.CERTIFICATE_EXPIRES]
    assert found.replaced == (Outlook(APRIL, "gold"),)


def test_rules_that_no_longer_have_the_level_end_it(three: PartnerFacts) -> None:
    silver = {"key": "silver", "name": {"en": "Silver"}}
    ask = replacing(rules(people(at_least=2)), rules(people(at_least=1), silver), APRIL)

    found = forecast(ask, three, TODAY, replaced_on=[APRIL])

    assert found.lapses_on == APRIL
    assert [(one.day, one.before, one.level) for one in found.steps] == [
        (APRIL, "gold", "silver"),
        (date(2026, 8, 1), "silver", None),
    ]


def test_what_the_old_rules_foresee_on_the_very_day_is_told_by_its_record(
    three: PartnerFacts,
) -> None:
    day = date(2026, 6, 1)
    ask = replacing(rules(people(at_least=2)), rules(people(at_least=2)), day)

    found = forecast(ask, three, TODAY, replaced_on=[day])

    [step] = found.steps
    assert (step.day, step.cause.code) == (day, CauseCode.CERTIFICATE_EXPIRES)


def test_what_the_old_rules_foresee_on_the_very_day_does_not_happen_by_the_new_ones(
    three: PartnerFacts,
) -> None:
    day = date(2026, 6, 1)
    ask = replacing(rules(people(at_least=2)), rules(people(at_least=1)), day)

    found = forecast(ask, three, TODAY, replaced_on=[day])

    assert [(one.day, one.level) for one in found.steps] == [(date(2026, 8, 1), None)]


def test_chain_is_that_of_the_level_itself_though_one_below_changes_too() -> None:
    known = facts(employee("Edda"), certificate("Edda", last=MAY))
    levels = (
        {"key": name, "name": {"en": name}, "criteria": people(f"of-{name}", at_least=1)}
        for name in ("silver", "gold")
    )

    [step] = forecast(partial(judge, rules(None, *levels)), known, TODAY).steps

    assert [link.after.key for link in step.chain] == ["of-gold"]


@given(cases(nodes()), cases(nodes()), days, st.lists(days, max_size=3, unique=True))
def test_forecast_is_judging_by_the_rules_in_force_on_that_day(case, other, on, starts):
    (written, known), (then, _) = case, other
    versions, later = [parse(written), parse(then)], sorted(day for day in starts if day > on)

    def ask(asked, day):
        return judge(versions[sum(day >= one for one in later) % 2], asked, day)

    found = forecast(ask, known, on, replaced_on=later)

    levels = [found.level]
    for step in found.steps:
        assert ask(known, step.day - timedelta(days=1)).level == step.before == levels[-1]
        assert ask(known, step.day).level == step.level
        assert later or step.cause.code is not CauseCode.RULES_REPLACED
        levels.append(step.level)
    if len(found.steps) < MOST_STEPS:
        for day in (on + timedelta(days=number * 17) for number in range(60)):
            expected = [found.level, *(one.level for one in found.steps if one.day <= day)]
            assert ask(known, day).level == expected[-1]
    if found.level is not None and found.lapses_on is not None:
        assert ask(known, found.lapses_on - timedelta(days=1)).of(found.level).met
        assert ask(known, found.lapses_on).level != found.level
    assert [(one.day, one.level) for one in found.replaced] == [
        (day, ask(known, day).level) for day in later
    ]


@given(cases(nodes()), days)
def test_forecast_is_judging_on_that_day(case, on):
    written, known = case
    ask = partial(judge, parse(written))
    found = forecast(ask, known, on)

    for step in found.steps:
        assert ask(known, step.day - timedelta(days=1)).level == step.before
        assert ask(known, step.day).level == step.level
        assert step.chain[0].before.result != step.chain[0].after.result
    if found.level is not None and found.lapses_on is not None:
        assert ask(known, found.lapses_on - timedelta(days=1)).of(found.level).met
        assert not ask(known, found.lapses_on).of(found.level).met


@given(cases(nodes()), days)
def test_a_renewal_moves_the_lapse_to_the_day_it_names(case, on):
    written, known = case
    ask = partial(judge, parse(written))
    found = forecast(ask, known, on)

    if found.renewal is not None:
        then = forecast(ask, renewed(known, found.renewal.record), on)
        assert found.lapses_on is not None
        assert found.renewal.ends_on <= found.lapses_on
        assert ask(renewed(known, found.renewal.record), found.lapses_on).of(found.level).met
        if then.level == found.level:
            assert then.lapses_on == found.renewal.lapses_on
