"""The API's addresses and documentation, as a Django app so that its template is found."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Owns no table."""

    name = "portal.api"
    label = "portal_api"
