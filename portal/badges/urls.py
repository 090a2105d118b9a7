"""Addresses of awards and their badges, at the root of a vendor's space."""

from django.urls import path

from portal.badges.views import AwardPage, Picture, Verify

app_name = "badges"

urlpatterns = [
    path("awards/<slug:number>.svg", Picture.as_view(), name="picture"),
    path("awards/<slug:number>/", AwardPage.as_view(), name="award"),
    path("verify/", Verify.as_view(), name="verify"),
]
