"""Addresses of a partner's portal: ``portal/<partner>/``."""

from django.urls import path

from portal.partner.accreditations import AccreditationDetail, Accreditations
from portal.partner.home import Home
from portal.partner.members import OwnMembers
from portal.partner.notices import OwnNotices
from portal.partner.team import Team

app_name = "portal"

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("accreditations/", Accreditations.as_view(), name="accreditations"),
    path("accreditations/<slug:program>/", AccreditationDetail.as_view(), name="accreditation"),
    path("team/", Team.as_view(), name="team"),
    path("members/", OwnMembers.as_view(), name="members"),
    path("notices/", OwnNotices.as_view(), name="notices"),
]
