"""E-mail addresses as they are kept: trimmed, in lower case, and no longer than their column."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop as _

from partners.refusals import CannotRecord

# Django's validator also lets longer ones pass, which no mail server takes.
MOST_CHARACTERS = 254


def checked_address(text: str) -> str:
    """Return the e-mail address in lower case.

    :raises CannotRecord: at the field ``email``, if it is none or longer than 254 characters.
    """
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise CannotRecord("email", _("Enter a valid e-mail address.")) from problem
    if len(address) > MOST_CHARACTERS:
        raise CannotRecord("email", _("Enter a valid e-mail address."))
    return address
