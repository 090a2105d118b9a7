"""Invented vendors of a size: the same rows every time, written by the database itself.

Operations would write the same facts one audit entry at a time; millions of rows are made by
statements over numbers instead, behind the same walls and constraints. Ids count up, so that
facts can name each other without being read.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from accreditation.models import DueMark
from accreditation.operations.programs import draft_version, publish_version
from config.bench.programs import CERTIFICATIONS, programs
from enablement.operations import define_certification
from partners.models import Vendor
from partners.operations.vendors import create_vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant


@dataclass(frozen=True, slots=True)
class Scale:
    """How many vendors there are, and partners of each."""

    vendors: int
    partners: int


SCALES = {"s": Scale(10, 100), "m": Scale(20, 500), "l": Scale(100, 1_000)}

# How many of each for one partner.
PEOPLE, CERTIFICATES, DEPLOYMENTS, SURVEYS = 15, 40, 5, 3


def fill(scale: Scale, *, on: date, now: datetime) -> Iterator[Vendor]:
    """Make the vendors one after the other, each in a transaction of its own, and yield them."""
    for number in range(1, scale.vendors + 1):
        with transaction.atomic():
            yield _vendor(number, scale.partners, on=on, now=now)
    with connection.cursor() as cursor:
        # What a server that has been running for a while knows by itself.
        cursor.execute("ANALYZE")


def _vendor(number: int, partners: int, *, on: date, now: datetime) -> Vendor:
    vendor = create_vendor(
        slug=f"bench-{number}",
        name=f"Bench {number}",
        award_prefix=_letters(number),
        by=SYSTEM,
        now=now,
    )
    with tenant(vendor):
        for key, level in CERTIFICATIONS.items():
            define_certification(
                key=key, name=key, level=level, validity_months=24, by=SYSTEM, now=now
            )
        for document in programs():
            version = draft_version(document=document, by=SYSTEM, now=now)
            publish_version(
                version=version, effective_on=on - timedelta(days=400), by=SYSTEM, now=now
            )
        _write_facts(vendor, number, partners, on=on, now=now)
        DueMark.objects.all().delete()
    return vendor


def _letters(number: int) -> str:
    letters = string.ascii_uppercase
    return "B" + letters[number // 26 % 26] + letters[number % 26]


def _write_facts(vendor: Vendor, number: int, partners: int, **when: Any) -> None:
    values = {"vendor": vendor.pk, "number": number, "partners": partners, **when}
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, values)


def _id(table: int, n: str) -> str:
    """Return SQL for the id of the n-th row of a table at the vendor."""
    return (
        f"(lpad(to_hex(%(number)s), 8, '0') || '{table:04x}' || '70008000' "
        f"|| lpad(to_hex({n}), 12, '0'))::uuid"
    )


def _each(count: int) -> str:
    return f"generate_series(0, %(partners)s * {count} - 1) AS n"


_PARTNER, _PERSON, _CUSTOMER = 1, 2, 5
_CERTIFICATION = """
    JOIN (SELECT id, row_number() OVER (ORDER BY key) - 1 AS place
            FROM enablement_certification WHERE vendor_id = %(vendor)s) AS catalog
      ON catalog.place = (n %% {each} / {people} * 7 + n / {each}) %% {count}
