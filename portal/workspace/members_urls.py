"""Addresses about who gets in, below the workspace."""

from django.urls import path

from portal.workspace.api_keys import ApiKeys
from portal.workspace.members import PartnerMembers, VendorMembers

urlpatterns = [
    path("members/", VendorMembers.as_view(), name="workspace_members"),
    path(
        "partners/<slug:partner>/members/",
        PartnerMembers.as_view(),
        name="workspace_partner_members",
    ),
    path("api-keys/", ApiKeys.as_view(), name="workspace_api_keys"),
]
