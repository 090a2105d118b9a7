"""Imports: a file is uploaded, checked, read by its owner, and only then written."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums import JobState
from partners.imports.importer import importers
from partners.models import ImportFile
from partners.operations.imports import confirm_import, discard_import, upload_import
from partners.queries.imports import ImportReport, import_report, imports_of
from partners.queries.jobs import failure_of
from partners.refusals import CannotRecord
from partners.rules import Permission
from portal.look.components import Chip, Crumb, Tone
from portal.workspace.forms import ImportForm
from portal.workspace.frame import FormPage, ManagePage

KINDS: Mapping[str, Promise] = {
    "people": gettext_lazy("People"),
    "certificates": gettext_lazy("Certificates"),
    "courses": gettext_lazy("Courses people finished"),
    "attributes": gettext_lazy("Attributes of partners"),
    "customers": gettext_lazy("Customers"),
    "deployments": gettext_lazy("Deployments"),
    "references": gettext_lazy("References"),
    "transactions": gettext_lazy("Transactions"),
    "survey_responses": gettext_lazy("Survey responses"),
    "documents": gettext_lazy("Documents"),
    "agreements": gettext_lazy("Agreements"),
    "fees": gettext_lazy("Fees"),
    "listings": gettext_lazy("Listings elsewhere"),
    "attestations": gettext_lazy("Attestations"),
    "audits": gettext_lazy("Audits"),
    "checklists": gettext_lazy("Checklists"),
    "readings": gettext_lazy("Figures"),
}

_CHIPS: Mapping[str, Chip] = {
    JobState.WAITING: Chip(Tone.INFO, gettext_lazy("Waiting"), "hourglass"),
    JobState.RUNNING: Chip(Tone.INFO, gettext_lazy("Running"), "refresh-cw"),
    JobState.CHECKED: Chip(Tone.WARN, gettext_lazy("Waits for you"), "eye"),
    JobState.DONE: Chip(Tone.OK, gettext_lazy("Imported"), "check"),
    JobState.FAILED: Chip(Tone.BAD, gettext_lazy("Failed"), "x"),
}
# A cell that a spreadsheet would run as a formula is written as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Imports(ManagePage):
    """What the visitor has imported, the newest first."""

    permission = Permission.IMPORT_RUN
    section = "imports"
    template_name = "workspace/imports.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        rows = [
            (one, kind_label(one.job.kind.partition(":")[2]), _CHIPS[one.job.state])
            for one in imports_of(self.actor)
        ]
        return self.page(rows=rows)


class NewImport(FormPage):
    """Takes a file and has it checked."""

    permission = Permission.IMPORT_RUN
    section = "imports"
    template_name = "workspace/import_new.html"
    heading = gettext_lazy("Import a file")
    lede = gettext_lazy(
        "The file is checked first. Nothing is written before you have seen what it would change."
    )
    submit = gettext_lazy("Check file")

    def context(self) -> dict[str, Any]:
        """Return the words, the way back and the columns of each kind."""
        back = reverse("workspace:imports")
        columns = [(kind_label(kind), one.columns) for kind, one in importers.items()]
        return super().context() | {
            "back_url": back,
            "trail": [Crumb(_("Imports"), back), Crumb(self.heading)],
            "columns": columns,
        }

    def form(self, *sent: Any) -> forms.Form:
        """Return the form, with the kind the address asks for."""
        kinds = [(kind, kind_label(kind)) for kind in importers]
        return ImportForm(*sent, kinds=kinds, initial={"kind": self.request.GET.get("kind")})

    def save(self, form: ImportForm) -> HttpResponse:
        """Keep the file and start the check."""
        file = form.cleaned_data["file"]
        job = upload_import(
            kind=form.cleaned_data["kind"],
            name=file.name,
            content=file.read(),
            by=self.actor,
            now=self.now,
        )
        return redirect("workspace:import", job.pk)


class ImportPage(ManagePage):
    """A page about the import in the address: its owner's alone."""

    section = "imports"
    permission = Permission.IMPORT_RUN

    @cached_property
    def report(self) -> ImportReport:
        """Return the import.

        :raises Http404: also for another member's.
        """
        try:
            return import_report(self.kwargs["job"], self.actor)
        except ImportFile.DoesNotExist as error:
            raise Http404 from error


class ImportDetail(ImportPage):
    """How far the import is, what it found, what it did."""

    template_name = "workspace/import.html"

    def get(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Show progress, the check, or the result."""
        report = self.report
        state = JobState(report.job.state)
        return self.page(
            trail=[Crumb(_("Imports"), reverse("workspace:imports")), Crumb(report.file_name)],
            report=report,
            kind=kind_label(report.kind),
            chip=_CHIPS[state],
            is_running=state in {JobState.WAITING, JobState.RUNNING},
            is_checked=state == JobState.CHECKED,
            is_done=state == JobState.DONE,
            failure=failure_of(report.job),
            valid=_valid(report),
            rows=_valid(report) + (report.refused or 0),
            writes=(report.new or 0) + (report.changed or 0),
            more_problems=report.problem_count - len(report.problems),
        )

    def post(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Do what the pressed button says: import all rows or the valid ones, or discard."""
        report, verb = self.report, request.POST.get("verb", "")
        if verb not in {"all", "valid", "discard"}:
            return HttpResponseBadRequest()
        try:
            if verb == "discard":
                discard_import(job=report.job, by=self.actor, now=self.now)
                messages.success(request, _("The import is discarded. Nothing was written."))
                return redirect("workspace:imports")
            confirm_import(
                job=report.job, only_valid_rows=verb == "valid", by=self.actor, now=self.now
            )
        except CannotRecord as refusal:
            messages.error(request, refusal.message)
        return redirect("workspace:import", report.job.pk)


class ImportProblems(ImportPage):
    """The problems as a file to mend the rows by."""

    def get(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Answer row, column and message of every problem kept."""
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="problems.csv"'
        response.write("\ufeff")
        writer = csv.writer(response)
        writer.writerow(["row", "column", "problem"])
        for one in self.report.problems:
            writer.writerow([one.row, one.field, _as_text(one.message)])
        return response


def kind_label(kind: str) -> str:
    """Return what a kind of import lists, in words."""
    return str(KINDS.get(kind, kind))


def _valid(report: ImportReport) -> int:
    return (report.new or 0) + (report.changed or 0) + (report.unchanged or 0)


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
