"""Public pages are drawn from the source's static files; no manifest is built for tests."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from partners.models import Vendor
from tests.portal.public_pages import fill


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def directory(northwind: Vendor) -> Vendor:
    """Northwind with a filled directory."""
    fill(northwind)
    return northwind
