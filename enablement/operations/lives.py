"""Keeps the ends of certificates in line with the life rules of their certifications.

Parts of operations: whatever a rule looks at (passes, courses, releases) is written together with
the ends that follow from it, so that every page and every verdict sees the same end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from enablement.certificate_life import DAY, Life, Passed, Span, life
from enablement.enums import PauseReason
from enablement.models import Certificate, CertificatePause, Certification
from enablement.queries.lives import certificates_by_rule, holders_of, passes_of, release_days
from enablement.rules import life_rule, what_is
from partners.batches import batches


def follow_rules(people: Iterable[UUID], *, now: datetime) -> None:
    """Write the ends and pauses that follow from what people passed; a few statements per 1,000.

    What the issuer stated stays as it is.
    """
    for batch in batches(set(people)):
        certificates = certificates_by_rule(batch)
        if certificates:
            _follow(certificates, passes_of(batch), release_days(), now)


def leave_rules(certificates: Sequence[Certificate]) -> None:
    """Drop the pauses that followed from a rule: the issuer said when these certificates end."""
    CertificatePause.objects.filter(certificate__in=certificates, by_rule=True).delete()


def follow_rules_of_holders(certifications: Iterable[Certification], *, now: datetime) -> None:
    """Write the ends anew for all who hold certificates of these certifications."""
    follow_rules(holders_of(certifications), now=now)


def _follow(
    certificates: Sequence[Certificate],
    passes: Mapping[UUID, Sequence[Passed]],
    releases: Mapping[str, date],
    now: datetime,
) -> None:
    moved: list[Certificate] = []
    pauses: list[CertificatePause] = []
    for certificate in certificates:
        lives = _life(certificate, passes.get(certificate.person_id, ()), releases)
        if certificate.expires_on != lives.held.end:
            certificate.expires_on = lives.held.end
            moved.append(certificate)
        pauses += [_pause(certificate, gap, now) for gap in lives.paused]
    Certificate.objects.bulk_update(moved, ["expires_on"])
    _replace_pauses(certificates, pauses)


def _life(certificate: Certificate, passes: Sequence[Passed], releases: Mapping[str, date]) -> Life:
    certification = certificate.certification
    rule = life_rule(certification.life, certification.validity_months)
    assert rule is not None
    own = Passed(str(certificate.pk), what_is(certification.key), certificate.awarded_on)
    others = [one for one in passes if one.id != own.id]
    # Passed when it had ended: held for its day, on which it does not count.
    never = Span(certificate.awarded_on, certificate.awarded_on + DAY)
    return life(own, others, rule, releases) or Life(never, (never,))


def _pause(certificate: Certificate, gap: Span, now: datetime) -> CertificatePause:
    return CertificatePause(
        certificate=certificate,
        started_on=gap.start,
        ended_on=gap.end,
        reason=PauseReason.INACTIVE,
        by_rule=True,
        recorded_at=now,
    )


def _replace_pauses(
    certificates: Sequence[Certificate], pauses: Sequence[CertificatePause]
) -> None:
    """Leave the pauses that stay, so that nothing is marked as changed that did not change."""
    on_record = CertificatePause.objects.filter(certificate__in=certificates, by_rule=True)
    known = {(one.certificate_id, one.started_on, one.ended_on): one for one in on_record}
    wanted = {(one.certificate_id, one.started_on, one.ended_on): one for one in pauses}
    gone = [one.pk for days, one in known.items() if days not in wanted]
    if gone:
        CertificatePause.objects.filter(pk__in=gone).delete()
    CertificatePause.objects.bulk_create(one for days, one in wanted.items() if days not in known)
