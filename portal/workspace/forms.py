"""The workspace's forms: they check shape and say what is wrong; operations decide the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import program_library
from accreditation.criteria.yaml_source import load_yaml
from accreditation.search_text import searchable
from partners.countries import countries, country_name
from partners.enums import EmploymentKind, PartnerState
from partners.models import JobRole, Membership
from partners.operations.facts import FULL_TIME
from partners.operations.places import MOST_REGION, Place
from partners.texts import localized

if TYPE_CHECKING:
    MembershipChoice = forms.ModelChoiceField[Membership]
    JobRoleChoices = forms.ModelMultipleChoiceField[JobRole]
else:  # Only the stubs make these fields generic.
    MembershipChoice = forms.ModelChoiceField
    JobRoleChoices = forms.ModelMultipleChoiceField


class DayField(forms.DateField):
    """A calendar day, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ManagerField(MembershipChoice):
    """One of the vendor's members, by name."""

    def label_from_instance(self, obj: Membership) -> str:
        """Return the member's name with the membership role."""
        return f"{obj.user.get_full_name()} ({obj.get_role_display()})"


class JobRolesField(JobRoleChoices):
    """Any number of job roles."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: JobRole) -> str:
        """Return the name in the language of the moment."""
        return localized(obj.name)


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name in the language of the moment, after the choice of none.

    In the order of the alphabet, whatever the accents.
    """
    named = [(code, country_name(code)) for code in countries()]
    return [("", _("Not known")), *sorted(named, key=lambda one: searchable(one[1]))]


