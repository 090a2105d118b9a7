"""Reading an award number from what people paste."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.award_numbers import ALPHABET

_PART = f"[{ALPHABET}]{{4}}"
_DASH = "[-\u2013\u2014]"
# Hyphens turn into dashes, letters into small ones.
_WITHIN = re.compile(rf"\b([A-Z]{{2,6}}){_DASH}({_PART}){_DASH}({_PART})\b", re.IGNORECASE)
# Read from paper, the number stands alone and hyphens get lost.
_ALONE = re.compile(rf"([A-Z]{{2,6}})\s*({_PART})\s*({_PART})", re.IGNORECASE)


class VerifyForm(forms.Form):
    """One field for a number, or for any address or sentence that holds one."""

    award = forms.CharField(
        label=_("Award number or address"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter an award number, or the address of an award page.")},
    )

    def clean_award(self) -> str:
        """Return the award number in what was pasted.

        :raises ValidationError: if there is none.
        """
        number = number_in(self.cleaned_data["award"])
        if number is None:
            raise forms.ValidationError(
                _(
                    "This holds no award number. One looks like NW-7K3M-92QD; "
                    "it never contains 0, 1, I, L, O or U."
                )
            )
        return number


def number_in(text: str) -> str | None:
    """Return the last award number in a text, in its one spelling; None if there is none."""
    found = _WITHIN.findall(text)
    alone = _ALONE.fullmatch(text.strip())
    if alone:
        found.append(alone.groups())
    return "-".join(found[-1]).upper() if found else None
