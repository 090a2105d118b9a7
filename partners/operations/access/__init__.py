"""Writes who may do what: logins, invitations, memberships and API keys."""

from partners.operations.access.api_keys import (
    authenticate_api_key,
    create_api_key,
    revoke_api_key,
)
from partners.operations.access.invitations import (
    accept_as_new_user,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from partners.operations.access.memberships import add_member, change_role, end_membership
from partners.operations.access.users import create_user
from partners.operations.access.vendors import found_vendor

__all__ = [
    "accept_as_new_user",
    "accept_invitation",
    "add_member",
    "authenticate_api_key",
    "change_role",
    "create_api_key",
    "create_user",
    "end_membership",
    "found_vendor",
    "invite",
    "revoke_api_key",
    "withdraw_invitation",
]
