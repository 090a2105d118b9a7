"""Invented vendors of a size: the same rows every time, written by the database itself.

Operations would write the same facts one audit entry at a time; millions of rows are made by
statements over numbers instead, behind the same walls and constraints. Ids count up, so that
facts can name each other without being read.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from accreditation.models import DueMark
from accreditation.operations.programs import draft_version, publish_version
from config.bench.owner import as_owner
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
PEOPLE, CERTIFICATES, DEPLOYMENTS, ANSWERS = 15, 40, 5, 3

FACTS = Path(__file__).with_name("facts.sql")
ROW_ID = """
CREATE OR REPLACE FUNCTION bench_row_id(vendor int, kind int, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(vendor), 8, '0') || lpad(to_hex(kind), 4, '0') || '70008000'
            || lpad(to_hex(n), 12, '0'))::uuid
$$;
GRANT EXECUTE ON FUNCTION bench_row_id TO PUBLIC
"""


def fill(scale: Scale, *, on: date, now: datetime, processes: int = 1) -> Iterator[Vendor]:
    """Make the vendors, each in a transaction of its own, and yield them in order.

    With more ``processes`` than one, so many vendors are made at a time.
    """
    with as_owner() as cursor:
        cursor.execute(ROW_ID)
    numbers = range(1, scale.vendors + 1)
    make = partial(_vendor, partners=scale.partners, on=on, now=now)
    if processes == 1:
        yield from map(make, numbers)
    else:
        # A connection cannot be shared with a process that is forked off.
        connection.close()
        with ProcessPoolExecutor(processes) as pool:
            yield from pool.map(make, numbers)
    with as_owner() as cursor:
        # What a server that has been running for a while knows by itself.
        cursor.execute("ANALYZE")


@transaction.atomic
def _vendor(number: int, *, partners: int, on: date, now: datetime) -> Vendor:
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
    values = {
        "vendor": vendor.pk,
        "number": number,
        "partners": partners,
        "people": PEOPLE,
        "certificates": CERTIFICATES,
        "deployments": DEPLOYMENTS,
        "answers": ANSWERS,
        "certifications": len(CERTIFICATIONS),
        **when,
    }
    with connection.cursor() as cursor:
        # Checks of foreign keys are planned once a connection, here while the tables are all but
        # empty: read whole for every row, they would take longer with every vendor.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(FACTS.read_text(), values)
