"""The page behind an invitation's link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.http import urlencode

from partners.enums import MembershipRole
from partners.models import Invitation, Membership, OutboxItem, User, Vendor
from partners.operations.access import invite, withdraw_invitation
from partners.tenancy.context import tenant
from tests.cast import PASSWORD, actor, member, partner, user

Role = MembershipRole
ANSWER = {"name": "Paul Reed", "password": "a long secret of mine"}


def invited(vendor: Vendor, now: datetime | None = None) -> str:
    """Return the path of an invitation of Paul to Acme, sent now."""
    with tenant(vendor):
        invite(
            email="paul@example.com",
            role=Role.PARTNER_ADMIN,
            partner=partner("acme"),
            by=actor(member("ona", Role.OWNER)),
            now=now or datetime.now(UTC),
        )
        url: str = OutboxItem.objects.get().parameters["url"]
    return url.removeprefix("http://testserver")


def memberships(vendor: Vendor, email: str) -> int:
    with tenant(vendor):
        return Membership.objects.filter(user__email=email).count()


def test_link_shows_the_offer_to_somebody_new(client: Client, northwind: Vendor) -> None:
    page = client.get(invited(northwind))

    assert page.status_code == 200
    assert "Join Acme" in page.content.decode()
    assert "Partner admin" in page.content.decode()
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_somebody_new_chooses_a_password_and_is_in(client: Client, northwind: Vendor) -> None:
    link = invited(northwind)

    answer = client.post(link, ANSWER)

    paul = User.objects.get(email="paul@example.com")
    assert answer["Location"] == "/v/northwind/portal/acme/"
    assert client.session["_auth_user_id"] == str(paul.pk)
    assert client.get("/v/northwind/portal/acme/members/").status_code == 200


@pytest.mark.parametrize("password", ["short", "paul@example.com", ""])
def test_weak_password_is_refused_at_its_field(
    client: Client, northwind: Vendor, password: str
) -> None:
    answer = client.post(invited(northwind), {**ANSWER, "password": password})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["password"]
    assert not User.objects.filter(email="paul@example.com").exists()


def test_known_person_signs_in_first_and_comes_back(client: Client, northwind: Vendor) -> None:
    user("paul")
    link = invited(northwind)

    login = f"/v/northwind/accounts/login/?{urlencode({'next': link})}"
    assert f'href="{login}"' in client.get(link).content.decode()
    answer = client.post(login, {"login": "paul@example.com", "password": PASSWORD})
    assert answer["Location"] == link
    answer = client.post(link)

    assert answer["Location"] == "/v/northwind/portal/acme/"
    assert memberships(northwind, "paul@example.com") == 1


def test_link_makes_no_second_account_for_a_known_address(
    client: Client, northwind: Vendor
) -> None:
    user("paul")

    answer = client.post(invited(northwind), ANSWER)

    assert answer.status_code == 422
    assert memberships(northwind, "paul@example.com") == 0
    assert "_auth_user_id" not in client.session


def test_somebody_else_is_refused_with_a_clear_page(client: Client, northwind: Vendor) -> None:
    link = invited(northwind)
    client.force_login(user("sven"))

    pages = [client.get(link), client.post(link)]

    assert [page.status_code for page in pages] == [403, 403]
    assert "was sent to another address" in pages[0].content.decode()
    assert "paul@example.com" not in pages[0].content.decode()
    assert memberships(northwind, "sven@example.com") == 0


def test_dead_links_answer_alike(client: Client, northwind: Vendor, umbra: Vendor) -> None:
    used = invited(northwind)
    client.post(used, ANSWER)
    client.logout()
    with tenant(umbra):
        ona, acme = actor(member("ona", Role.OWNER)), partner("acme")
        old = invite(
            email="old@example.com",
            role=Role.LEARNER,
            partner=acme,
            by=ona,
            now=datetime.now(UTC) - timedelta(days=8),
        )
        gone = invite(
            email="gone@example.com", role=Role.LEARNER, partner=acme, by=ona, now=datetime.now(UTC)
        )
        withdraw_invitation(invitation=gone, by=ona, now=datetime.now(UTC))
        paths = {
            item.recipient: item.parameters["url"].removeprefix("http://testserver/v/umbra")
            for item in OutboxItem.objects.all()
        }

    answers = [
        client.get(path)
        for path in (
            used,
            f"/v/umbra{paths[old.email]}",
            f"/v/umbra{paths[gone.email]}",
            f"/v/umbra{used.removeprefix('/v/northwind')}",
            "/v/umbra/invitations/never-existed/",
        )
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    texts = {answer.content.decode().replace("Northwind", "Umbra") for answer in answers}
    assert all("can no longer be used" in text for text in texts)


def test_invitation_of_one_vendor_is_unknown_at_another(
    client: Client, northwind: Vendor, umbra: Vendor
) -> None:
    link = invited(northwind).replace("northwind", "umbra")

    assert client.post(link, ANSWER).status_code == 404
    with tenant(northwind):
        assert Invitation.objects.get().accepted_at is None
