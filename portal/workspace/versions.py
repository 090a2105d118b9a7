"""One version of a program: what it asks and changes, its rules to take away, its withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.document import parse
from accreditation.criteria.yaml_text import dump_yaml
from accreditation.enums import VersionState
from accreditation.models import ProgramVersion
from accreditation.operations.programs import withdraw_version
from accreditation.queries.catalog_names import names_for
from accreditation.queries.document_checks import check_document
from accreditation.queries.pools import pool_of
from accreditation.queries.versions import (
    cannot_withdraw,
    version_instead_of,
    version_to_compare,
)
from accreditation.sentences.changes import change_sentences
from accreditation.sentences.people_rules import people_sentences
from accreditation.version_diff import differences
from accreditation.wording.codes import problem_text
from partners.rules import Permission
from partners.texts import localized
from portal.look.components import Crumb
from portal.workspace.forms import WithdrawalForm
from portal.workspace.frame import FormPage
from portal.workspace.programs import ProgramPage, levels_of, settings_facts, version_chip


class CompareForm(forms.Form):
    """Which other version to compare with."""

    before = forms.TypedChoiceField(label=gettext_lazy("Compared with"), coerce=int)

    def __init__(self, numbers: list[int], sent: Any) -> None:
        super().__init__(sent)
        field = self.fields["before"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (number, _("Version %(number)d") % {"number": number}) for number in numbers
        ]


class VersionPage(ProgramPage):
    """A page about the version in the address."""

    permission = Permission.PROGRAM_VIEW

    @cached_property
    def version(self) -> ProgramVersion:
        """Return the version.

        :raises Http404: if the program has none with this number.
        """
        return self.numbered(self.kwargs["number"])

    def numbered(self, number: int) -> ProgramVersion:
        """Return the version of a number.

        :raises Http404: if the program has none with this number.
        """
        for one in self.found.versions:
            if one.number == number:
                return one
        raise Http404


class VersionDetail(VersionPage):
    """What a version asks and what it changes."""

    template_name = "workspace/version.html"

    def get(self, request: HttpRequest, program: str, number: int) -> HttpResponse:
        """Show the rules in words, and the difference to the version asked for."""
        name = localized(self.found.program.name)
        heading = _("Version %(number)d") % {"number": self.version.number}
        back = reverse("workspace:program", args=[program])
        rules = parse(self.version.document, draft=True)
        return self.page(
            trail=[Crumb(_("Programs"), reverse("workspace:programs")), Crumb(name, back),
                   Crumb(heading)],
            heading=heading,
            name=localized(rules.program.name),
            version=self.version,
            chip=version_chip(self.version, self.found),
            levels=levels_of(rules),
            facts=settings_facts(rules.settings),
            before_publishing=self._before_publishing(),
            people_rules=people_sentences(rules, pool_of(rules, self.today)),
            before=self.before,
            compare=self._form(),
            changes=self._changes(),
            document_url=reverse("workspace:version_document", args=[program, number]),
            publish_url=self.publish_url(self.version),
            withdraw_url=self.withdraw_url(self.version),
        )  # fmt: skip

    def _before_publishing(self) -> list[str]:
        """Return what publishing would refuse, with its places; nothing for what is published."""
        if self.version.state != VersionState.DRAFT:
            return []
        checked = check_document(self.version.document, on=self.today).to_publish()
        return [problem_text(one) for one in checked.problems]

    @cached_property
    def before(self) -> ProgramVersion | None:
        """Return the version to compare with: the one asked for, or the one it follows."""
        form = self._form()
        if form is not None and form.is_bound and form.is_valid():
            return self.numbered(form.cleaned_data["before"])
        return version_to_compare(self.version, self.today)

    def _form(self) -> CompareForm | None:
        others = [one.number for one in self.found.versions if one.pk != self.version.pk]
        if not others:
            return None
        return CompareForm(others, self.request.GET if "before" in self.request.GET else None)

    def _changes(self) -> list[str]:
        if self.before is None:
            return []
        pair = (self.before, self.version)
        rules = [parse(one.document, draft=True) for one in pair]
        found = differences(pair[0].document, pair[1].document)
        return change_sentences(found, rules[0], rules[1], names_for(*rules))


class VersionDocument(VersionPage):
    """The rules of a version as a YAML file."""

    def get(self, request: HttpRequest, program: str, number: int) -> HttpResponse:
        """Return the file."""
        name = f"{program}-v{number}.yaml"
        return HttpResponse(
            dump_yaml(self.version.document),
            content_type="application/yaml; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class WithdrawVersion(FormPage, VersionPage):
    """Takes a published version back before its first day, with the reason."""

    permission = Permission.PROGRAM_PUBLISH
    template_name = "workspace/version_withdraw.html"
    submit = gettext_lazy("Withdraw version")
    lede = gettext_lazy(
        "It stays on record with its number and never judges. Another draft can be published for "
        "the same day."
    )

    def context(self) -> dict[str, Any]:
        """Return the words, what follows from it, and the way back."""
        program = self.found.program
        name = localized(program.name)
        heading = _("Withdraw version %(number)d of %(program)s") % {
            "number": self.version.number,
            "program": name,
        }
        back = reverse("workspace:version", args=[program.key, self.version.number])
        trail = [
            Crumb(_("Programs"), reverse("workspace:programs")),
            Crumb(name, reverse("workspace:program", args=[program.key])),
        ]
        return {
            "heading": heading,
            "lede": self.lede,
            "submit": self.submit,
            "back_url": back,
            "trail": [*trail, Crumb(heading)],
            "version": self.version,
            "instead": version_instead_of(self.version),
            "refusal": cannot_withdraw(self.version, self.today),
        }

    def form(self, *sent: Any) -> forms.Form:
        """Return the form."""
        return WithdrawalForm(*sent)

    def save(self, form: WithdrawalForm) -> HttpResponse:
        """Withdraw it."""
        reason = form.cleaned_data["reason"]
        withdraw_version(version=self.version, reason=reason, by=self.actor, now=self.now)
        sentence = _("Version %(number)d is withdrawn.") % {"number": self.version.number}
        return self.done(sentence, reverse("workspace:program", args=[self.found.program.key]))
