"""Random roles whose slots a criterion asks people to fill."""

from typing import Any

from hypothesis import strategies as st


def _role(key: str, **asked: Any) -> dict[str, Any]:
    return {"key": key, "text": {"en": key}, **asked}


FINISHED = {"courses": ["a", "b"], "at_least": 1, "window": {"rolling_days": 20}}

roles = st.sampled_from(
    (
        (_role("first", certifications=["a"], at_least=2),),
        (
            _role("first", certifications=["a"], at_least=1),
            _role("second", certifications=["b", "c"], at_least=1),
        ),
        (
            _role("first", families=["x"], newest_versions=1, at_least=1),
            _role("second", certifications=["a", "b"], job_roles=["engineer"], at_least=1),
            _role("badge", certifications=["c"], at_least=1, uses_up=False),
        ),
        (
            _role("first", job_roles=["architect"], at_least=1),
            _role("second", certifications=["a", "b", "c"], at_least=2),
        ),
        (
            _role(
                "first", each_holds=[FINISHED, {"certifications": ["a"], "at_least": 1}], at_least=1
            ),
            _role("second", each_holds=[{**FINISHED, "at_least": 2}], at_least=1),
            _role("third", each_holds=[{"hours": 16}], at_least=1),
        ),
    )
)
