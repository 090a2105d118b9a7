"""Writes logins. They are global, so what happens to them is in no vendor's audit."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_noop as _

from partners.models import User
from partners.queries.access import user_with_address
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str,
    by: Actor,
    now: datetime,
    password: str | None = None,
    language: str = "",
    is_operator: bool = False,
) -> User:
    """Create a login and return it. The caller vouches for the address: it counts as verified.

    Without a password nobody can sign in until one is set by "Forgot your password?".

    :raises CannotRecord: if the address belongs to a login already.
    :raises NotAllowed: without ``platform.run``; everybody else gets a login by an invitation.
    :raises ValidationError: for a password that is too easy to guess.
    """
    require(by, Permission.PLATFORM_RUN)
    return new_user(
        email=email,
        name=name,
        now=now,
        password=password,
        language=language,
        is_operator=is_operator,
    )


def new_user(
    *,
    email: str,
    name: str,
    now: datetime,
    password: str | None,
    language: str,
    is_operator: bool = False,
) -> User:
    """Write a login with its verified address; for operations that asked for the permission.

    :raises CannotRecord: if the address belongs to a login already.
    :raises ValidationError: for a password that is too easy to guess.
    """
    address = email.strip().lower()
    if user_with_address(address) is not None:
        raise CannotRecord("email", _("There is an account with this address. Please sign in."))
    if password is not None:
        validate_password(password, User(email=address, name=name))
    user = User.objects.create_user(
        address,
        password,
        name=name,
        language=language,
        is_operator=is_operator,
        created_at=now,
    )
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user
