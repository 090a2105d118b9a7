"""A partner's public profile."""

from __future__ import annotations

import json
import re

from django.test import Client

from partners.models import Vendor
from partners.tenancy.context import tenant
from tests.accreditation.public_cast import FOUR, certify, document, partner, publish
from tests.portal.public_pages import lapse, number_of
from tests.stories import judge_all

ACME = "/v/northwind/partners/acme/"


def structured(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', html, re.DOTALL)
    assert found
    value: dict[str, object] = json.loads(found[1])
    return value


def test_profile_shows_every_designation_with_its_proof(client: Client, directory: Vendor) -> None:
    html = client.get(ACME).content.decode()

    for key, (_, designation) in FOUR.items():
        number = number_of(directory, "acme", key)
        assert f'<h3 class="fs16">{designation}</h3>' in html
        assert f'href="/v/northwind/awards/{number}/"' in html
    assert 'href="https://www.acme.example" rel="noopener nofollow"' in html
    assert "Porto, Portugal" in html


def test_partner_with_a_tier_alone_is_not_called_accredited(
    client: Client, directory: Vendor
) -> None:
    html = client.get("/v/northwind/partners/tierra/").content.decode()

    assert "no accreditation at present" in html
    assert structured(html)["hasCertification"] == []


def test_unlisted_and_unknown_partners_get_the_same_page(client: Client, directory: Vendor) -> None:
    lapse(directory, "aurora")
    with tenant(directory):
        partner("enrolled")

    answers = [
        client.get(f"/v/northwind/partners/{slug}/") for slug in ("aurora", "enrolled", "nobody")
    ]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert len({one.content for one in answers}) == 1


def test_search_engines_read_what_is_certified(client: Client, directory: Vendor) -> None:
    value = structured(client.get(ACME).content.decode())

    number = number_of(directory, "acme", "service")
    address = f"http://testserver/v/northwind/awards/{number}"
    assert value["@type"] == "Organization"
    assert value["name"] == "Acme Systemhaus GmbH"
    held = {one["name"]: one for one in value["hasCertification"]}  # type: ignore[attr-defined]
    assert set(held) == {designation for _, designation in FOUR.values()}
    assert held["Authorized Service Partner"] == {
        "@type": "Certification",
        "name": "Authorized Service Partner",
        "certificationIdentification": number,
        "certificationStatus": "https://schema.org/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": "Northwind"},
        "validFrom": "2026-03-02",
        "url": f"{address}/",
        "logo": f"{address}.svg",
        "expires": "2027-03-01",
    }


def test_hostile_name_stays_inside_the_data(client: Client, northwind: Vendor) -> None:
    name = "</script><script>alert(1)</script>&amp;<!--"
    with tenant(northwind):
        publish(document("service", "Authorized Service Partner"))
        certify(partner("evil", name), "service")
        judge_all()

    html = client.get("/v/northwind/partners/evil/").content.decode()

    assert structured(html)["name"] == name
    assert "<script>alert" not in html
