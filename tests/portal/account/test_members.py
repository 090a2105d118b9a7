"""The pages about members and API keys, of the vendor and of the partner."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from partners.enums import MembershipRole
from partners.models import ApiKey, Invitation, Membership, Partner, Vendor
from partners.operations.access import authenticate_api_key, invite
from partners.tenancy.context import tenant
from tests.cast import NOW, PASSWORD, actor, member, partner, user

Role = MembershipRole
VENDOR = "/v/northwind/manage/members/"
AT_ACME = "/v/northwind/manage/partners/acme/members/"
OWN = "/v/northwind/portal/acme/members/"
KEYS = "/v/northwind/manage/api-keys/"


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    with tenant(northwind):
        mara = member("mara", Role.CHANNEL_MANAGER)
        member("ona", Role.OWNER)
        member("rita", Role.REVIEWER)
        partner("cobalt")
        made = partner("acme", manager=mara)
        member("paul", Role.PARTNER_ADMIN, at=made)
        member("edda", Role.LEARNER, at=made)
        return made


def as_(name: str) -> Client:
    client = Client()
    client.force_login(user(name))
    return client


def membership(vendor: Vendor, name: str) -> Membership:
    with tenant(vendor):
        found: Membership = Membership.objects.select_related("user").get(
            user__email=f"{name}@example.com"
        )
        return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ona", [200, 200, 404, 302]),
        ("mara", [403, 200, 404, 403]),
        ("rita", [403, 403, 404, 403]),
        ("paul", [404, 404, 200, 404]),
        ("edda", [404, 404, 403, 404]),
        ("sven", [404, 404, 404, 404]),
    ],
)
def test_who_may_open_the_pages(acme: Partner, name: str, expected: list[int]) -> None:
    client = as_(name)

    seen = [client.get(page).status_code for page in (VENDOR, AT_ACME, OWN, KEYS)]

    assert seen == expected


def test_anonymous_visitor_signs_in_first(client: Client, acme: Partner) -> None:
    for page in (VENDOR, AT_ACME, OWN, KEYS):
        assert client.get(page)["Location"] == f"/v/northwind/accounts/login/?next={page}"


def test_channel_manager_reaches_managed_partners_only(acme: Partner) -> None:
    assert as_("mara").get(AT_ACME.replace("acme", "cobalt")).status_code == 404


def test_vendor_page_shows_the_vendors_members_and_not_the_partners(acme: Partner) -> None:
    page = as_("ona").get(VENDOR).content.decode()

    shown = {name for name in ("ona", "mara", "rita", "paul", "edda") if f"{name}@" in page}
    assert shown == {"ona", "mara", "rita"}


def test_partner_admin_invites_and_withdraws(acme: Partner, northwind: Vendor) -> None:
    client = as_("paul")

    page = client.post(
        OWN, {"verb": "invite", "email": "new@example.com", "role": "learner"}, follow=True
    ).content.decode()
    assert "new@example.com is invited" in page
    with tenant(northwind):
        invitation = Invitation.objects.get()
    client.post(OWN, {"verb": "withdraw", "id": str(invitation.pk)})

    with tenant(northwind):
        invitation.refresh_from_db()
    assert (invitation.role, invitation.partner_id) == (Role.LEARNER, acme.pk)
    assert invitation.withdrawn_at is not None


def test_role_of_the_vendor_is_no_choice_at_a_partner(acme: Partner, northwind: Vendor) -> None:
    answer = as_("paul").post(OWN, {"verb": "invite", "email": "new@example.com", "role": "owner"})

    assert answer.status_code == 422
    with tenant(northwind):
        assert not Invitation.objects.exists()


def test_refused_invitation_says_why_at_the_field(acme: Partner) -> None:
    answer = as_("paul").post(
        OWN, {"verb": "invite", "email": "edda@example.com", "role": "learner"}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"email": ["This person is a member already."]}


def test_role_is_changed_and_membership_ended(acme: Partner, northwind: Vendor) -> None:
    client, edda = as_("paul"), membership(northwind, "edda")

    client.post(OWN, {"verb": "change_role", "id": str(edda.pk), "role": "evidence_editor"})
    assert membership(northwind, "edda").role == Role.EVIDENCE_EDITOR
    client.post(OWN, {"verb": "end", "id": str(edda.pk)})

    assert membership(northwind, "edda").ended_at is not None
    assert as_("edda").get(OWN).status_code == 404


@pytest.mark.parametrize("verb", ["change_role", "end"])
def test_members_of_another_place_are_unknown_here(
    acme: Partner, northwind: Vendor, verb: str
) -> None:
    rita = membership(northwind, "rita")

    answers = [
        as_("paul").post(OWN, {"verb": verb, "id": sent, "role": "learner"}).status_code
        for sent in (str(rita.pk), str(uuid4()), "no-id", "")
    ]

    assert answers == [404, 404, 404, 404]
    assert membership(northwind, "rita").ended_at is None


def test_last_owner_is_told_why_they_stay(acme: Partner, northwind: Vendor) -> None:
    page = as_("ona").post(
        VENDOR, {"verb": "end", "id": str(membership(northwind, "ona").pk)}, follow=True
    )

    assert "last owner stays" in page.content.decode()
    assert membership(northwind, "ona").ended_at is None


@pytest.mark.parametrize("sent", [{}, {"verb": "promote"}, {"verb": "change_role", "role": "king"}])
def test_unknown_verb_and_role_are_bad_requests(acme: Partner, sent: dict[str, str]) -> None:
    assert as_("paul").post(OWN, sent).status_code == 400


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_a_fixed_number_of_questions(
    acme: Partner, northwind: Vendor, number: int, django_assert_num_queries: Any
) -> None:
    with tenant(northwind):
        ona = actor(Membership.objects.get(user__email="ona@example.com"))
        for one in range(number):
            member(f"more{one}", Role.ANALYST)
            invite(email=f"i{one}@example.com", role=Role.ANALYST, by=ona, now=datetime.now(UTC))
    client = as_("ona")
    client.get(VENDOR)

    # Vendor, savepoint, setting, session, user, own membership, notices, members, invitations,
    # setting, release.
    with django_assert_num_queries(11):
        client.get(VENDOR)


# --- Keys -----------------------------------------------------------------------------------


@pytest.fixture
def ona(acme: Partner) -> Client:
    """The owner, who has just signed in."""
    client = Client()
    client.post("/accounts/login/", {"login": "ona@example.com", "password": PASSWORD})
    return client


def test_key_is_shown_once_and_works(ona: Client, northwind: Vendor) -> None:
    page = ona.post(KEYS, {"name": "CRM", "role": "analyst", "days": "30"}).content.decode()

    raw = re.search(r"lrl_\w{8}_\w{43}", page)
    assert raw is not None
    with tenant(northwind):
        seen = authenticate_api_key(raw=raw[0], now=datetime.now(UTC))
    assert seen is not None
    assert (seen.name, seen.role) == ("CRM", Role.ANALYST)
    assert raw[0] not in ona.get(KEYS).content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "role": "analyst", "days": "30"}, "name"),
        ({"name": "CRM", "role": "owner", "days": "30"}, "role"),
        ({"name": "CRM", "role": "analyst", "days": "3650"}, "days"),
    ],
)
def test_impossible_key_is_refused_at_its_field(
    ona: Client, northwind: Vendor, sent: dict[str, str], field: str
) -> None:
    answer = ona.post(KEYS, sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    with tenant(northwind):
        assert not ApiKey.objects.exists()


def test_key_is_revoked(ona: Client, northwind: Vendor) -> None:
    ona.post(KEYS, {"name": "CRM", "role": "analyst", "days": "30"})
    with tenant(northwind):
        key = ApiKey.objects.get()

    page = ona.post(KEYS, {"verb": "revoke", "id": str(key.pk)}, follow=True).content.decode()

    assert "The key CRM is revoked" in page
    assert ona.post(KEYS, {"verb": "revoke", "id": str(uuid4())}).status_code == 404
    assert ona.post(KEYS, {"verb": "revoke", "id": "no-id"}).status_code == 404


def test_keys_ask_for_the_password_again_after_five_minutes(ona: Client, northwind: Vendor) -> None:
    reauthenticate = f"/v/northwind/accounts/reauthenticate/?next={KEYS}"

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5, seconds=1), tick=False):
        assert ona.get(KEYS)["Location"] == reauthenticate
        answer = ona.post(KEYS, {"name": "CRM", "role": "analyst", "days": "30"})
        assert answer["Location"] == reauthenticate
        ona.post(reauthenticate, {"password": PASSWORD})
        assert ona.get(KEYS).status_code == 200

    with tenant(northwind):
        assert not ApiKey.objects.exists()


def test_keys_of_another_vendor_are_unknown(ona: Client, umbra: Vendor) -> None:
    with tenant(umbra):
        ursa = member("ursa", Role.OWNER).user
        key = ApiKey.objects.create(
            name="Theirs",
            prefix="abcdefgh",
            secret_digest="0" * 64,
            role=Role.ANALYST,
            created_by=ursa,
            created_at=NOW,
            expires_at=datetime.now(UTC) + timedelta(days=1),
        )

    assert "Theirs" not in ona.get(KEYS).content.decode()
    assert ona.post(KEYS, {"verb": "revoke", "id": str(key.pk)}).status_code == 404
