"""Lists in pages that stay right while rows are added."""

from __future__ import annotations

from enablement.models import Certificate
from partners.models import Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.machines import Machine


def certificates(northwind: Vendor, edda: Certificate, *names: str) -> list[str]:
    """Return the ids of new certificates, in the order in which they were made."""
    with tenant(northwind):
        made = [cast.certificate(cast.person(name), edda.certification) for name in names]
    return [str(certificate.pk) for certificate in made]


def test_pages_hold_every_row_once_while_rows_are_added(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    oldest_first = [str(edda.pk), *certificates(northwind, edda, "A", "B", "C", "D")]
    seen = []

    page = machine.get("/certificates/", page_size="2").json()
    seen += [row["id"] for row in page["results"]]
    certificates(northwind, edda, "E", "F")
    while page["next"]:
        page = machine.get(page["next"]).json()
        seen += [row["id"] for row in page["results"]]

    assert seen == oldest_first[::-1]


def test_page_leads_back_to_the_one_before(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    certificates(northwind, edda, "A", "B", "C")
    first = machine.get("/certificates/", page_size="2").json()
    second = machine.get(first["next"]).json()

    assert (first["previous"], second["next"]) == (None, None)
    assert machine.get(second["previous"]).json()["results"] == first["results"]


def test_neighbors_are_named_in_the_link_header(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    certificates(northwind, edda, "A", "B")
    first = machine.get("/certificates/", page_size="1")
    second = machine.get(first.json()["next"])

    assert first.headers["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert second.headers["Link"] == (
        f'<{second.json()["next"]}>; rel="next", <{second.json()["previous"]}>; rel="prev"'
    )
    assert first.json()["next"].startswith("http://testserver/v/northwind/api/v1/certificates/?")


def test_filters_stay_in_the_addresses_of_the_pages(
    northwind: Vendor, machine: Machine, edda: Certificate
) -> None:
    with tenant(northwind):
        other = cast.certification("cloud-2")
        for name in ("A", "B"):
            person = cast.person(name)
            cast.certificate(person, edda.certification)
            cast.certificate(person, other)

    first = machine.get("/certificates/", page_size="1", certification="cloud-2").json()
    second = machine.get(first["next"]).json()

    assert [row["certification"] for row in first["results"] + second["results"]] == [
        "cloud-2",
        "cloud-2",
    ]
    assert second["next"] is None
