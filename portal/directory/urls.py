"""Addresses of the public directory, at the root of a vendor's space."""

from django.urls import path

from portal.directory.views import Front, PartnerProfile, Partners, ProgramRules, Programs

app_name = "directory"

urlpatterns = [
    path("", Front.as_view(), name="front"),
    path("partners/", Partners.as_view(), name="partners"),
    path("partners/<slug:slug>/", PartnerProfile.as_view(), name="partner"),
    path("programs/", Programs.as_view(), name="programs"),
    path("programs/<slug:key>/", ProgramRules.as_view(), name="program"),
]
