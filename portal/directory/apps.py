"""The public directory, as a Django app so that its templates are found."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Owns no table."""

    name = "portal.directory"
    label = "portal_directory"
