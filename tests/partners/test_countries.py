"""Names of countries."""

import pytest

from partners.countries import countries, country_name


def test_every_code_of_the_standard_has_a_name_in_both_languages() -> None:
    assert len(countries()) == 249
    assert all(len(code) == 2 and code.isupper() for code in countries())
    assert all(names["en"] and names["de"] for names in countries().values())


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("DE", "en", "Germany"),
        ("DE", "de", "Deutschland"),
        ("DE", "de-at", "Deutschland"),
        ("JP", "ja", "Japan"),
        ("XX", "en", "XX"),
    ],
)
def test_country_is_named_in_the_readers_language(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name
