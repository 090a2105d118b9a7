"""A partner takes part in a program because somebody asked for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from accreditation.enums import DueCause
from accreditation.models import Accreditation, Program, StandingChange
from accreditation.operations.marks import mark_now
from accreditation.standing import Because, Standing
from partners.models import Partner
from partners.operations.audit import record
from partners.operations.facts import announce_facts
from partners.queries.vendors import open_vendor
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


@transaction.atomic
def start_accreditation(
    *, partner: Partner, program: Program, by: Actor, now: datetime
) -> Accreditation:
    """Enroll a partner in a program and return its accreditation, in progress.

    :raises CannotRecord: if the partner takes part already.
    :raises NotAllowed: without ``accreditation.start`` for this partner.
    """
    require(by, Permission.ACCREDITATION_START, partner)
    on = open_vendor().day_of(now)
    accreditation, new = Accreditation.objects.get_or_create(
        partner=partner,
        program=program,
        defaults={"standing": Standing.IN_PROGRESS.value, "standing_since": on},
    )
    if not new:
        raise CannotRecord("program", _("This partner takes part in the program already."))
    StandingChange.objects.create(
        accreditation=accreditation,
        on=on,
        recorded_at=now,
        to_standing=accreditation.standing,
        because=Because.ENROLLED.value,
        actor_kind=by.kind,
        actor_id=by.id,
    )
    mark_now([partner.pk], now=now, cause=DueCause.ASKED)
    record(
        by=by,
        now=now,
        verb="accreditation.started",
        subjects=[accreditation],
        partners=[partner.pk],
        changes={"program": program.key},
    )
    announce_facts()
    return accreditation
