"""Every address there is, and whom it lets in: read from the URLconfs, the pages and the rules.

Nothing is asked of a database. The page ``docs/routes.md`` is printed from here, and a test walks
every address as everybody to see that it answers so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from partners.admin_site import VendorAdmin, site
from partners.api.viewsets import VendorViewSet
from partners.enums import VENDOR_ROLES, MembershipRole
from partners.rules import ROLES, Permission
from portal.account.operator import Operator
from portal.api.views import Docs, ProblemPage, Schema, UnknownAddress
from portal.look.pages import Page, PartnerPage, WorkspacePage

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# Routed only on a developer's machine.
_DEVELOPERS_ONLY = {"look:gallery"}

# Pages of libraries, and functions: what lets people in is theirs, so it is written down here.
_OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "look:theme",
    "look:scheme",
    "healthz",
    "readyz",
}
_SIGNED_IN = {
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "usersessions_list",
}
_RECORDS = {"index", "search", "autocomplete", "jsi18n", "logout", "app_list", ""}
_RECORDS_METHODS = {
    "admin:autocomplete": {"GET"},
    "admin:jsi18n": {"GET"},
    "admin:logout": {"POST"},
}

# Whatever no other address answers.
_NOWHERE = {"api:unknown", "admin:"}

# Arguments that name something of one partner: it exists for those who reach the partner.
_OF_ONE_PARTNER = {
    "partner", "partner_id", "employment", "certificate", "deployment", "job", "pk", "object_id",
}  # fmt: skip
# Records that are the same for every partner.
_OF_EVERY_PARTNER = {"admin:enablement_certification_change"}


class Door(StrEnum):
    """What stands in front of a page."""

    OPEN = "everybody"
    SIGNED_IN = "whoever is signed in"
    OPERATOR = "operators"
    WORKSPACE = "the vendor's own people"
    RECORDS = "the vendor's own people, in the records"
    PORTAL = "the partner's own people"
    API = "the vendor's own people and keys"


class Answer(StrEnum):
    """How a request ends before anything it sends is read."""

    IN = "in"
    SIGN_IN = "302"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    UNKNOWN = "404"
    NOT_SERVED = "405"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who asks: their role at the vendor or at the partner of the address, if any."""

    label: str
    explanation: str
    vendor_role: MembershipRole | None = None
    partner_role: MembershipRole | None = None
    signed_in: bool = True
    is_operator: bool = False
    reaches_partner: bool = True


IDENTITIES = (
    Identity("nobody", "not signed in", signed_in=False),
    Identity("other owner", "owner of another vendor"),
    Identity("other vendor's", "partner admin at another vendor"),
    Identity("other partner's", "partner admin of another partner of this vendor"),
    Identity(
        "viewer", "partner viewer of this partner", partner_role=MembershipRole.PARTNER_VIEWER
    ),
    Identity("admin", "partner admin of this partner", partner_role=MembershipRole.PARTNER_ADMIN),
    Identity("reviewer", "reviewer of this vendor", vendor_role=MembershipRole.REVIEWER),
    Identity(
        "other manager",
        "channel manager of this vendor who does not manage this partner",
        vendor_role=MembershipRole.CHANNEL_MANAGER,
        reaches_partner=False,
    ),
    Identity("owner", "owner of this vendor", vendor_role=MembershipRole.OWNER),
    Identity("operator", "operator of the platform, member nowhere", is_operator=True),
)


