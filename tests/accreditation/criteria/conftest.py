"""Property tests try 300 cases a law; HYPOTHESIS_PROFILE=prove tries CASES and prints its seed."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", max_examples=300, deadline=None)
settings.register_profile(
    "prove",
    max_examples=int(os.environ.get("CASES", "200000")),
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
