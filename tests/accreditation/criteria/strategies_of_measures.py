"""Measures within random criteria: by themselves, as they were, in a score."""

from typing import Any

from hypothesis import strategies as st

METRIC = {"metric": "a"}
MEASURE = {"kind": "metric", "metric": "b", "take": "latest"}

THEN = st.sampled_from(
    (
        MEASURE,
        {**MEASURE, "metric": "a", "take": "sum", "window": {"rolling_days": 90}},
        {"kind": "people_holding", "certifications": ["a", "b"], "employment": ["employee"]},
        {"kind": "people_holding", "families": ["x"], "newest_versions": 1},
        {"kind": "document_accepted", "documents": ["a"]},
        {
            "kind": "net",
            "gains": MEASURE,
            "losses": {"kind": "survey_answers", "distinct": "customer"},
        },
    )
)
"""Measures that may be looked at as they were."""


def grown(measure: dict[str, Any]) -> dict[str, Any]:
    """Return a ratio of a measure over what it was a month before."""
    return {
        "numerator": measure,
        "denominator": {"kind": "earlier", "months": 1, "measure": measure},
    }


SCORE = {
    "at_least": 10,
    "categories": [{"key": "both", "cap": 8, "minimum": {"more_than": {"gold": 1}}}],
    "items": [
        {
            "key": "score-linear",
            "text": {"en": "a"},
            "measure": {**MEASURE, "metric": "a", "if_none": "zero"},
            "up_to": {"points": 10, "at": 3},
            "category": "both",
        },
        {
            "key": "score-each",
            "text": {"en": "b"},
            "measure": MEASURE,
            "points": 2,
            "category": "both",
        },
        {
            "key": "score-gated",
            "text": {"en": "c"},
            "measure": {"kind": "certificates_held", "certifications": ["a"]},
            "bands": [{"from": 1, "points": 3}, {"from": 2, "points": 6}],
            "only_if": [{"measure": MEASURE, "at_least": 0}],
        },
    ],
}
