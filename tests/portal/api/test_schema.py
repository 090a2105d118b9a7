"""The description of the API is complete, committed and readable under the strict policy."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from partners.models import Vendor

COMMITTED = Path(__file__).parents[3] / "docs" / "api" / "openapi.yaml"


def test_committed_description_is_the_one_of_the_code() -> None:
    out = StringIO()

    call_command(
        "spectacular", "--urlconf", "config.urls_vendor", "--validate", "--fail-on-warn", stdout=out
    )

    assert out.getvalue() == COMMITTED.read_text(), "see docs/how-to/use-the-api.md"


def test_description_is_served_with_the_vendors_address(northwind: Vendor) -> None:
    answer = Client().get("/v/northwind/api/v1/schema/")

    served = yaml.safe_load(answer.content)
    assert served["servers"] == [{"url": "/v/northwind"}]
    assert served["paths"] == yaml.safe_load(COMMITTED.read_text())["paths"]


@pytest.mark.parametrize("query", ["", "?script="])
def test_documentation_holds_under_the_strict_policy(northwind: Vendor, query: str) -> None:
    answer = Client().get(f"/v/northwind/api/v1/docs/{query}", headers={"Accept": "*/*"})

    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<style" not in answer.content.decode()
    assert "<script>" not in answer.content.decode()
