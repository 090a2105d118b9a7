"""Writes API keys: ``lrl_<prefix>_<secret>``, shown once, stored as a digest of the secret."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from partners.enums import ActorKind, MembershipRole
from partners.models import ApiKey
from partners.operations import audit
from partners.refusals import CannotRecord
from partners.rules import API_KEY_ROLES, Actor, Permission, require

LONGEST_DAYS = 365
_ALPHABET = string.ascii_letters + string.digits
_PREFIX_LENGTH = 8
_SECRET_LENGTH = 43  # 62 ** 43 > 2 ** 256
_FORMAT = re.compile(
    rf"lrl_(?P<prefix>[A-Za-z0-9]{{{_PREFIX_LENGTH}}})_(?P<secret>[A-Za-z0-9]{{{_SECRET_LENGTH}}})"
)
# "Last used" is for people, so a busy key writes its row once a minute and not at every request.
_USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_api_key(
    *, name: str, role: MembershipRole, days: int, by: Actor, now: datetime
) -> tuple[ApiKey, str]:
    """Create a key that is valid for that many days; return it and the whole key, once.

    :raises CannotRecord: for a role that no key may have, or a life of 0 or over 365 days.
    :raises NotAllowed: without ``api_keys.manage``.
    """
    require(by, Permission.API_KEYS)
    if role not in API_KEY_ROLES:
        raise CannotRecord("role", _("A key cannot have this role."))
    if not 1 <= days <= LONGEST_DAYS:
        raise CannotRecord("days", _("A key is valid for 1 to %(days)s days."), days=LONGEST_DAYS)
    prefix, secret = _random(_PREFIX_LENGTH), _random(_SECRET_LENGTH)
    key = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        secret_digest=_digest(secret),
        role=role,
        created_by_id=by.person_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    audit.record(
        by=by,
        now=now,
        verb="api_key.created",
        subjects=[key],
        changes={"prefix": prefix, "role": role.value, "days": days},
    )
    return key, f"lrl_{prefix}_{secret}"


@transaction.atomic
def revoke_api_key(*, key: ApiKey, by: Actor, now: datetime) -> ApiKey:
    """Revoke a key at once and return it.

    :raises CannotRecord: if it was revoked already.
    :raises NotAllowed: without ``api_keys.manage``.
    """
    require(by, Permission.API_KEYS)
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        raise CannotRecord("key", _("This key was revoked already."))
    key.refresh_from_db()
    audit.record(
        by=by, now=now, verb="api_key.revoked", subjects=[key], changes={"prefix": key.prefix}
    )
    return key


def authenticate_api_key(*, raw: str, now: datetime) -> Actor | None:
    """Return the actor of a valid key of the open vendor; None for every other text.

    Notes that the key was used, at most once a minute.
    """
    match = _FORMAT.fullmatch(raw)
    key = ApiKey.objects.filter(prefix=match["prefix"]).first() if match else None
    if match is None or key is None:
        return None
    if not hmac.compare_digest(key.secret_digest, _digest(match["secret"])):
        return None
    if key.revoked_at is not None or key.expires_at <= now:
        return None
    ApiKey.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lte=now - _USE_NOTED_EVERY), pk=key.pk
    ).update(last_used_at=now)
    return Actor(kind=ActorKind.API_KEY, id=key.pk, name=key.name, role=MembershipRole(key.role))


def _digest(secret: str) -> str:
    # The secret has 256 random bits: a fast digest cannot be searched.
    return hashlib.sha256(secret.encode()).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _position in range(length))
