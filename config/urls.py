"""Addresses outside every vendor: sign-in, the chooser, the operator, health."""

from django.urls import URLPattern, URLResolver, include, path

from config.health import healthz, readyz
from portal.api.views import ProblemPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.account.urls")),
    path("look/", include("portal.look.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("problems/<slug:key>/", ProblemPage.as_view(), name="problem"),
]
