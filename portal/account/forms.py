"""Forms of the entrance."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _


class NewAccountForm(forms.Form):
    """What an invited person without a login tells us."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["password"].help_text = " ".join(password_validators_help_texts())


class VendorForm(forms.Form):
    """A new vendor and the address of its first owner."""

    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens: northwind is reached at /v/northwind/."),
    )
    award_prefix = forms.RegexField(
        label=_("Prefix of award numbers"),
        regex=r"^[A-Z]{2,6}$",
        help_text=_("Two to six capital letters."),
    )
    time_zone = forms.CharField(
        label=_("Time zone"), initial="UTC", help_text=_("For example Europe/Berlin.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    mfa_required = forms.BooleanField(
        label=_("Members of the vendor must sign in with a second factor"), required=False
    )
    owner_email = forms.EmailField(
        label=_("E-mail of the first owner"), help_text=_("An invitation is sent there.")
    )
