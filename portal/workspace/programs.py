"""Programs and their rules: read, drafted from a document, published from a day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.problems import DocumentError
from accreditation.criteria.settings import (
    ANY_DAY,
    Enrollment,
    FactsOf,
    Granting,
    Moving,
    ReviewDays,
    Settings,
)
from accreditation.enums import ProgramKind, VersionState
from accreditation.models import Program, ProgramVersion
from accreditation.operations.programs import CannotPublish, draft_version, publish_version
from accreditation.queries.catalog_names import names_for
from accreditation.queries.pools import pool_of
from accreditation.queries.programs import rules_of
from accreditation.queries.versions import (
    ProgramVersions,
    cannot_withdraw,
    program_with_versions,
    programs_with_versions,
)
from accreditation.requirements import Requirement, asked_by_levels
from accreditation.sentences.people_rules import people_sentences
from accreditation.wording.codes import problem_text
from partners.refusals import CannotRecord
from partners.rules import Permission
from partners.texts import localized
from portal.look.components import Chip, Crumb, SealSpec, Tone
from portal.workspace.forms import DocumentForm, PublishForm
from portal.workspace.frame import FormPage, ManagePage


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One line of the list of programs; ``public_url`` is empty for one that is not public."""

    name: str
    url: str
    kind: str
    seal: SealSpec
    in_force: ProgramVersion | None
    drafts: int
    public_url: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version; ``publish_url`` and ``withdraw_url`` are empty where that cannot be done."""

    number: int
    url: str
    chip: Chip
    version: ProgramVersion
    publish_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True)
class LevelText:
    """What one level asks; ``below`` names the designation whose requirements it includes."""

    title: str
    below: str
    requirements: Sequence[Requirement]


class Programs(ManagePage):
    """Every program with the version in force."""

    permission = Permission.PROGRAM_VIEW
    section = "programs"
    template_name = "workspace/programs.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show accreditations and tiers in their order."""
        return self.page(
            lines=[_line(one) for one in programs_with_versions(self.today)],
            may_publish=self.may(Permission.PROGRAM_PUBLISH),
        )


class ProgramPage(ManagePage):
    """A page about the program in the address."""

    section = "programs"

    @cached_property
    def found(self) -> ProgramVersions:
        """Return the program with its versions.

        :raises Http404: if the vendor has none with this key.
        """
        found = program_with_versions(self.kwargs["program"], self.today)
        if found is None:
            raise Http404
        return found

    def publish_url(self, version: ProgramVersion) -> str:
        """Return where a draft is published; empty if it is none, or for who may not do it."""
        return self._verb_url("publish", version) if version.state == VersionState.DRAFT else ""

    def withdraw_url(self, version: ProgramVersion) -> str:
        """Return where a version that waits is withdrawn; empty where that cannot be done."""
        return "" if cannot_withdraw(version, self.today) else self._verb_url("withdraw", version)

    def _verb_url(self, verb: str, version: ProgramVersion) -> str:
        if not self.may(Permission.PROGRAM_PUBLISH):
            return ""
        arguments = [self.found.program.key, version.number]
        return reverse(f"workspace:version_{verb}", args=arguments)


class ProgramDetail(ProgramPage):
    """One program: what each level asks, and its versions."""

    permission = Permission.PROGRAM_VIEW
    template_name = "workspace/program.html"

    def get(self, request: HttpRequest, program: str) -> HttpResponse:
        """Show the rules in force, in words."""
        found = self.found
        name = localized(found.program.name)
        rules = rules_of(found.in_force) if found.in_force else None
        return self.page(
            trail=[Crumb(_("Programs"), reverse("workspace:programs")), Crumb(name)],
            line=_line(found),
            facts=settings_facts(rules.settings) if rules else [],
            levels=levels_of(rules) if rules else [],
            people_rules=people_sentences(rules, pool_of(rules, self.today)) if rules else (),
            versions=self._versions(),
            may_publish=self.may(Permission.PROGRAM_PUBLISH),
        )

    def _versions(self) -> list[VersionLine]:
        return [self._line_of(one) for one in self.found.versions]

    def _line_of(self, version: ProgramVersion) -> VersionLine:
        arguments = [self.found.program.key, version.number]
        return VersionLine(
            number=version.number,
            url=reverse("workspace:version", args=arguments),
            chip=version_chip(version, self.found),
            version=version,
            publish_url=self.publish_url(version),
            withdraw_url=self.withdraw_url(version),
        )


class NewDraft(FormPage):
    """Takes a rules document as the next draft of its program, or says what is wrong with it."""

    permission = Permission.PROGRAM_PUBLISH
    section = "programs"
    heading = gettext_lazy("Upload a rules document")
    lede = gettext_lazy(
        "It becomes the next draft of the program it names. Nothing changes before it is published."
    )
    submit = gettext_lazy("Keep as draft")

    def context(self) -> dict[str, Any]:
        """Return the words and the way back."""
        back = reverse("workspace:programs")
        trail = [Crumb(_("Programs"), back), Crumb(self.heading)]
        return super().context() | {"back_url": back, "trail": trail}

    def form(self, *sent: Any) -> forms.Form:
        """Return the form."""
        return DocumentForm(*sent)

    def save(self, form: DocumentForm) -> HttpResponse:
        """Keep the draft."""
        try:
            version = draft_version(document=form.document(), by=self.actor, now=self.now)
        except DocumentError as error:
            say_problems(form, error, None if form.cleaned_data["name"] else "text")
            return self.page(status=422, **self.context(), form=form)
        sentence = _("Version %(number)d is kept as a draft.") % {"number": version.number}
        return self.done(sentence, reverse("workspace:program", args=[version.program.key]))


