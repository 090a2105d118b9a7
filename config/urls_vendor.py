"""Addresses inside a vendor: behind its prefix."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import autodiscover_modules

from partners.admin_site import site

autodiscover_modules("admin", register_to=site)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.account.urls_vendor")),
    path("look/", include("portal.look.urls")),
    path("manage/", include("portal.workspace.members_urls")),
    path("manage/", include("portal.workspace.urls")),
    path("portal/<slug:partner>/", include("portal.partner.urls")),
    path("admin/", site.urls),
    path("api/v1/", include("portal.api.urls")),
    path("", include("portal.badges.urls")),
    path("", include("portal.directory.urls")),
]
