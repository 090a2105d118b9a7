"""Example values for the gallery: every component in every state.

The people and companies are invented; names that are long, Japanese or Arabic are among them on
purpose.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from portal.look.components import (
    Action,
    Chip,
    CountedRecord,
    Crumb,
    Meter,
    NavGroup,
    NavItem,
    RequirementRow,
    RequirementState,
    SealSpec,
    Step,
    Tone,
)
from portal.look.icons import ICONS
from portal.look.seal import METALS, SHAPES

TODAY = date(2027, 1, 21)
SHELLS = ("portal", "workspace", "public")
LONG_NAME = (
    "Bundesweite Gesellschaft für digitale Verwaltungsmodernisierung und Cloud-Infrastruktur"
    " im Gesundheitswesen mbH & Co. KG"
)


class ExampleForm(forms.Form):
    """One field of each kind of control."""

    customer = forms.CharField(label="Customer", help_text="As it is written in the contract.")
    completed_on = forms.DateField(label="Go-live date", help_text="For example 2026-10-14.")
    summary = forms.CharField(label="What was done", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        label="Evidence for", choices=[("a", "Customer reference"), ("b", "Audit")]
    )
    visible = forms.ChoiceField(
        label="Who may see it",
        widget=forms.RadioSelect,
        choices=[("team", "Our team"), ("all", "Our team and reviewers")],
    )
    regions = forms.MultipleChoiceField(
        label="Regions",
        widget=forms.CheckboxSelectMultiple,
        choices=[("emea", "EMEA"), ("apac", "Asia and Pacific")],
        required=False,
    )
    file = forms.FileField(label="File", required=False, help_text="PDF, up to 25 MB.")
    confirmed = forms.BooleanField(label="The customer agrees to be asked")


def gallery_context(shell: str) -> dict[str, Any]:
    """Return the context of the gallery page, in the frame of a surface (portal if unknown)."""
    shell = shell if shell in SHELLS else SHELLS[0]
    return {
        "base": f"look/{shell}_base.html",
        "today": TODAY,
        "long_name": LONG_NAME,
        "nav": _groups() if shell == "workspace" else _nav(),
        "tabs": _nav(),
        "trail": [Crumb("Accreditations", "#"), Crumb("Healthcare Specialist")],
        "who_detail": LONG_NAME,
        "icons": sorted(ICONS),
        "seals": _seals(),
        "chips": [Chip(tone, tone.name.capitalize()) for tone in Tone],
        "states": [state.chip for state in RequirementState],
        "expiries": [TODAY + timedelta(days=days) for days in (400, 91, 90, 8, 7, 1, 0, -40)],
        "people": [
            "Edda Lindqvist",
            "Dr. Friederike von Hohenstein-Sigmaringen",
            "佐藤 健",
            "محمد علي",
        ],
        "companies": ["Acme", "桜メディカルシステムズ株式会社", LONG_NAME],
        "meters": _meters(),
        "requirements": _requirements(),
        "steps": _steps(),
        "actions": [
            Action("Invite people", "#", primary=True, icon="user-plus"),
            Action("Import CSV", "#"),
        ],
        "page": Paginator(range(38), 10).page(2),
        "form": ExampleForm(),
        "bound": ExampleForm({"bad-completed_on": "soon"}, prefix="bad"),
    }


def _nav() -> list[NavItem]:
    return [
        NavItem("Home", "#", current=True, icon="layout-dashboard"),
        NavItem("Accreditations", "#", icon="badge-check"),
        NavItem("Team", "#", icon="users"),
        NavItem("Evidence", "#", count=3, count_label="need action", tone=Tone.BAD, icon="file-up"),
        NavItem("Learning", "#", icon="award"),
        NavItem("Public profile", "#", count=12, count_label="waiting", icon="store"),
    ]


def _groups() -> list[NavGroup]:
    return [NavGroup(_nav()[:3]), NavGroup(_nav()[3:], "Program")]


def _seals() -> list[tuple[str, list[SealSpec]]]:
    return [
        (
            kind,
            [
                SealSpec(kind),
                *(SealSpec(kind, rank, 4) for rank in range(1, 5)),
                SealSpec(kind, 2, 3, metal="gold"),
                SealSpec(kind, 1, 3, held=False),
            ],
        )
        for kind in SHAPES
    ] + [("metals", [SealSpec("delivery_quality", 2, 3, metal=metal) for metal in METALS])]


def _meters() -> list[Meter]:
    return [
        Meter(0, 3),
        Meter(2, 3),
        Meter(3, 3, expiring=1),
        Meter(4, 3, expiring=1),
        Meter(0, 1, pending=1),
        Meter(10, 10),
        Meter(14, 25, expiring=3, pending=4),
        Meter(31, 25),
        Meter(Decimal("4.6"), Decimal("4.3"), scale=5),
    ]


def _requirements() -> list[RequirementRow]:
    return [
        RequirementRow(
            "3 Healthcare Data Specialists (NC-420)",
            RequirementState.EXPIRING,
            "Met today. Falls to 2 on 14 March.",
            Meter(3, 3, expiring=1),
            side="1 expiring",
            record_heading="Person",
            records=_people(),
            note="Closest to certified: Edda Lindqvist (course done, practice exam 82%).",
        ),
        RequirementRow(
            "3 healthcare customer references in the last 24 months",
            RequirementState.UNMET,
            "1 missing. A reference was rejected on 20 January.",
            Meter(2, 3),
            side="1 missing",
        ),
        RequirementRow(
            "Security capability: any one of 2 options",
            RequirementState.PENDING,
            "The ISO 27001 option is with the reviewer.",
            Meter(0, 1, pending=1),
            parts=_options(),
            any_of=True,
        ),
        RequirementRow("2 Solution Architects (NC-310)", RequirementState.MET, "Met.", Meter(2, 2)),
        RequirementRow(
            "Customer satisfaction of 4.3 or higher",
            RequirementState.MET,
            "23 answers in 12 months, at least 10 needed.",
            Meter(Decimal("4.6"), Decimal("4.3"), scale=5),
        ),
        RequirementRow(
            "Annual revenue plan", RequirementState.WAIVED, "Excused through 30 June 2027."
        ),
        RequirementRow(
            "40 trained engineers", RequirementState.UNKNOWN, "The figure is not there yet."
        ),
        *_made_of_parts(),
    ]


def _made_of_parts() -> list[RequirementRow]:
    """Return a long list, steps of which one waits, points, a share, and a place left open."""
    return [
        RequirementRow(
            "50 confirmed deployments",
            RequirementState.MET,
            "Met through 30 June 2027; then Deployment (Customer 1) becomes too old to count.",
            have="60",
            asked="of 50 deployments",
            record_heading="Deployment",
            records=[
                CountedRecord(
                    f"Customer {number}", counts=True, reason="Counts", detail="Migration"
                )
                for number in range(1, 61)
            ],
        ),
        RequirementRow(
            "Onboarding in order",
            RequirementState.UNMET,
            "1 requirement missing.",
            Meter(1, 2),
            parts=[
                RequirementRow("Training", RequirementState.UNMET, "1 person missing."),
                RequirementRow("Exam", RequirementState.LOCKED, "Counts only after training."),
            ],
        ),
        RequirementRow(
            "60 points",
            RequirementState.UNMET,
            "44 points missing.",
            Meter(16, 60),
            parts=[
                RequirementRow("Engineers", RequirementState.ADDS, have="16", asked="points"),
                RequirementRow("Revenue", RequirementState.IDLE, have="0", asked="points"),
                RequirementRow("Europe only", RequirementState.NOT_ASKED),
            ],
        ),
        *_figures_and_places(),
    ]


def _figures_and_places() -> list[RequirementRow]:
    return [
        RequirementRow(
            "Renewals of 80 percent",
            RequirementState.UNMET,
            "15 of 20. 5 percentage points too low.",
            have="75%",
            asked="at least 80% needed",
            parts=[
                RequirementRow("What is divided", RequirementState.PART, have="15"),
                RequirementRow("What it is divided by", RequirementState.PART, have="20"),
            ],
        ),
        RequirementRow(
            "A lead and a deputy",
            RequirementState.UNMET,
            "1 person missing.",
            Meter(1, 2),
            records=_people()[:1],
            note="1 missing for Lead, Deputy: 2 places compete for Edda, who can fill no more.",
        ),
    ]


def _people() -> list[CountedRecord]:
    return [
        CountedRecord(
            "Dr. Friederike von Hohenstein-Sigmaringen",
            counts=True,
            reason="Counts",
            detail="Clinical data lead, Leipzig",
            since=date(2026, 5, 4),
            through=date(2028, 5, 3),
            is_person=True,
        ),
        CountedRecord(
            "佐藤 健",
            counts=True,
            reason="Counts until then",
            detail="Consultant, Dresden",
            since=date(2025, 3, 15),
            through=date(2027, 3, 14),
            is_person=True,
            language="ja",
        ),
        CountedRecord(
            "Tomás Oliveira",
            counts=False,
            reason="Not yet, too few people suit all the open roles of this program",
            detail="Consultant, Porto",
            since=date(2024, 11, 4),
            through=date(2026, 11, 3),
            is_person=True,
        ),
    ]


def _options() -> list[RequirementRow]:
    return [
        RequirementRow(
            "2 Security Specialists (NC-330)", RequirementState.UNMET, "1 more needed.", Meter(1, 2)
        ),
        RequirementRow(
            "ISO 27001 certificate",
            RequirementState.PENDING,
            "Version 2 sent 20 January.",
            Meter(0, 1, pending=1),
            in_use=True,
            records=[CountedRecord("iso-27001.pdf", counts=False, reason="Not yet, in review")],
        ),
    ]


def _steps() -> list[Step]:
    return [
        Step("File read", "118 rows, UTF-8", tone="ok", icon="check"),
        Step("Matching people", "97 of 118", tone="on", number=2),
        Step("You confirm", number=3, url="#", link="Read how"),
    ]
