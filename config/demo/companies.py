"""The partner companies of the demo. All invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """A partner company and its head office; coordinates in degrees."""

    slug: str
    name: str
    language: str
    city: str
    country: str
    latitude: float
    longitude: float
    industries: tuple[str, ...] = ()


LONG_NAME = (
    "Gesellschaft für Wissensmanagement, Cloud-Migration und Unternehmensberatung im "
    "Gesundheitswesen Nordrhein-Westfalen mbH"
)
"""Exactly 120 characters, as long as names get in trade registers."""

NORTHWIND = (
    Company(
        "kestrel-voss",
        "Kestrel Voss Systemhaus GmbH",
        "de",
        "Leipzig",
        "DE",
        51.34,
        12.37,
        ("healthcare", "public-sector"),
    ),
    Company("acme", "Acme Cloud Services", "en", "Boston", "US", 42.36, -71.06, ("finance",)),
    Company(
        "sakura-systems",
        "株式会社さくらシステムズ",
        "ja",
        "Tokyo",
        "JP",
        35.68,
        139.69,
        ("manufacturing",),
    ),
    Company(
        "horizonte",
        "Horizonte Tecnologia e Integração Ltda.",
        "pt-br",
        "São Paulo",
        "BR",
        -23.55,
        -46.63,
        ("retail",),
    ),
    Company("wissensmanagement", LONG_NAME, "de", "Düsseldorf", "DE", 51.23, 6.78, ("healthcare",)),
    Company("lighthouse", "Lighthouse Integration", "en", "Portland", "US", 45.52, -122.68),
    Company(
        "maple-ridge",
        "Maple Ridge Consulting",
        "en",
        "Toronto",
        "CA",
        43.65,
        -79.38,
        ("public-sector",),
    ),
    Company(
        "atelier-numerique", "Atelier Numérique", "fr", "Lyon", "FR", 45.76, 4.84, ("healthcare",)
    ),
    Company("bluefjord", "Bluefjord Delivery", "en", "Oslo", "NO", 59.91, 10.75, ("energy",)),
    Company("wisla-cloud", "Wisła Cloud Sp. z o.o.", "pl", "Kraków", "PL", 50.06, 19.94),
    Company(
        "sierra-norte", "Sierra Norte Soluciones", "es", "Madrid", "ES", 40.42, -3.70, ("finance",)
    ),
    Company("granite-peak", "Granite Peak Technologies", "en", "Denver", "US", 39.74, -104.99),
    Company(
        "hansa-digital", "Hansa Digital AG", "de", "Hamburg", "DE", 53.55, 9.99, ("logistics",)
    ),
    Company("aozora-data", "青空データ合同会社", "ja", "Osaka", "JP", 34.69, 135.50),
    Company("mar-azul", "Mar Azul Serviços de Nuvem", "pt-br", "Recife", "BR", -8.05, -34.90),
    Company(
        "redwood-data",
        "Redwood Data Partners",
        "en",
        "San Francisco",
        "US",
        37.77,
        -122.42,
        ("healthcare",),
    ),
    Company(
        "thames-valley",
        "Thames Valley Systems",
        "en",
        "Reading",
        "GB",
        51.45,
        -0.97,
        ("public-sector",),
    ),
    Company("clyde-works", "Clyde Works", "en", "Glasgow", "GB", 55.86, -4.25, ("energy",)),
    Company("nordlicht-it", "Nordlicht IT", "de", "Kiel", "DE", 54.32, 10.12),
    Company("alpenblick", "Alpenblick Consulting", "de", "Zürich", "CH", 47.38, 8.54, ("finance",)),
    Company("donau-partner", "Donau Partner", "de", "Wien", "AT", 48.21, 16.37),
    Company("cote-sud", "Côte Sud Intégration", "fr", "Marseille", "FR", 43.30, 5.37),
    Company("catalunya-cloud", "Catalunya Cloud", "es", "Barcelona", "ES", 41.39, 2.17),
    Company("andes-digital", "Andes Digital", "es", "Santiago", "CL", -33.45, -70.67, ("mining",)),
    Company("pampa-soft", "Pampa Soft", "es", "Buenos Aires", "AR", -34.60, -58.38),
    Company("harbor-point", "Harbor Point IT", "en", "Sydney", "AU", -33.87, 151.21),
    Company("southern-cross", "Southern Cross Delivery", "en", "Auckland", "NZ", -36.85, 174.76),
    Company(
        "lakeshore", "Lakeshore Systems", "en", "Chicago", "US", 41.88, -87.63, ("manufacturing",)
    ),
    Company("lone-star", "Lone Star Cloud", "en", "Austin", "US", 30.27, -97.74),
    Company("bayou-tech", "Bayou Technology Group", "en", "New Orleans", "US", 29.95, -90.07),
    Company("tatra-systems", "Tatra Systems", "pl", "Gdańsk", "PL", 54.35, 18.65),
    Company("rio-verde", "Rio Verde Consultoria", "pt-br", "Curitiba", "BR", -25.43, -49.27),
    Company("emerald-isle", "Emerald Isle Software", "en", "Dublin", "IE", 53.35, -6.26),
    Company("polder-it", "Polder IT", "en", "Utrecht", "NL", 52.09, 5.12),
    Company("midnight-sun", "Midnight Sun Oy", "en", "Helsinki", "FI", 60.17, 24.94),
    Company("table-mountain", "Table Mountain Cloud", "en", "Cape Town", "ZA", -33.92, 18.42),
    Company("garden-city", "Garden City Technologies", "en", "Singapore", "SG", 1.35, 103.82),
    Company("prairie-data", "Prairie Data", "en", "Calgary", "CA", 51.05, -114.07),
    Company("cascade-it", "Cascade IT", "en", "Seattle", "US", 47.61, -122.33),
    Company("first-light", "First Light Consulting", "en", "Honolulu", "US", 21.31, -157.86),
)

UMBRA = (
    Company("bolt", "Bolt Consulting", "en", "London", "GB", 51.51, -0.13),
    Company("copper-leaf", "Copper Leaf", "en", "Manchester", "GB", 53.48, -2.24),
    Company("morgenrot", "Morgenrot Beratung", "de", "München", "DE", 48.14, 11.58),
    Company("komorebi", "木漏れ日テック", "ja", "Fukuoka", "JP", 33.59, 130.40),
    Company("vento-sul", "Vento Sul Sistemas", "pt-br", "Porto Alegre", "BR", -30.03, -51.23),
    Company("petit-pont", "Petit Pont Conseil", "fr", "Paris", "FR", 48.86, 2.35),
)
