"""What was recorded wrongly is put right or withdrawn by page; past days keep what was known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from documents.models import Deployment
from enablement.models import Certificate
from partners.enums import MembershipRole
from partners.models import AuditEntry, Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.machines import Machine, new_key
from tests.portal.workspace.conftest import Enter, Visit
from tests.stories import judge_all, publish

PAGE = "partners/acme/"
PROJECTS = f"{PAGE}deployments/"
DETAIL = f"{PAGE}accreditations/delivery/"
MAY_1 = {"on": "2026-05-01"}
Role = MembershipRole


@pytest.fixture
def project(acme: Partner, northwind: Vendor) -> Deployment:
    """What Acme did for Contoso."""
    with tenant(northwind):
        made: Deployment = cast.deployment(acme, cast.customer("Contoso"), external_id="A-1")
    return made


@pytest.fixture
def certificate(acme: Partner, northwind: Vendor) -> Certificate:
    """Edda's, through the end of 2026."""
    with tenant(northwind):
        Certificate.objects.update(expires_on=date(2027, 1, 1), end_is_stated=True)
        held: Certificate = Certificate.objects.get()
    return held


def test_a_certificate_is_put_right_with_its_last_day_and_number(
    northwind: Vendor, certificate: Certificate, enter: Enter
) -> None:
    visit, path = enter(), f"certificates/{certificate.pk}/correct/"

    shown = visit.get(path).context["form"].initial
    refused = visit.post(path, valid_through="2024-12-31", number="C-7")
    done = visit.post(path, valid_through="2026-04-30", number="C-8")

    assert shown == {"valid_through": date(2026, 12, 31), "number": "C-7"}
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["valid_through"])
    assert done["Location"] == "/v/northwind/manage/partners/acme/"
    with tenant(northwind):
        after = Certificate.objects.get()
        assert AuditEntry.objects.filter(verb="certificate.corrected").count() == 1
    assert (after.expires_on, after.number) == (date(2026, 5, 1), "C-8")


def test_a_deployment_is_withdrawn_with_a_reason_that_the_list_says(
    northwind: Vendor, project: Deployment, enter: Enter
) -> None:
    visit, path = enter(), f"deployments/{project.pk}/withdraw/"

    listed = visit.text(PROJECTS)
    refused = visit.post(path, on="2026-03-02", reason=" ")
    done = visit.post(path, on="2026-03-02", reason="The customer never used it")

    assert f"/v/northwind/manage/{path}" in listed
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert done["Location"] == f"/v/northwind/manage/{PROJECTS}"
    after = visit.text(PROJECTS)
    assert "The customer never used it" in after
    assert path not in after
    with tenant(northwind):
        assert Deployment.objects.get().withdrawn_on == cast.TODAY
        assert AuditEntry.objects.filter(verb="deployment.withdrawn").count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CHANNEL_MANAGER, 200), (Role.REVIEWER, 200), (Role.ANALYST, 403)],
)
def test_who_may_withdraw_is_offered_it(
    project: Deployment, enter: Enter, role: Role, status: int
) -> None:
    visit, path = enter(role), f"deployments/{project.pk}/withdraw/"

    assert visit.get(path).status_code == status
    assert (path in visit.text(PROJECTS)) is (status == 200)


def test_deployments_of_others_do_not_exist(
    northwind: Vendor, umbra: Vendor, project: Deployment, bolt: Partner, enter: Enter
) -> None:
    with tenant(northwind):
        theirs = cast.deployment(Partner.objects.get(slug="beta"), cast.customer("Tailspin"))
    with tenant(umbra):
        foreign = cast.deployment(bolt, cast.customer("Contoso"))
    visit = enter()

    assert [
        visit.post(f"deployments/{one.pk}/withdraw/", on="2026-03-02", reason="No").status_code
        for one in (theirs, foreign)
    ] == [404, 404]
    assert "Tailspin" not in visit.text(PROJECTS)
    for vendor, one in ((northwind, theirs), (umbra, foreign)):
        with tenant(vendor):
            assert Deployment.objects.get(pk=one.pk).withdrawn_on is None


# --- The story of a past day -----------------------------------------------------------------


def rules() -> dict[str, Any]:
    """Ask for a certified engineer and a project."""
    written = engineers(at_least=1)
    written["program"] |= {"key": "delivery"}
    project = {"key": "project", "kind": "records_counted", "records": "deployments",
               "text": {"en": "A project"}, "distinct": "customer", "at_least": 1}  # fmt: skip
    return written | {"criteria": {"all": [written["criteria"], project]}}


@pytest.fixture
def today(
    northwind: Vendor,
    project: Deployment,
    certificate: Certificate,
    clock: time_machine.Coordinates,
    judge: Callable[[], None],
) -> str:
    """Judged in March, and on 1 June everything is as it was; return that day."""
    with tenant(northwind):
        publish(rules())
        judge_all()
    clock.move_to(datetime(2026, 6, 1, 15, 0, tzinfo=UTC))
    return "2026-06-01"


def by_page(visit: Visit, project: Deployment, certificate: Certificate, today: str) -> None:
    """Let Mara put both right."""
    correct = f"certificates/{certificate.pk}/correct/"
    withdraw = f"deployments/{project.pk}/withdraw/"
    assert visit.post(correct, valid_through="2026-04-30").status_code == 302
    assert visit.post(withdraw, on="2026-04-20", reason="Never used").status_code == 302


def over_the_api(
    machine: Machine, project: Deployment, certificate: Certificate, today: str
) -> None:
    """Let a machine put both right."""
    correct = machine.post(
        f"/certificates/{certificate.pk}/correct/", {"valid_through": "2026-04-30"}
    )
    withdraw = machine.post(
        f"/deployments/{project.pk}/withdraw/", {"on": "2026-04-20", "reason": "Never used"}
    )
    assert (correct.status_code, withdraw.status_code) == (200, 200)


def of(answer: dict[str, Any], record: str) -> dict[str, Any]:
    """Return what a verdict says is known of a record."""
    found: dict[str, Any]
    (found,) = (one for one in answer["records"] if one["id"] == record)
    return found


@pytest.mark.parametrize("over_api", [False, True])
def test_as_known_keeps_the_old_values_of_both_and_as_corrected_does_not(
    northwind: Vendor,
    project: Deployment,
    certificate: Certificate,
    today: str,
    enter: Enter,
    acme: Partner,
    *,
    over_api: bool,
) -> None:
    visit, machine = enter(), Machine(northwind, new_key(northwind))
    if over_api:
        over_the_api(machine, project, certificate, today)
    else:
        by_page(visit, project, certificate, today)

    verdict = f"/partners/{acme.pk}/accreditations/delivery/verdict/"
    known, corrected = (
        machine.get(verdict, **MAY_1, reading=reading).json() for reading in ("known", "corrected")
    )
    pages = [visit.text(DETAIL, **MAY_1, reading=reading) for reading in ("known", "corrected")]

    held, done = str(certificate.pk), str(project.pk)
    assert [of(answer, held)["valid_through"] for answer in (known, corrected)] == [
        "2026-12-31",
        "2026-04-30",
    ]
    assert [of(answer, done)["values"].get("withdrawn_on") for answer in (known, corrected)] == [
        None,
        "2026-04-20",
    ]
    assert (known["level"], corrected["level"]) == ("authorized", None)
    assert "31 Dec 2026" in pages[0]
    assert "30 Apr 2026" not in pages[0]
    assert "30 Apr 2026" in pages[1]
    assert "Never used" in pages[1]
    assert "Never used" not in pages[0]
    assert "No, withdrawn" in pages[1]
    assert "No, withdrawn" not in pages[0]
