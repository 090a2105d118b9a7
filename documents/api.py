"""Deployments for machines."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filters import CharFilter
from django_filters.filterset import FilterSet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.enums import Confirmer
from documents.models import Deployment
from documents.operations import withdraw_deployment
from documents.queries.deployments import deployments_visible_to
from partners.api.fields import StrictSerializer
from partners.api.idempotency import idempotent
from partners.api.viewsets import VendorViewSet
from partners.rules import Permission


class DeploymentSerializer(serializers.Serializer[Deployment]):
    """A deployment as it is answered."""

    id = serializers.UUIDField()
    partner = serializers.SlugField(source="partner.slug")
    external_id = serializers.CharField(help_text=_("What the source calls it."))
    customer = serializers.CharField(source="customer.name")
    completed_on = serializers.DateField()
    confirmed_on = serializers.DateField(
        allow_null=True, help_text=_("First day it counts; null: not confirmed yet.")
    )
    confirmed_by = serializers.ChoiceField(choices=["", *Confirmer.values])
    pending = serializers.BooleanField(help_text=_("Whether it waits for the vendor's review."))
    withdrawn_on = serializers.DateField(
        allow_null=True, help_text=_("First day it no longer counts because it was withdrawn.")
    )
    withdrawal_reason = serializers.CharField()
    recorded_at = serializers.DateTimeField(default_timezone=UTC)


class DeploymentWithdrawalSerializer(StrictSerializer):
    """Why a deployment is withdrawn, and from which day on."""

    reason = serializers.CharField(max_length=300)
    on = serializers.DateField(
        required=False, help_text=_("First day it no longer counts; left out: today at the vendor.")
    )


class DeploymentFilters(FilterSet):
    """Ways to narrow the list; together they must all hold."""

    partner = CharFilter("partner__slug", help_text=_("Slug of the partner."))
    external_id = CharFilter("external_id")


class Deployments(mixins.ListModelMixin, VendorViewSet):
    """Deployments of partners in the caller's reach; they are recorded by import."""

    queryset = Deployment.objects.none()
    serializer_class = DeploymentSerializer
    filterset_class = DeploymentFilters
    permissions: ClassVar[dict[str, Permission]] = {
        "list": Permission.ACCREDITATION_VIEW,
        "retrieve": Permission.ACCREDITATION_VIEW,
        "withdraw": Permission.DEPLOYMENT_CONFIRM,
    }
    target: Deployment

    def get_queryset(self) -> QuerySet[Deployment]:
        """Return the deployments in the caller's reach, with all that an answer names."""
        return deployments_visible_to(self.actor)

    def retrieve(self, _request: Request, **_kwargs: Any) -> Response:
        """Return one deployment."""
        return Response(self.get_serializer(self.target).data)

    @extend_schema(
        operation_id="deployments_withdraw",
        request=DeploymentWithdrawalSerializer,
        responses=DeploymentSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def withdraw(self, request: Request, /, **_kwargs: Any) -> Response:
        """Withdraw a deployment, for good and with a reason."""
        sent = DeploymentWithdrawalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        withdrawn = withdraw_deployment(
            deployment=self.target,
            on=sent.validated_data.get("on", self.vendor.day_of(self.now)),
            reason=sent.validated_data["reason"],
            by=self.actor,
            now=self.now,
        )
        return Response(self.get_serializer(withdrawn).data)
