"""A vendor's address, with and without the slash that people leave out."""

from __future__ import annotations

from django.test import Client

from partners.models import Vendor


def test_address_without_its_slash_leads_to_the_vendor(northwind: Vendor, client: Client) -> None:
    answer = client.get("/v/northwind")

    assert (answer.status_code, answer["Location"]) == (301, "/v/northwind/")


def test_unknown_vendor_answers_404_with_and_without_a_slash(db: None, client: Client) -> None:
    assert client.get("/v/nobody").status_code == client.get("/v/nobody/").status_code == 404
