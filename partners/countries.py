"""Names of countries by their ISO 3166-1 alpha-2 code.

``countries.csv`` holds the 249 codes of the standard with their names in English and German, taken
from the Unicode CLDR (as packed in Babel 2.18) under the license in ``countries.LICENSE``.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from partners.texts import localized

_FILE = Path(__file__).with_name("countries.csv")


@cache
def countries() -> Mapping[str, Mapping[str, str]]:
    """Return ``{code: {language: name}}``, read once a process."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: {"en": row["en"], "de": row["de"]} for row in rows}


def country_name(code: str, language: str | None = None) -> str:
    """Return a country's name, by default in the language of the moment; an unknown code as is."""
    return localized(countries().get(code, {}), language) or code