@dataclass(frozen=True, slots=True)
class Route:
    """One address; ``permissions`` says what a method asks for, None is what nobody may."""

    address: str
    name: str
    door: Door
    permissions: Mapping[str, Permission | None]
    methods: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Return whether nothing is asked of whoever comes, except perhaps to be signed in."""
        return self.door in {Door.OPEN, Door.SIGNED_IN}

    @property
    def of_one_partner(self) -> bool:
        """Return whether it shows something that belongs to one partner."""
        names = set(re.findall(r"<(?:\w+:)?(\w+)>", self.address))
        return bool(names & _OF_ONE_PARTNER) and self.name not in _OF_EVERY_PARTNER


def routes() -> list[Route]:
    """Return every address, those outside of vendors first.

    :raises LookupError: for a page of which nobody says whom it lets in.
    """
    outside = _walk(get_resolver(settings.ROOT_URLCONF), "/", "")
    inside = _walk(get_resolver(settings.VENDOR_URLCONF), "/v/<vendor>/", "")
    return [*outside, *inside]


def expected(route: Route, method: str, identity: Identity) -> Answer:
    """Return how the address answers this method for this identity."""
    served = method in route.methods
    # The API asks for the permission of the action, and there is none without a method.
    may = _may(identity, route, method) or (route.door == Door.API and not served)
    stops = (
        (route.name in _NOWHERE, Answer.UNKNOWN),
        (not may, Answer.FORBIDDEN),
        (not served, Answer.NOT_SERVED),
        (route.of_one_partner and not identity.reaches_partner, Answer.UNKNOWN),
    )
    inside = next((answer for stops_here, answer in stops if stops_here), Answer.IN)
    return _DOORS[route.door](route, identity) or inside


def _may(identity: Identity, route: Route, method: str) -> bool:
    if route.door in {Door.OPEN, Door.SIGNED_IN, Door.OPERATOR}:
        return True
    role = identity.partner_role if route.door == Door.PORTAL else identity.vendor_role
    held = ROLES[role] if role else frozenset()
    needed = {route.permissions.get(method)}
    needed |= {Permission.RECORDS_USE} if route.door == Door.RECORDS else set()
    return needed <= held


# --- Doors: the answer to whom they do not let in, None for whom they do ----------------------


def _open(_route: Route, _identity: Identity) -> Answer | None:
    return None


def _signed_in(_route: Route, identity: Identity) -> Answer | None:
    return None if identity.signed_in else Answer.SIGN_IN


def _operators(_route: Route, identity: Identity) -> Answer | None:
    if not identity.signed_in:
        return Answer.SIGN_IN
    return None if identity.is_operator else Answer.UNKNOWN


def _vendor_side(route: Route, identity: Identity) -> Answer | None:
    if not identity.signed_in:
        return Answer.UNAUTHORIZED if route.door == Door.API else Answer.SIGN_IN
    return Answer.UNKNOWN if identity.vendor_role not in VENDOR_ROLES else None


def _partner_side(_route: Route, identity: Identity) -> Answer | None:
    if not identity.signed_in:
        return Answer.SIGN_IN
    return Answer.UNKNOWN if identity.partner_role is None else None


_DOORS: dict[Door, Callable[[Route, Identity], Answer | None]] = {
    Door.OPEN: _open,
    Door.SIGNED_IN: _signed_in,
    Door.OPERATOR: _operators,
    Door.WORKSPACE: _vendor_side,
    Door.RECORDS: _vendor_side,
    Door.PORTAL: _partner_side,
    Door.API: _vendor_side,
}


# --- Reading the URLconfs ----------------------------------------------------------------------


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        address = prefix + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, address, inner)
        elif (name := f"{namespace}{pattern.name or ''}") not in _DEVELOPERS_ONLY:
            yield _route(address, name, pattern)


def _readable(pattern: str) -> str:
    """Return an address with its arguments in angle brackets, also of a regular expression."""
    plain = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", pattern.removeprefix("^").removesuffix("$"))
    return plain.replace("\\", "")


def _route(address: str, name: str, pattern: URLPattern) -> Route:
    view: Any = pattern.callback
    page: Any = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if name.startswith("admin:"):
        return _records(address, name)
    if _is_a(page, VendorViewSet):
        asked = {
            method.upper(): page.permissions[action] for method, action in view.actions.items()
        }
        return Route(address, name, Door.API, asked, frozenset(asked))
    if name in _OPEN | _SIGNED_IN and not _is_a(page, Page):
        door = Door.OPEN if name in _OPEN else Door.SIGNED_IN
        return Route(address, name, door, {}, frozenset(METHODS))
    door = _door_of(page)
    permission = getattr(page, "permission", None)
    return Route(address, name, door, dict.fromkeys(METHODS, permission), _served(page))


def _door_of(page: Any) -> Door:
    """Return what stands in front of a page class.

    :raises LookupError: for a page whose class does not say it.
    """
    by_class = {
        UnknownAddress: Door.OPEN,
        ProblemPage: Door.OPEN,
        Schema: Door.OPEN,
        Docs: Door.OPEN,
        Operator: Door.OPERATOR,
        WorkspacePage: Door.WORKSPACE,
        PartnerPage: Door.PORTAL,
    }
    for kind, door in by_class.items():
        if _is_a(page, kind):
            return door
    if not _is_a(page, Page) or page.permission is not None:
        raise LookupError(f"Nobody says whom {page} lets in: see config/routes.py.")
    return Door.OPEN


def _is_a(page: Any, kind: type) -> bool:
    return isinstance(page, type) and issubclass(page, kind)


def _served(page: Any) -> frozenset[str]:
    return frozenset(method for method in METHODS if hasattr(page, method.lower()))


def _records(address: str, name: str) -> Route:
    """Return an address of the records: of one kind of record, or of all of them."""
    own = name.removeprefix("admin:")
    methods = frozenset(_RECORDS_METHODS.get(name, METHODS))
    if own in _RECORDS:
        asked: dict[str, Permission | None] = dict.fromkeys(METHODS, Permission.RECORDS_USE)
        return Route(address, name, Door.RECORDS, asked, methods)
    noun, _, verb = own.rpartition("_")
    return Route(address, name, Door.RECORDS, _asked_by(_admin_of(noun), verb), methods)


def _admin_of(noun: str) -> VendorAdmin[Any]:
    for model, admin in site._registry.items():  # noqa: SLF001 - Django offers no other list
        if f"{model._meta.app_label}_{model._meta.model_name}" == noun:
            assert isinstance(admin, VendorAdmin)
            return admin
    raise LookupError(f"There are no records of {noun}.")


def _asked_by(admin: VendorAdmin[Any], verb: str) -> dict[str, Permission | None]:
    """Return the permission of each method: only POST writes."""
    if verb == "add":
        return dict.fromkeys(METHODS, admin.add_permission)
    seen: dict[str, Permission | None] = dict.fromkeys(METHODS, admin.view_permission)
    return seen | {"POST": admin.change_permission} if verb == "change" else seen
