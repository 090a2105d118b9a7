"""What a criterion asks, as it is sent: an exact number, or why nobody knows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accreditation.criteria.gaps import NeedCode
from accreditation.criteria.verdicts import Finding


class UnknownNeedAnswer(serializers.Serializer[Any]):
    """Why nobody knows how much is needed."""

    code = serializers.ChoiceField(choices=[one.value for one in NeedCode])
    attribute = serializers.CharField(
        help_text=_("What should say it about the organization; empty: no attribute does.")
    )


class NeedAnswer(serializers.Serializer[Any]):
    """How much is needed."""

    need = serializers.CharField(
        allow_null=True, help_text=_("A decimal number; null while it is not known.")
    )
    need_unknown = UnknownNeedAnswer(
        allow_null=True, help_text=_("Why it is not known what is needed; null where it is.")
    )


def need_answer(finding: Finding) -> dict[str, Any]:
    """Return what a criterion needs, or why that is not known."""
    unknown = finding.need_unknown
    return {
        "need": None if unknown else str(finding.need),
        "need_unknown": unknown.to_json() if unknown else None,
    }
