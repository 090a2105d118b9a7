"""Addresses inside a vendor: behind its prefix."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.account.urls_vendor")),
    path("look/", include("portal.look.urls")),
    path("manage/", include("portal.workspace.members_urls")),
    path("portal/<slug:partner>/", include("portal.partner.urls")),
    path("api/v1/", include("portal.api.urls")),
]
