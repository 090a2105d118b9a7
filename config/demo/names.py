"""Names of people, by the language of their company. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

_GIVEN = {
    "en": "Grace Owen Ruby Miles Alice Theo Nora Felix Ivy Hugo Maya Jonah Ella Silas",
    "de": "Annika Jonas Friederike Mehmet Lea Moritz Katharina Emre Johanna Lukas Greta",
    "ja": "健 陽子 大輔 美咲 翔太 さくら 拓也 葵 蓮",
    "pt-br": "Beatriz Thiago Larissa João Camila Rafael Luana Mateus Isabela Davi",
    "fr": "Élodie Mathis Chloé Rémi Zoé Bastien Inès Loïc Maëlle",
    "pl": "Zofia Łukasz Małgorzata Paweł Agnieszka Michał Żaneta",
    "es": "Lucía Álvaro Sofía Íñigo Carmen Iker Valentina",
}
_FAMILY = {
    "en": ("Hartley Okafor Bennett Ramsey Whitlock Sutton Mercer Doyle Prescott Vaughn Ashe"),
    "de": "Brandt Weidenfeller Krüger Aydın Hohenstein Vogel Schäfer Lindner Yılmaz Böhm",
    "ja": "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村",
    "pt-br": "Oliveira Gonçalves Araújo Nascimento Ribeiro Magalhães Conceição Prado",
    "fr": "Moreau Lefèvre Garnier Chevalier Gauthier Bérenger Delacroix",
    "pl": "Wiśniewska Nowak Zieliński Kowalczyk Dąbrowski Szymańska",
    "es": "Ortiz Navarro Ibáñez Muñoz Echeverría Castaño",
}


def people(language: str, start: int) -> Iterator[str]:
    """Yield names of a language, the same for the same start; in Japanese family name first."""
    given, family = _GIVEN[language].split(), _FAMILY[language].split()
    for number in count(start):
        first, last = given[number % len(given)], family[(number * 3 + start) % len(family)]
        yield f"{last} {first}" if language == "ja" else f"{first} {last}"
