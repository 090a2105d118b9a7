"""A filled directory: the four designations, tiers, names that are long or not Latin."""

from __future__ import annotations

from datetime import timedelta

from accreditation.models import Award
from enablement.models import Certificate
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.public_cast import (
    FOUR,
    award_of,
    certify,
    document,
    partner,
    publish,
)
from tests.stories import judge_all

LONG = (
    "Bundesweite Gesellschaft für digitale Verwaltungsmodernisierung und Cloud-Infrastruktur"
    " im Gesundheitswesen mbH & Co. KG"
)
JAPANESE = "桜メディカルシステムズ株式会社"


def fill(vendor: Vendor) -> None:
    """List five partners: all four designations, a long name, a Japanese one, a tier alone."""
    with tenant(vendor):
        _publish_programs()
        _list_partners()
        judge_all()


def _publish_programs() -> None:
    for key, (kind, text) in FOUR.items():
        if key != "delivery":
            publish(document(key, text, kind=kind, name=f"{key.title()} program", term_months=12))
    publish(
        document(
            "delivery",
            "Silver Delivery Partner",
            FOUR["delivery"][1],
            "Platinum Delivery Partner",
            kind="delivery_quality",
            name="Delivery program",
            grace_days=30,
        )
    )
    publish(document("standing", "Select Tier", "Premier Tier", kind="tier", name="Partner tiers"))


def _list_partners() -> None:
    acme = partner(
        "acme",
        "Acme Systemhaus GmbH",
        ("Leipzig", "DE"),
        ("Dresden", "DE"),
        ("Porto", "PT"),
        name_language="de",
        website="https://www.acme.example",
        industries=["Healthcare", "Public sector"],
        summary={
            "en": "Moves clinical archives and patient portals to the cloud.",
            "de": "Bringt klinische Archive in die Cloud.",
        },
    )
    for key in ("service", "healthcare", "security", "standing"):
        certify(acme, key)
    certify(acme, "delivery", 2)
    long = partner("long", LONG, ("Berlin", "DE"), name_language="de")
    certify(long, "delivery", 3)
    certify(long, "healthcare")
    sakura = partner(
        "sakura",
        JAPANESE,
        ("大阪", "JP"),
        name_language="ja",
        summary={"ja": "電子カルテと画像データの移行を専門とする医療ITパートナー。"},
        industries=["Healthcare"],
    )
    certify(sakura, "delivery", 1)
    aurora = partner(
        "aurora", "Soluções Aurora do Atlântico Ltda.", ("Recife", "BR"), name_language="pt-BR"
    )
    certify(aurora, "security")
    tierra = partner("tierra", "Tierra", ("Madrid", "ES"))
    certify(tierra, "standing", 2)


def number_of(vendor: Vendor, slug: str, program: str) -> str:
    with tenant(vendor):
        award: Award = award_of(Partner.objects.get(slug=slug), program)
        return award.number


def lapse(vendor: Vendor, slug: str) -> None:
    """Take all certificates of a partner's people away, and judge."""
    with tenant(vendor):
        Certificate.objects.filter(person__employments__partner__slug=slug).update(
            revoked_on=cast.TODAY, revocation_reason="Story"
        )
        judge_all(cast.NOW + timedelta(hours=1))


def rise(vendor: Vendor, slug: str) -> None:
    """Let a partner reach the next level of delivery, which replaces its award."""
    with tenant(vendor):
        certify(Partner.objects.get(slug=slug), "delivery")
        judge_all(cast.NOW + timedelta(hours=1))
