"""Partners for machines: who they are, found by the vendor's own ids."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filters import CharFilter, ChoiceFilter
from django_filters.filterset import FilterSet
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partners.api.fields import LastDayField
from partners.api.viewsets import VendorViewSet
from partners.enums import PartnerState
from partners.models import Partner
from partners.rules import Permission


class PartnerSerializer(serializers.Serializer[Partner]):
    """A partner as it is answered."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    external_id = serializers.CharField(help_text=_("Its id in the vendor's own systems."))
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=PartnerState.choices)
    joined_on = serializers.DateField()
    last_day = LastDayField(
        source="ended_on", allow_null=True, help_text=_("Last day as a partner; null: no end.")
    )


class PartnerFilters(FilterSet):
    """Ways to narrow the list; together they must all hold."""

    slug = CharFilter("slug")
    external_id = CharFilter("external_id")
    state = ChoiceFilter(field_name="state", choices=PartnerState.choices)


class Partners(mixins.ListModelMixin, VendorViewSet):
    """Partners in the caller's reach."""

    queryset = Partner.objects.none()
    serializer_class = PartnerSerializer
    filterset_class = PartnerFilters
    lookup_url_kwarg = "partner_id"
    permissions: ClassVar[dict[str, Permission]] = {
        "list": Permission.PARTNER_VIEW,
        "retrieve": Permission.PARTNER_VIEW,
    }
    target: Partner

    def get_queryset(self) -> QuerySet[Partner]:
        """Return the partners in the caller's reach."""
        partners: QuerySet[Partner] = Partner.objects.visible_to(self.actor)
        return partners

    def retrieve(self, _request: Request, **_kwargs: Any) -> Response:
        """Return one partner."""
        return Response(self.get_serializer(self.target).data)
