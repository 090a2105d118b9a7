"""Who may open which page of the workspace, and what they see of it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.portal.workspace.conftest import MANAGE, Enter, Visit

Role = MembershipRole
EVERYBODY = [
    "",
    "notices/",
    "partners/",
    "partners/acme/",
    "partners/acme/accreditations/authorized-service/",
    "partners/acme/deployments/",
    "programs/",
    "programs/authorized-service/",
]
RUNNING = [
    "partners/new/",
    "partners/acme/edit/",
    "partners/acme/people/new/",
    "partners/acme/certificates/new/",
    "imports/",
    "imports/new/",
]
PUBLISHING = ["drafts/new/"]
ABOUT_A_PARTNER = [
    "partners/{slug}/",
    "partners/{slug}/edit/",
    "partners/{slug}/accreditations/authorized-service/",
    "partners/{slug}/deployments/",
    "partners/{slug}/people/new/",
    "partners/{slug}/certificates/new/",
]


def _statuses(visit: Visit, paths: list[str]) -> set[int]:
    return {visit.get(path).status_code for path in paths}


def test_strangers_are_asked_to_sign_in(acme: Partner, client: Client) -> None:
    for path in EVERYBODY + RUNNING + PUBLISHING:
        answer = client.get(MANAGE + path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (
            302,
            "/v/northwind/accounts/login/",
        )


def test_the_workspace_does_not_exist_for_members_elsewhere(
    acme: Partner, northwind: Vendor, umbra: Vendor, client: Client
) -> None:
    with tenant(umbra):
        sven = cast.member("Sven", Role.OWNER)
    with tenant(northwind):
        paul = cast.member("Paul", Role.PARTNER_ADMIN, acme)
    for member in (sven, paul):
        client.force_login(member.user)
        assert _statuses(Visit(client), EVERYBODY + RUNNING + PUBLISHING) == {404}


@pytest.mark.parametrize(
    ("role", "running", "publishing"),
    [
        (Role.OWNER, 200, 200),
        (Role.PROGRAM_OWNER, 200, 200),
        (Role.CHANNEL_MANAGER, 200, 403),
        (Role.REVIEWER, 403, 403),
        (Role.ANALYST, 403, 403),
    ],
)
def test_each_role_opens_what_it_is_for(
    acme: Partner, enter: Enter, role: Role, running: int, publishing: int
) -> None:
    visit = enter(role)

    assert _statuses(visit, EVERYBODY) == {200}
    assert _statuses(visit, RUNNING) == {running}
    assert _statuses(visit, PUBLISHING) == {publishing}


@pytest.mark.parametrize("slug", ["beta", "bolt", "nobody"])
def test_an_unmanaged_a_foreign_and_an_unknown_partner_are_alike(
    acme: Partner, bolt: Partner, enter: Enter, slug: str
) -> None:
    visit = enter()

    answers = [visit.get(path.format(slug=slug)) for path in ABOUT_A_PARTNER]
    answers.append(visit.post(f"partners/{slug}/judge/"))
    # Input is not even read: what is sent would be refused with 422.
    answers.append(visit.post(f"partners/{slug}/people/new/", email="no address"))

    assert {answer.status_code for answer in answers} == {404}
    bodies = {answer.content.replace(slug.encode(), b"") for answer in answers}
    assert not any(b"Beta Systems" in body or b"Bolt" in body for body in bodies)


def test_unknown_objects_are_not_found(acme: Partner, enter: Enter) -> None:
    visit = enter(Role.OWNER)

    assert _statuses(
        visit,
        [
            f"certificates/{uuid4()}/correct/",
            f"certificates/{uuid4()}/revoke/",
            f"deployments/{uuid4()}/withdraw/",
            f"partners/acme/people/{uuid4()}/change/",
            f"partners/acme/people/{uuid4()}/end/",
            f"imports/{uuid4()}/",
            f"imports/{uuid4()}/problems.csv",
            "partners/acme/accreditations/nothing/",
            "programs/nothing/",
            "programs/authorized-service/versions/9/publish/",
            "programs/authorized-service/versions/1/publish/",
        ],
    ) == {404}


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (
            Role.OWNER,
            [
                "Dashboard",
                "Partners",
                "Programs",
                "Imports",
                "Members",
                "API keys",
                "Records",
                "Public directory",
            ],
        ),
        (
            Role.CHANNEL_MANAGER,
            ["Dashboard", "Partners", "Programs", "Imports", "Records", "Public directory"],
        ),
        (Role.REVIEWER, ["Dashboard", "Partners", "Programs", "Records", "Public directory"]),
    ],
)
def test_the_menu_shows_what_may_be_opened(
    acme: Partner, enter: Enter, role: Role, shown: list[str]
) -> None:
    answer = enter(role).get("partners/")

    items = [item for group in answer.context["nav"] for item in group.items]
    assert [str(item.label) for item in items] == shown
    assert [str(item.label) for item in items if item.current] == ["Partners"]


def test_who_only_looks_is_offered_nothing_to_change(acme: Partner, enter: Enter) -> None:
    page = enter(Role.REVIEWER).text("partners/acme/")

    assert "Acme Cloud Services" in page
    for words in (
        "Judge again now",
        "Record certificate",
        "Edit partner",
        "Add person",
        "Correct",
        "Revoke",
    ):
        assert words not in page
