"""Sign-in, invitations and the chooser, as a Django app so that its templates are found."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Owns no table."""

    name = "portal.account"
    label = "portal_account"
