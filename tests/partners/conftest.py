"""Fixtures of the ground floor's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.mailserver import MailServer


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "Laurel <no-reply@laurel.example>"
        yield server
