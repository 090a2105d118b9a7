"""Two vendors alike in everything: at least one row of every walled table, for both.

Whatever of Northwind is nobody else's business carries a mark, so that a leak shows at any address:
``QUETZAL`` is Acme's, ``OSPREY`` is Cove's, ``HERON`` is the vendor's own. What the public
directory shows carries none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps

from accreditation.models import CriterionDecision, DueMark, Program
from accreditation.operations.programs import draft_version
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from enablement.enums import PauseReason
from enablement.models import CertificatePause, Certification
from partners.enums import ActorKind, MembershipRole
from partners.models import (
    AuditSeal,
    IdempotencyRecord,
    ImportFile,
    Invitation,
    JobRole,
    Location,
    Membership,
    Notice,
    OutboxItem,
    Partner,
    Vendor,
)
from partners.operations.access import create_api_key, invite
from partners.operations.jobs import create_job
from partners.operations.seal import seal
from partners.queries.access import digest_of
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from partners.tenancy.models import TenantModel
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

QUETZAL, OSPREY, HERON = "quetzal", "osprey", "heron"
NOW = datetime.now(UTC)

WALLED: list[type[TenantModel]] = sorted(
    (model for model in apps.get_models() if issubclass(model, TenantModel)),
    key=lambda model: model._meta.label,
)

Role = MembershipRole


@dataclass(frozen=True, slots=True)
class Names:
    """What differs between the two vendors; the marks are empty where nothing is looked for."""

    slug: str
    prefix: str
    partner: str
    neighbor: str
    program: str
    certification: str
    members: dict[str, tuple[Role, str]]
    partner_mark: str = ""
    neighbor_mark: str = ""
    vendor_mark: str = ""


NORTHWIND = Names(
    slug="northwind",
    prefix="NW",
    partner="acme",
    neighbor="cove",
    program="authorized-service",
    certification="cloud-engineer",
    # Who: the role, and at which partner ("" is the vendor's own side).
    members={
        "olga": (Role.OWNER, ""),
        "rita": (Role.REVIEWER, ""),
        "mara": (Role.CHANNEL_MANAGER, ""),
        "milo": (Role.CHANNEL_MANAGER, ""),
        "paul": (Role.PARTNER_ADMIN, "acme"),
        "vera": (Role.PARTNER_VIEWER, "acme"),
        "cora": (Role.PARTNER_ADMIN, "cove"),
    },
    partner_mark=QUETZAL,
    neighbor_mark=OSPREY,
    vendor_mark=HERON,
)
UMBRA = Names(
    slug="umbra",
    prefix="UM",
    partner="bolt",
    neighbor="dusk",
    program="umbra-service",
    certification="umbra-engineer",
    members={
        "ursula": (Role.OWNER, ""),
        "mona": (Role.CHANNEL_MANAGER, ""),
        "bela": (Role.PARTNER_ADMIN, "bolt"),
    },
)


def populate() -> dict[str, Vendor]:
    """Write both vendors and return them by their slugs; commits unless a transaction is open."""
    cast.user("opal", is_operator=True)
    return {names.slug: _vendor(names) for names in (NORTHWIND, UMBRA)}


def _vendor(names: Names) -> Vendor:
    vendor = cast.vendor(names.slug, names.slug.title(), prefix=names.prefix)
    with tenant(vendor):
        partners = {slug: cast.partner(slug) for slug in (names.partner, names.neighbor)}
        members = {
            who: cast.member(who, role, partners.get(at))
            for who, (role, at) in names.members.items()
        }
        owner, manager = next(iter(members.values())), _first_manager(members)
        _company(partners[names.partner], manager, names.partner_mark, names)
        _company(partners[names.neighbor], None, names.neighbor_mark, names)
        _program(names)
        _decision(partners[names.partner], names.partner_mark, names)
        _vendor_side(owner, manager, partners[names.partner], names)
    return vendor


def _first_manager(members: dict[str, Membership]) -> Membership:
    return next(one for one in members.values() if one.role == Role.CHANNEL_MANAGER)


def _company(partner: Partner, manager: Membership | None, mark: str, names: Names) -> None:
    """Give the partner a place and a team of two; one of the partner's earns the certificate."""
    partner.manager = manager
    partner.external_id = f"{mark}-crm-{partner.slug}"
    partner.save()
    Location.objects.create(partner=partner, city="Oslo", country="NO", is_head_office=True)
    role, _ = JobRole.objects.get_or_create(
        key="technical-engineer", defaults={"name": {"en": "Technical engineer"}}
    )
    what, _ = Certification.objects.get_or_create(
        key=names.certification, defaults={"name": names.certification}
    )
    edda, finn = (
        cast.person(
            f"{first} {mark.title()} {partner.slug}",
            email=f"{first}@{mark or 'mail'}-{partner.slug}.example".lower(),
        )
        for first in ("Edda", "Finn")
    )
    for who in (edda, finn):
        cast.place(cast.employment(who, partner, role), "NO", f"{mark} coast".strip())
    cast.attribute(partner, "size", "large", note=f"{mark} told us")
    if partner.slug == names.partner:
        held = cast.certificate(edda, what, number=f"{mark}-0001")
        # Long ago, so that nothing follows from it today.
        days = {"started_on": date(2025, 2, 1), "ended_on": date(2025, 3, 1)}
        CertificatePause.objects.create(
            certificate=held, reason=PauseReason.INACTIVE, recorded_at=NOW, **days
        )
        cast.completion(edda, cast.course(f"{mark or 'some'}-course"), mode=f"{mark} online")
        _projects(partner, mark)
        _papers(partner, mark)