class PublishVersion(FormPage, ProgramPage):
    """Freezes a draft from a day on."""

    permission = Permission.PROGRAM_PUBLISH
    submit = gettext_lazy("Publish version")
    lede = gettext_lazy(
        "A published version is never changed again. Every active partner is judged by it from "
        "its first day on."
    )

    @cached_property
    def version(self) -> ProgramVersion:
        """Return the draft in the address.

        :raises Http404: also for a version that is no draft any more.
        """
        number = self.kwargs["number"]
        for one in self.found.versions:
            if one.number == number and one.state == VersionState.DRAFT:
                return one
        raise Http404

    def context(self) -> dict[str, Any]:
        """Return the words and the way back."""
        program = self.version.program
        name = localized(program.name)
        heading = _("Publish version %(number)d of %(program)s") % {
            "number": self.version.number,
            "program": name,
        }
        back = reverse("workspace:program", args=[program.key])
        trail = [Crumb(_("Programs"), reverse("workspace:programs")), Crumb(name, back)]
        return {
            "heading": heading,
            "lede": self.lede,
            "submit": self.submit,
            "back_url": back,
            "trail": [*trail, Crumb(heading)],
        }

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with today as the first day."""
        return PublishForm(*sent, today=self.today, initial={"effective_on": self.today})

    def save(self, form: PublishForm) -> HttpResponse:
        """Publish it."""
        day = form.cleaned_data["effective_on"]
        try:
            publish_version(version=self.version, effective_on=day, by=self.actor, now=self.now)
        except DocumentError as error:
            say_problems(form, error, None)
            return self.page(status=422, **self.context(), form=form)
        except CannotPublish as refusal:
            raise CannotRecord("effective_on", str(refusal)) from refusal
        sentence = _("Version %(number)d is published. It judges from %(day)s on.") % {
            "number": self.version.number,
            "day": date_format(day, "DATE_FORMAT"),
        }
        return self.done(sentence, reverse("workspace:program", args=[self.found.program.key]))


def say_problems(form: forms.Form, error: DocumentError, field: str | None) -> None:
    """Add every problem of a document to the form, each with its place."""
    form.add_error(field, [ValidationError(problem_text(one)) for one in error.problems])


def _line(found: ProgramVersions) -> ProgramLine:
    program = found.program
    return ProgramLine(
        name=localized(program.name),
        url=reverse("workspace:program", args=[program.key]),
        kind=str(ProgramKind(program.kind).label),
        seal=SealSpec(kind=program.kind, held=found.in_force is not None),
        in_force=found.in_force,
        drafts=found.drafts,
        public_url=_public_url(program) if found.in_force else "",
    )


def _public_url(program: Program) -> str:
    """Return where everybody reads the rules; empty for a program that is not public."""
    return reverse("directory:program", args=[program.key]) if program.is_public else ""


def levels_of(rules: Rules) -> list[LevelText]:
    """Return what the levels ask, from low to high."""
    return [
        LevelText(
            _designation(asks.level),
            _designation(asks.below) if asks.below else "",
            asks.further,
        )
        for asks in asked_by_levels(rules, names_for(rules))
    ]


def _designation(level: LevelRules) -> str:
    return localized(level.designation) or localized(level.name)


def settings_facts(settings: Settings) -> list[tuple[str, str]]:
    """Return what the settings of a version say, as (name, value)."""
    term = settings.term_months
    return [
        (
            _("Award"),
            _("By itself") if settings.award is Granting.AUTOMATIC else _("On application"),
        ),
        (_("Term"), _months(term) if term else _("No end")),
        (_("Grace"), _days(settings.grace_days)),
        (
            _("Partners take part"),
            _("By themselves") if settings.enrollment is Enrollment.AUTOMATIC else _("On request"),
        ),
        *_special_facts(settings),
    ]


def _special_facts(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what only some programs say, as (name, value)."""
    if settings.facts_of is FactsOf.SUBTREE:
        yield _("Judged by"), _("The facts of the partner and of all partners below it")
    if settings.renewal_window_days:
        yield _("Renewal window"), _days(settings.renewal_window_days)
    if settings.renewal_late_days:
        yield _("Late renewal"), _days(settings.renewal_late_days)
    if settings.up != ANY_DAY:
        yield _("Levels held rise"), _review_days(settings.up)
    if settings.down != ANY_DAY:
        yield _("Levels held fall"), _review_days(settings.down)


def _months(number: int) -> str:
    return ngettext("%(months)d month", "%(months)d months", number) % {"months": number}


def _days(number: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", number) % {"days": number}


def _review_days(days: ReviewDays) -> str:
    """Return when levels move, in words; a day of the year needs a leap year to stand in."""
    if not days.days:
        on_any_day = days.moving is Moving.ANY_DAY
        return _("On any day") if on_any_day else _("When the award is renewed")
    return ", ".join(date_format(date(2024, *day), "MONTH_DAY_FORMAT") for day in days.days)


def version_chip(version: ProgramVersion, found: ProgramVersions) -> Chip:
    """Return the state of a version."""
    if version.state == VersionState.DRAFT:
        return Chip(Tone.NEUTRAL, _("Draft"), "pencil")
    if found.in_force is not None and version.pk == found.in_force.pk:
        return Chip(Tone.OK, _("In force"), "check")
    if version.state == VersionState.WITHDRAWN:
        return Chip(Tone.NEUTRAL, _("Withdrawn"), "x")
    in_force = found.in_force.number if found.in_force else 0
    if version.number > in_force:
        return Chip(Tone.INFO, _("Published, not in force yet"), "calendar-clock")
    return Chip(Tone.NEUTRAL, _("Replaced"), "archive")
