"""Accepting an invitation, as a known user or a new one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from partners.enums import MembershipRole
from partners.models import AuditEntry, Partner, User, Vendor
from partners.operations.access import accept_as_new_user, accept_invitation, invite
from partners.queries.access import members, open_invitations
from partners.refusals import CannotRecord
from partners.rules import Actor
from partners.tenancy.context import tenant
from tests.cast import NOW, PASSWORD, actor, member, user
from tests.partners.access.traces import token_sent_to

Role = MembershipRole
A_DAY = timedelta(days=1)


def test_invited_user_becomes_a_member_and_the_recorded_person(ona: Actor, acme: Partner) -> None:
    from tests.cast import person

    edda = person("edda")
    invite(email="edda@example.com", role=Role.LEARNER, partner=acme, by=ona, now=NOW)

    membership = accept_invitation(
        token=token_sent_to("edda@example.com"), user=user("edda"), now=NOW + A_DAY
    )

    edda.refresh_from_db()
    assert (membership.role, membership.partner) == (Role.LEARNER, acme)
    assert edda.user == membership.user
    entry = AuditEntry.objects.get(verb="invitation.accepted")
    assert (entry.actor_id, entry.partner_ids) == (membership.user.pk, [acme.pk])


def test_invitation_works_once(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    token = token_sent_to("mara@example.com")
    accept_invitation(token=token, user=user("mara"), now=NOW)

    with pytest.raises(CannotRecord, match="no longer"):
        accept_invitation(token=token, user=user("mara"), now=NOW)


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_invitation_ends_after_seven_days(ona: Actor, after: timedelta, works: bool) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    token = token_sent_to("mara@example.com")

    if works:
        accept_invitation(token=token, user=user("mara"), now=NOW + after)
    else:
        with pytest.raises(CannotRecord, match="no longer"):
            accept_invitation(token=token, user=user("mara"), now=NOW + after)

    assert members(None).filter(user__email="mara@example.com").exists() is works


def test_user_with_another_address_is_refused_and_the_invitation_stays_open(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="another address"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=user("sven"), now=NOW)

    assert open_invitations(NOW, None).count() == 1


def test_unproved_address_does_not_accept(ona: Actor) -> None:
    sven = user("sven")
    EmailAddress.objects.create(user=sven, email="mara@example.com", verified=False)
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="another address"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=sven, now=NOW)


def test_token_of_another_vendor_is_unknown(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind):
        invite(
            email="mara@example.com",
            role=Role.ANALYST,
            by=actor(member("ona", Role.OWNER)),
            now=NOW,
        )
        token = token_sent_to("mara@example.com")

    with tenant(umbra), pytest.raises(CannotRecord, match="no longer"):
        accept_invitation(token=token, user=user("mara"), now=NOW)


def test_new_user_comes_with_a_proved_address_and_the_chosen_password(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    membership = accept_as_new_user(
        token=token_sent_to("mara@example.com"),
        name="Mara Lind",
        password=PASSWORD,
        language="de",
        now=NOW,
    )

    mara = membership.user
    assert (mara.email, mara.name, mara.language) == ("mara@example.com", "Mara Lind", "de")
    assert mara.created_at == NOW
    assert mara.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=mara)
    assert (address.email, address.verified, address.primary) == ("mara@example.com", True, True)


@pytest.mark.parametrize("password", ["elevenchars", "mara@example.com", "password12345"])
def test_password_that_is_easy_to_guess_is_refused(ona: Actor, password: str) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(ValidationError):
        accept_as_new_user(
            token=token_sent_to("mara@example.com"),
            name="Mara",
            password=password,
            language="en",
            now=NOW,
        )

    assert not User.objects.filter(email="mara@example.com").exists()
    assert open_invitations(NOW, None).count() == 1


def test_known_address_gets_no_second_account(ona: Actor) -> None:
    user("mara")
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)

    with pytest.raises(CannotRecord, match="sign in"):
        accept_as_new_user(
            token=token_sent_to("mara@example.com"),
            name="Mara",
            password=PASSWORD,
            language="en",
            now=NOW,
        )


def test_user_who_became_a_member_meanwhile_is_told_so(ona: Actor) -> None:
    invite(email="mara@example.com", role=Role.ANALYST, by=ona, now=NOW)
    member("mara", Role.REVIEWER)

    with pytest.raises(CannotRecord, match="member here already"):
        accept_invitation(token=token_sent_to("mara@example.com"), user=user("mara"), now=NOW)