def _projects(partner: Partner, mark: str) -> None:
    """Give the partner a customer and one thing of each kind that was done for it."""
    customer = cast.customer(f"{mark} Contoso", external_id=f"{mark}-c-1")
    project = cast.deployment(partner, customer, external_id=f"{mark}-d-1")
    cast.reference(partner, customer, external_id=f"{mark}-r-1", deployment=project)
    cast.transaction(partner, customer, external_id=f"{mark}-t-1")
    cast.survey_response(partner, customer, "4.5", external_id=f"{mark}-s-1")


def _papers(partner: Partner, mark: str) -> None:
    """Give the partner one paper of each sort, and a figure."""
    own: dict[Any, dict[str, Any]] = {
        AcceptedDocument: {},
        Agreement: {},
        Fee: {},
        ListingProof: {},
        Attestation: {"scope": f"{mark} cloud"},
        Audit: {"passed": True},
        Checklist: {"score": 9, "out_of": 10},
    }
    for model, more in own.items():
        cast.paper(model, partner, f"{mark} paper", external_id=f"{mark}-p-1", **more)
    cast.metric_reading(partner, "revenue", "100", external_id=f"{mark}-m-1")


def _decision(partner: Partner, mark: str, names: Names) -> None:
    """Let somebody have judged the partner; no rule asks for it, so nothing follows."""
    CriterionDecision.objects.create(
        partner=partner,
        program=Program.objects.get(key=names.program),
        criterion="interview",
        accepted=True,
        started_on=date(2026, 1, 1),
        note=f"{mark} convinced us",
        source="decision",
        recorded_at=NOW,
        decided_by_kind=ActorKind.SYSTEM,
    )


def _program(names: Names) -> None:
    document: dict[str, Any] = engineers(at_least=1, grace_days=30)
    document["program"]["key"] = names.program
    document["criteria"]["certifications"] = [names.certification]
    publish(document, effective_on=date(2026, 1, 1))
    judge_all(NOW)
    document["criteria"]["at_least"] = 2
    draft_version(document=document, by=SYSTEM, now=NOW)


def _vendor_side(owner: Membership, manager: Membership, partner: Partner, names: Names) -> None:
    by = cast.actor(owner)
    mark = names.vendor_mark
    create_api_key(name=f"{mark} CRM", role=Role.ANALYST, days=30, by=by, now=NOW)
    for place in (None, partner):
        invite(
            email=f"new@{(names.partner_mark if place else mark) or 'mail'}.example",
            role=Role.PARTNER_VIEWER if place else Role.REVIEWER,
            partner=place,
            by=by,
            now=NOW,
        )
    Invitation.objects.create(
        email=f"{mark or 'mail'}@invited.example",
        role=Role.REVIEWER,
        token_digest=digest_of(f"{names.slug}-token"),
        invited_by=owner.user,
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )
    job = create_job(kind="import:people", by=by, now=NOW)
    job.outcome = {"new": 1, "known": 0}
    job.save()
    ImportFile.objects.create(job=job, name=f"{mark}.csv", content=b"email\n", digest="0" * 64)
    IdempotencyRecord.objects.create(
        actor_id=owner.user_id,
        key=mark or "key",
        request_digest="0" * 64,
        status=201,
        answer={},
        created_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    _messages(manager, partner)
    assert isinstance(seal(now=NOW), AuditSeal)


def _messages(manager: Membership, partner: Partner) -> None:
    Notice.objects.get_or_create(
        rule="accreditation.lapsed",
        subject_id=partner.pk,
        due_on=NOW.date(),
        recipient=manager,
        defaults={"created_at": NOW, "parameters": {}},
    )
    OutboxItem.objects.create(
        kind="email",
        dedupe_key=f"population:{partner.slug}",
        template="invitation",
        recipient="somebody@example.com",
        created_at=NOW,
        due_at=NOW,
    )
    DueMark.objects.create(partner=partner, due_at=NOW + timedelta(days=9), cause="date_reached")
