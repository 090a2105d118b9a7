"""Keys of machines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from partners.enums import ActorKind, MembershipRole
from partners.models import ApiKey, AuditEntry, Vendor
from partners.operations.access import authenticate_api_key, create_api_key, revoke_api_key
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed
from partners.tenancy.context import tenant
from tests.cast import NOW, actor, member
from tests.partners.access.traces import verbs

Role = MembershipRole


def test_key_acts_in_its_role_until_it_expires(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    seen = authenticate_api_key(raw=raw, now=NOW + timedelta(days=30, seconds=-1))

    assert seen == Actor(kind=ActorKind.API_KEY, id=key.pk, name="CRM", role=Role.ANALYST)
    assert authenticate_api_key(raw=raw, now=NOW + timedelta(days=30)) is None


def test_secret_of_a_key_is_not_stored(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    opening, prefix, secret = raw.split("_")
    assert (opening, prefix, len(secret)) == ("lrl", key.prefix, 43)
    row = ApiKey.objects.values().get()
    assert not [value for value in row.values() if secret in str(value)]
    assert secret not in str(AuditEntry.objects.values().get())


def test_use_of_a_key_is_noted_once_a_minute(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)
    noted = []

    for seconds in (0, 59, 60):
        authenticate_api_key(raw=raw, now=NOW + timedelta(seconds=seconds))
        key.refresh_from_db()
        noted.append(key.last_used_at)

    assert noted == [NOW, NOW, NOW + timedelta(seconds=60)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:-1] + ("a" if raw[-1] != "a" else "b"),
        lambda raw: raw + "a",
        lambda raw: raw[:-1],
        lambda raw: raw.replace("lrl_", "xyz_"),
        lambda raw: "lrl_00000000_" + raw.rsplit("_", 1)[1],
        lambda raw: raw + "\n",
        lambda raw: "",
        lambda raw: "\x00" * len(raw),
    ],
)
def test_damaged_key_is_nobody(ona: Actor, damage: Any) -> None:
    _key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    assert authenticate_api_key(raw=damage(raw), now=NOW) is None


def test_key_of_another_vendor_is_nobody(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind):
        by = actor(member("ona", Role.OWNER))
        _key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=by, now=NOW)

    with tenant(umbra):
        assert authenticate_api_key(raw=raw, now=NOW) is None


def test_revoked_key_is_nobody_at_once(ona: Actor) -> None:
    key, raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)

    revoke_api_key(key=key, by=ona, now=NOW)

    assert authenticate_api_key(raw=raw, now=NOW) is None
    with pytest.raises(CannotRecord, match="revoked already"):
        revoke_api_key(key=key, by=ona, now=NOW)
    assert verbs() == ["api_key.created", "api_key.revoked"]


@pytest.mark.parametrize("days", [0, -1, 366])
def test_key_lives_for_one_day_to_a_year(ona: Actor, days: int) -> None:
    with pytest.raises(CannotRecord) as refusal:
        create_api_key(name="CRM", role=Role.ANALYST, days=days, by=ona, now=NOW)

    assert refusal.value.field == "days"


@pytest.mark.parametrize("role", [Role.OWNER, Role.CHANNEL_MANAGER, Role.PARTNER_ADMIN])
def test_key_has_no_role_of_a_person(ona: Actor, role: Role) -> None:
    with pytest.raises(CannotRecord) as refusal:
        create_api_key(name="CRM", role=role, days=30, by=ona, now=NOW)

    assert refusal.value.field == "role"


@pytest.mark.parametrize("role", [Role.PROGRAM_OWNER, Role.CHANNEL_MANAGER, Role.ANALYST])
def test_only_owners_create_and_revoke_keys(ona: Actor, role: Role) -> None:
    key, _raw = create_api_key(name="CRM", role=Role.ANALYST, days=30, by=ona, now=NOW)
    mara = actor(member("mara", role))

    with pytest.raises(NotAllowed):
        create_api_key(name="CRM", role=Role.ANALYST, days=30, by=mara, now=NOW)
    with pytest.raises(NotAllowed):
        revoke_api_key(key=key, by=mara, now=NOW)
