"""Texts in several languages fall back instead of staying empty."""

import pytest
from django.utils.translation import override

from partners.texts import localized


@pytest.mark.parametrize(
    ("texts", "language", "text"),
    [
        ({"en": "Engineer", "de": "Technikerin"}, "de", "Technikerin"),
        ({"en": "Engineer", "de": "Technikerin"}, "de-at", "Technikerin"),
        ({"en": "Engineer", "de": ""}, "de", "Engineer"),
        ({"fr": "Technicienne"}, "de", "Technicienne"),
        ({}, "de", ""),
    ],
)
def test_a_text_is_said_in_the_nearest_language(
    texts: dict[str, str], language: str, text: str
) -> None:
    with override(language):
        assert localized(texts) == text
