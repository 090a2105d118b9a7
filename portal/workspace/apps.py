"""The vendor's workspace, as a Django app so that its templates are found."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Owns no table."""

    name = "portal.workspace"
    label = "portal_workspace"
