"""Initials of people and companies, in any script."""

import pytest

from portal.look.initials import initials_of_company, initials_of_person, tint_of


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Edda Lindqvist", "EL"),
        ("Edda", "E"),
        ("Dr. Friederike von Hohenstein-Sigmaringen", "FH"),
        ("佐藤 健", "佐"),
        ("佐藤健", "佐"),
        ("김민수", "김"),
        ("Zsófia Kárpáti", "ZK"),
        ("E\u0301milie D'Arc", "ÉD"),
        ("محمد علي", "مع"),
        ("edda lindqvist", "EL"),
        ("(Edda) Lindqvist", "EL"),
        ("ßara", "S"),
        ("", "?"),
        ("—", "?"),
    ],
)
def test_initials_of_person(name: str, initials: str) -> None:
    assert initials_of_person(name) == initials


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Acme", "A"),
        ("Kestrel Voss Systemhaus GmbH", "KV"),
        ("桜メディカルシステムズ株式会社", "桜"),
        ("株式会社桜", "桜"),
        ("\N{FULLWIDTH LEFT PARENTHESIS}株\N{FULLWIDTH RIGHT PARENTHESIS}桜", "桜"),
        ("Soluções Aurora do Atlântico Ltda.", "SA"),
        ("3M Deutschland", "3D"),
        ("", "?"),
    ],
)
def test_initials_of_company(name: str, initials: str) -> None:
    assert initials_of_company(name) == initials


def test_tint_of_a_name_never_changes() -> None:
    assert [tint_of("Acme"), tint_of("Bolt"), tint_of("佐藤 健")] == ["b", "a", ""]
