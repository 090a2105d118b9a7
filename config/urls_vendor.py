"""Addresses inside a vendor: behind its prefix."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("portal.api.urls")),
]