"""

STATEMENTS = (
    f"""
    INSERT INTO partners_partner (id, vendor_id, slug, name, name_language, state, joined_on,
        website, summary, industries, external_id)
    SELECT {_id(_PARTNER, "n")}, %(vendor)s, 'partner-' || n,
        (ARRAY['Acme','Bolt','Cove','Dusk','Élan','Fjord'])[n %% 6 + 1] || ' Systems ' || n, '',
        'active', %(on)s::date - 900, '', '{{}}', '[]', 'crm-' || n
      FROM {_each(1)}
    """,
    f"""
    INSERT INTO partners_person (id, vendor_id, email, name)
    SELECT {_id(_PERSON, "n")}, %(vendor)s, 'person-' || n || '@bench.example', 'Person ' || n
      FROM {_each(PEOPLE)}
    """,
    f"""
    INSERT INTO partners_employment (id, vendor_id, person_id, partner_id, kind, started_on,
        ended_on, counts)
    SELECT {_id(3, "n")}, %(vendor)s, {_id(_PERSON, "n")}, {_id(_PARTNER, f"n / {PEOPLE}")},
        CASE WHEN n %% 9 = 0 THEN 'contractor' ELSE 'employee' END, %(on)s::date - 800,
        CASE WHEN n %% 20 = 0 THEN %(on)s::date - n %% 300 END, true
      FROM {_each(PEOPLE)}
    """,
    f"""
    INSERT INTO enablement_certificate (id, vendor_id, person_id, certification_id, awarded_on,
        expires_on, number, source, revocation_reason, recorded_at)
    SELECT {_id(4, "n")}, %(vendor)s,
        {_id(_PERSON, f"n / {CERTIFICATES} * {PEOPLE} + n %% {CERTIFICATES} %% {PEOPLE}")},
        catalog.id, %(on)s::date - 1 - n * 37 %% 725, %(on)s::date + 729 - n * 37 %% 725, '',
        'bench', '', %(now)s
      FROM {_each(CERTIFICATES)} {_CERTIFICATION.format(each=CERTIFICATES, people=PEOPLE, count=len(CERTIFICATIONS))}
    """,
    f"""
    INSERT INTO documents_customer (id, vendor_id, name, external_id, register_number, country,
        industry, size, source, recorded_at)
    SELECT {_id(_CUSTOMER, "n")}, %(vendor)s, 'Customer ' || n, 'customer-' || n, '', '', '', '',
        'bench', %(now)s
      FROM {_each(DEPLOYMENTS)}
    """,
    f"""
    INSERT INTO documents_deployment (id, vendor_id, partner_id, customer_id, external_id, kind,
        products, service_types, industry, region, country, location, customer_size, stage, public,
        value, currency, pending, attributes, dates, withdrawal_reason, source, recorded_at,
        completed_on, confirmed_on, confirmed_by)
    SELECT {_id(6, "n")}, %(vendor)s, {_id(_PARTNER, f"n / {DEPLOYMENTS}")}, {_id(_CUSTOMER, "n")},
        'project-' || n, '', ARRAY['cloud'], ARRAY['migration'],
        (ARRAY['retail','health'])[n %% 2 + 1], '', '', '', '', '', false, NULL, '', false, '{{}}',
        '{{}}', '', 'bench', %(now)s, %(on)s::date - 5 - n * 53 %% 700,
        %(on)s::date - 4 - n * 53 %% 700, 'customer'
      FROM {_each(DEPLOYMENTS)}
    """,
    f"""
    INSERT INTO documents_surveyresponse (id, vendor_id, partner_id, customer_id, external_id,
        withdrawal_reason, source, recorded_at, service_type, score, answered_on)
    SELECT {_id(7, "n")}, %(vendor)s, {_id(_PARTNER, f"n / {SURVEYS}")},
        {_id(_CUSTOMER, f"n / {SURVEYS} * {DEPLOYMENTS}")}, 'answer-' || n, '', 'bench', %(now)s,
        'migration', 3 + n %% 3, %(on)s::date - n * 29 %% 400
      FROM {_each(SURVEYS)}
    """,
    f"""
    INSERT INTO accreditation_listing (id, vendor_id, partner_id, slug, name, name_language,
        summary, website, industries, locations, designations, programs, levels, countries, search,
        weight, listed_at)
    SELECT {_id(8, "n")}, %(vendor)s, {_id(_PARTNER, "n")}, 'partner-' || n, 'Systems ' || n, '',
        '{{}}', '', '[]', '[]', '[]', ARRAY['bench-1'], ARRAY['bench-1:one'], ARRAY['DE'],
        (ARRAY['acme','bolt','cove','dusk','elan','fjord'])[n %% 6 + 1] || ' systems ' || n,
        n %% 7, %(now)s
      FROM {_each(1)}
    """,
)
