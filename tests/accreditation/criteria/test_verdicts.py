import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from accreditation.criteria.verdicts import (
    Cause,
    CauseCode,
    Counted,
    Finding,
    LevelVerdict,
    NotCounted,
    Outlook,
    ReasonCode,
    Result,
    Verdict,
    canonical_json,
    content_hash,
)

APRIL = date(2026, 4, 1)
CAUSE = Cause(CauseCode.CERTIFICATE_EXPIRES, "c1", "Edda")
LEAF = Finding(
    key="people",
    kind="people_holding",
    result=Result.MET,
    have=Decimal(1),
    need=Decimal("1.50"),
    unit="people",
    counted=(Counted("c1", "Edda"), Counted("d1")),
    not_counted=(NotCounted("c2", "Paul", ReasonCode.EXPIRED),),
    changes_on=APRIL,
    cause=CAUSE,
)
GROUP = replace(LEAF, key="", kind="all", cause=None, changes_on=None, children=(LEAF,))
VERDICT = Verdict(
    levels=(
        LevelVerdict("gold", 1, Result.MET, APRIL, GROUP, CAUSE),
        LevelVerdict("top", 2, Result.NOT_MET, None, LEAF),
    ),
    level="gold",
    changes_on=APRIL,
    review_on=APRIL,
    outlook=(Outlook(APRIL, None),),
)


def test_verdict_survives_json_to_the_last_digit():
    text = json.dumps(VERDICT.to_json())

    restored = Verdict.from_json(json.loads(text))

    assert restored == VERDICT
    assert str(restored.of("top").finding.need) == "1.50"


def test_canonical_text_depends_on_nothing_but_the_content():
    assert canonical_json(VERDICT) == canonical_json(Verdict.from_json(VERDICT.to_json()))
    assert canonical_json(VERDICT).startswith('{"changes_on":"2026-04-01","level":"gold"')


def test_hash_changes_with_the_content():
    assert len(content_hash(VERDICT)) == 64
    assert content_hash(VERDICT) != content_hash(replace(VERDICT, level="top"))


def test_shortfall_is_never_negative():
    assert LEAF.shortfall == Decimal("0.50")
    assert replace(LEAF, have=Decimal(9)).shortfall == 0