class PartnerDetailsForm(forms.Form):
    """What can be said about a partner; ``managers`` None leaves the manager as it is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    joined_on = DayField(label=gettext_lazy("Partner since"))
    manager = ManagerField(
        label=gettext_lazy("Channel manager"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=200
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        widget=forms.Textarea,
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Shown in the public directory."),
    )
    industries = forms.CharField(
        label=gettext_lazy("Industries"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Separated by commas."),
    )
    external_id = forms.CharField(
        label=gettext_lazy("External id"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("What your other systems call this partner."),
    )

    def __init__(
        self, *sent: Any, managers: QuerySet[Membership] | None = None, **options: Any
    ) -> None:
        super().__init__(*sent, **options)
        if managers is None:
            del self.fields["manager"]
        else:
            self.fields["manager"].queryset = managers  # type: ignore[attr-defined]

    def clean_industries(self) -> list[str]:
        """Return the industries, each once."""
        named = (part.strip() for part in self.cleaned_data["industries"].split(","))
        return list(dict.fromkeys(filter(None, named)))


class NewPartnerForm(PartnerDetailsForm):
    """A partner to add."""

    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=80,
        help_text=gettext_lazy(
            "In addresses: lowercase letters, digits and hyphens. For example “acme”."
        ),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            (state.value, state.label) for state in (PartnerState.ACTIVE, PartnerState.PROSPECT)
        ],
        help_text=gettext_lazy("Only active partners are judged and counted."),
    )
    field_order = ["name", "slug", "state"]

    def clean_slug(self) -> str:
        """Return the short name in lowercase."""
        slug: str = self.cleaned_data["slug"]
        return slug.lower()


class WorkForm(forms.Form):
    """As what and where somebody works at the partner."""

    job_roles = JobRolesField(
        label=gettext_lazy("Job roles"), queryset=JobRole.objects.none(), required=False
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=country_choices,
        required=False,
        help_text=gettext_lazy("Where the person works. Some programs ask for it."),
    )
    region = forms.CharField(label=gettext_lazy("Region"), max_length=MOST_REGION, required=False)

    def __init__(self, *sent: Any, job_roles: QuerySet[JobRole], **options: Any) -> None:
        super().__init__(*sent, **options)
        self.fields["job_roles"].queryset = job_roles  # type: ignore[attr-defined]

    def place(self) -> Place | None:
        """Return where the person works, None if nothing was said of it."""
        country, region = self.cleaned_data["country"], self.cleaned_data["region"]
        return Place(country, region) if country or region else None


class ChangedWorkForm(WorkForm):
    """From when on somebody works as something else, or elsewhere."""

    on = DayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Days before it stay as they are; later plans are replaced."),
    )
    field_order = ["on"]


class NewPersonForm(WorkForm):
    """Who works at the partner, since when and as what."""

    email = forms.EmailField(
        label=gettext_lazy("Work e-mail"),
        help_text=gettext_lazy("Somebody known by this address keeps their certificates."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Works as"), choices=EmploymentKind.choices)
    working_time = forms.IntegerField(
        label=gettext_lazy("Working time in percent"),
        min_value=1,
        max_value=FULL_TIME,
        required=False,
        help_text=gettext_lazy("100 is full time. Some programs ask for it."),
    )
    started_on = DayField(label=gettext_lazy("First day"))
    valid_through = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave empty while the employment goes on."),
    )
    field_order = ["email", "name", "kind", "working_time", "started_on", "valid_through"]


class LastDayForm(forms.Form):
    """The last day of something; it still counts."""

    last_day = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("The last day still counts.")
    )

    def __init__(self, *sent: Any, suggested: date) -> None:
        super().__init__(*sent)
        self.initial["last_day"] = suggested


class ImportForm(forms.Form):
    """The file to import, and what it lists."""

    kind = forms.ChoiceField(label=gettext_lazy("The file lists"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy("CSV in UTF-8, up to 25 MB, with the columns named below."),
    )

    def __init__(self, *sent: Any, kinds: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*sent, **options)
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("The file lists"), choices=list(kinds)
        )


class DocumentForm(forms.Form):
    """The rules of a program: a YAML file, its text, or a published program by name."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
        help_text=gettext_lazy("A rules document in YAML."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "mono", "spellcheck": "false", "rows": 24, "wrap": "off"}
        ),
    )

    name = forms.ChoiceField(
        label=gettext_lazy("Or a published program"),
        required=False,
        choices=lambda: [("", _("None")), *((name, name) for name in program_library.names())],
        help_text=gettext_lazy("Its rules as they were published, to begin with."),
    )

    def document(self) -> Mapping[str, Any]:
        """Return the document that was chosen.

        :raises DocumentError: if the text is not YAML.
        """
        name = self.cleaned_data["name"]
        return program_library.load(name) if name else load_yaml(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Take the text of the file, if there is one; it is shown where it has to be corrected.

        :raises ValidationError: unless there is exactly one document, or for a file that is not
            UTF-8.
        """
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is not None:
            if cleaned.get("text", "").strip():
                raise ValidationError(_("Send a file or its text, not both."))
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise ValidationError(_("The file is not text in UTF-8.")) from error
            self.data = {**dict(self.data.items()), "text": cleaned["text"]}
        has_text = bool(cleaned.get("text", "").strip())
        if has_text and cleaned.get("name"):
            raise ValidationError(_("Send a document of your own or choose one, not both."))
        if not has_text and not cleaned.get("name"):
            raise ValidationError(_("Choose a file, paste the document, or choose a program."))
        return cleaned


class PublishForm(forms.Form):
    """From when a draft judges."""

    effective_on = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("The first day it judges. Every active partner is judged then."),
    )

    def __init__(self, *sent: Any, today: date, **options: Any) -> None:
        super().__init__(*sent, **options)
        self.today = today

    def clean_effective_on(self) -> date:
        """Return the day.

        :raises ValidationError: for a day in the past.
        """
        day: date = self.cleaned_data["effective_on"]
        if day < self.today:
            raise ValidationError(_("The rules cannot take effect in the past."))
        return day


class WithdrawalForm(forms.Form):
    """Why a version is taken back before its first day."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea,
        help_text=gettext_lazy("It stays with the version, for everybody of yours to read."),
    )
