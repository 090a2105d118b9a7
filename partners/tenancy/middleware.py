"""Opens the vendor's space for a request."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix, set_urlconf
from django.utils import timezone

from partners.models import Vendor
from partners.tenancy.context import tenant

_PREFIX = re.compile(r"^/v/(?P<slug>[a-z0-9][a-z0-9-]*)(?P<rest>/.*)?$")


class VendorMiddleware:
    """Moves ``/v/<slug>`` into SCRIPT_NAME and serves the rest inside that vendor's space.

    Every ``reverse()`` then works unchanged under the prefix. An answer of 500 or more rolls the
    request's transaction back, so that half a request is never kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the vendor's space, or outside of any."""
        match = _PREFIX.match(request.path_info)
        request.vendor = None  # type: ignore[attr-defined]
        if match is None:
            return self.get_response(request)
        vendor = Vendor.objects.filter(slug=match["slug"]).first()
        if vendor is None:
            raise Http404
        if match["rest"] is None:
            return HttpResponsePermanentRedirect(f"{request.path}/")
        return self._serve(request, vendor, match["rest"])

    def _serve(self, request: HttpRequest, vendor: Vendor, rest: str) -> HttpResponse:
        outer = get_script_prefix()
        prefix = f"{outer.rstrip('/')}/v/{vendor.slug}"
        request.vendor = vendor  # type: ignore[attr-defined]
        request.urlconf = settings.VENDOR_URLCONF
        request.path_info = rest
        request.META["SCRIPT_NAME"] = prefix
        request.META["PATH_INFO"] = rest
        set_script_prefix(f"{prefix}/")
        try:
            # All days and times on a vendor's pages are those of its one time zone.
            with tenant(vendor), timezone.override(vendor.time_zone):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                return response
        finally:
            set_script_prefix(outer)
            set_urlconf(None)
