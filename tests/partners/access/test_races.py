"""What happens when two people press the button at the same time: one effect."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from partners.enums import MembershipRole
from partners.models import AuditEntry, Membership, User, Vendor
from partners.operations.access import (
    accept_as_new_user,
    accept_invitation,
    end_membership,
    invite,
    withdraw_invitation,
)
from partners.queries.access import members
from partners.refusals import CannotRecord
from partners.tenancy.context import tenant
from tests import cast
from tests.cast import NOW, PASSWORD, actor, member, user
from tests.partners.access.traces import token_sent_to

Role = MembershipRole

pytestmark = pytest.mark.django_db(transaction=True)


def together(vendor: Vendor, *verbs: Callable[[], object]) -> list[str]:
    """Run the verbs at once, each in a transaction of its own; return how each ended, sorted."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> str:
        try:
            with tenant(vendor):
                start.wait(timeout=10)
                verb()
        except CannotRecord as refusal:
            return refusal.field
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


@pytest.fixture
def vendor(transactional_db: None) -> Vendor:
    return cast.vendor("northwind", "Northwind", prefix="NW")


def invited(vendor: Vendor) -> str:
    """Return the token of an invitation that Ona has sent to Mara."""
    with tenant(vendor):
        invite(
            email="mara@example.com",
            role=Role.ANALYST,
            by=actor(member("ona", Role.OWNER)),
            now=NOW,
        )
        return token_sent_to("mara@example.com")


def test_one_invitation_accepted_by_many_clicks_gives_one_membership(vendor: Vendor) -> None:
    token, mara = invited(vendor), user("mara")

    def accept() -> object:
        return accept_invitation(token=token, user=mara, now=NOW)

    assert together(vendor, *[accept] * 6) == ["done", *["invitation"] * 5]
    with tenant(vendor):
        assert members(None).filter(user=mara).count() == 1
        assert AuditEntry.objects.filter(verb="invitation.accepted").count() == 1


def test_one_invitation_makes_one_new_login(vendor: Vendor) -> None:
    token = invited(vendor)

    def accept() -> object:
        return accept_as_new_user(
            token=token, name="Mara", password=PASSWORD, language="en", now=NOW
        )

    assert together(vendor, *[accept] * 4) == ["done", *["invitation"] * 3]
    assert User.objects.filter(email="mara@example.com").count() == 1


def test_invitation_is_either_accepted_or_withdrawn(vendor: Vendor) -> None:
    from partners.models import Invitation

    token, mara = invited(vendor), user("mara")
    with tenant(vendor):
        invitation = Invitation.objects.get()
        ona = actor(Membership.objects.get())

    ended = together(
        vendor,
        lambda: accept_invitation(token=token, user=mara, now=NOW),
        lambda: withdraw_invitation(invitation=invitation, by=ona, now=NOW),
    )

    assert ended == ["done", "invitation"]
    with tenant(vendor):
        invitation.refresh_from_db()
        assert (invitation.accepted_at is None) != (invitation.withdrawn_at is None)


def test_two_owners_who_remove_each_other_leave_one(vendor: Vendor) -> None:
    with tenant(vendor):
        ona, mara = member("ona", Role.OWNER), member("mara", Role.OWNER)

    ended = together(
        vendor,
        lambda: end_membership(membership=mara, by=actor(ona), now=NOW),
        lambda: end_membership(membership=ona, by=actor(mara), now=NOW),
    )

    assert ended == ["done", "membership"]
    with tenant(vendor):
        assert members(None).count() == 1
