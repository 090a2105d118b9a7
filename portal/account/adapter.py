"""What we decide about sign-in where allauth asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import translation

from partners.models import User, Vendor
from partners.queries.access import user_with_address


@dataclass(frozen=True, slots=True)
class MailSite:
    """Whom a mail is from, as the mail templates of allauth ask for it."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation; addresses in mail are ours and not the request's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an invitation is the only way in."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where to go after signing in: into the vendor of the address, else the chooser."""
        return reverse("enter") if _vendor(request) else get_script_prefix()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the sign-in page of the place that was left."""
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a password mail, on the address that people know us by.

        The request's host is chosen by whoever asks for the mail, not by who receives it.
        """
        asked = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.PUBLIC_URL}{asked.path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one mail in the language of whoever receives it."""
        request = allauth_context.request
        vendor = _vendor(request)
        site = MailSite(
            name=vendor.name if vendor else "Laurel", domain=urlsplit(settings.PUBLIC_URL).netloc
        )
        words = {"request": request, "email": email, "current_site": site, **context}
        with translation.override(_language_of(email, vendor)):
            message = self.render_mail(template_prefix, email, words)
        message.send()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # As in allauth but without the host: guesses at one account add up, wherever they are made.
        return str(credentials.get("email", "")).strip().lower()


def _vendor(request: HttpRequest | None) -> Vendor | None:
    return getattr(request, "vendor", None)


def _language_of(email: str, vendor: Vendor | None) -> str:
    user: User | None = user_with_address(email)
    own = user.language if user else ""
    return own or (vendor.language if vendor else "") or translation.get_language() or "en"
