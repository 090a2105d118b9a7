"""Certificates for machines."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filters import CharFilter, DateFilter
from django_filters.filterset import FilterSet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from enablement.models import Certificate, Certification
from enablement.operations import (
    CertificateCorrection,
    NewCertificate,
    correct_certificates,
    record_certificates,
    revoke_certificate,
)
from partners.api.fields import LastDayField, ScopedRelatedField, StrictSerializer
from partners.api.idempotency import idempotent
from partners.api.viewsets import VendorViewSet
from partners.models import Person
from partners.periods import last_day
from partners.rules import Permission


class CertificateSerializer(serializers.Serializer[Certificate]):
    """A certificate as it is answered."""

    id = serializers.UUIDField()
    person_email = serializers.EmailField(source="person.email")
    person_name = serializers.CharField(source="person.name")
    certification = serializers.SlugField(source="certification.key")
    awarded_on = serializers.DateField()
    valid_through = LastDayField(
        source="expires_on", allow_null=True, help_text=_("Last valid day; null: no end.")
    )
    number = serializers.CharField()
    revoked_on = serializers.DateField(
        allow_null=True, help_text=_("First day no longer valid because it was revoked.")
    )
    revocation_reason = serializers.CharField()
    recorded_at = serializers.DateTimeField(default_timezone=UTC)


class NewCertificateSerializer(StrictSerializer):
    """A certificate as it is sent."""

    person_email = ScopedRelatedField(
        source="person",
        slug_field="email",
        rows=lambda actor: Person.objects.visible_to(actor).select_related("merged_into"),
        lower_case=True,
    )
    certification = ScopedRelatedField(
        slug_field="key", rows=lambda _actor: Certification.objects.all()
    )
    awarded_on = serializers.DateField()
    valid_through = serializers.DateField(
        required=False,
        allow_null=True,
        help_text=_("Last valid day; left out: as the certification says."),
    )
    number = serializers.CharField(required=False, allow_blank=True, max_length=80)

    def new_certificate(self) -> NewCertificate:
        """Return what was sent as a row to record; a merged person's goes to the one they are."""
        values = dict(self.validated_data)
        person: Person = values.pop("person")
        return NewCertificate(person=person.merged_into or person, **values)


class CertificateCorrectionSerializer(StrictSerializer):
    """What is right about a certificate on record; what is left out stays."""

    valid_through = serializers.DateField(
        required=False, allow_null=True, help_text=_("Last valid day; null: no end.")
    )
    number = serializers.CharField(required=False, allow_blank=True, max_length=80)

    def correction(self, certificate: Certificate) -> CertificateCorrection:
        """Return what was sent about a certificate."""
        on_record = {
            "valid_through": last_day(certificate.expires_on),
            "number": certificate.number,
        }
        return CertificateCorrection(certificate, **(on_record | self.validated_data))


class RevocationSerializer(StrictSerializer):
    """Why a certificate is withdrawn, and from which day on."""

    reason = serializers.CharField(max_length=300)
    on = serializers.DateField(
        required=False, help_text=_("First day no longer valid; left out: today at the vendor.")
    )


class CertificateFilters(FilterSet):
    """Ways to narrow the list; together they must all hold."""

    person_email = CharFilter("person__email", "iexact")
    certification = CharFilter("certification__key")
    partner = CharFilter(
        "person__employments__partner__slug",
        distinct=True,
        help_text=_("Slug of a partner where the person works or worked."),
    )
    # The last valid day lies before a day exactly if the first invalid one is not after it.
    expiring_before = DateFilter(
        "expires_on", "lte", help_text=_("The last valid day lies before this day.")
    )


class Certificates(mixins.ListModelMixin, VendorViewSet):
    """Certificates of the people who work or worked at partners in the caller's reach."""

    queryset = Certificate.objects.none()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilters
    permissions: ClassVar[dict[str, Permission]] = {
        "list": Permission.CERTIFICATE_VIEW,
        "retrieve": Permission.CERTIFICATE_VIEW,
        "create": Permission.CERTIFICATE_RECORD,
        "correct": Permission.CERTIFICATE_RECORD,
        "revoke": Permission.CERTIFICATE_REVOKE,
    }
    target: Certificate

    def get_queryset(self) -> QuerySet[Certificate]:
        """Return the certificates in the caller's reach, with all that an answer names."""
        rows: QuerySet[Certificate] = Certificate.objects.visible_to(self.actor)
        return rows.select_related("person", "certification")

    def retrieve(self, _request: Request, **_kwargs: Any) -> Response:
        """Return one certificate."""
        return Response(self.get_serializer(self.target).data)

    @extend_schema(
        request=NewCertificateSerializer,
        responses={201: CertificateSerializer, 200: CertificateSerializer},
    )
    @idempotent
    def create(self, request: Request, /) -> Response:
        """Record a certificate: 201 if it is new, 200 and unchanged if it was on record."""
        sent = NewCertificateSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        recorded = record_certificates(
            [sent.new_certificate()], source="api", by=self.actor, now=self.now
        )
        certificate = (recorded.new or recorded.known)[0]
        return Response(
            self._answer(certificate),
            status=status.HTTP_201_CREATED if recorded.new else status.HTTP_200_OK,
            headers={"Location": reverse("api:certificates-detail", [certificate.pk])},
        )

    @extend_schema(
        operation_id="certificates_correct",
        request=CertificateCorrectionSerializer,
        responses=CertificateSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def correct(self, request: Request, /, **_kwargs: Any) -> Response:
        """Put right the end or the number of a certificate."""
        sent = CertificateCorrectionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        right = sent.correction(self.target)
        (corrected,) = correct_certificates([right], source="api", by=self.actor, now=self.now)
        return Response(self._answer(corrected))

    @extend_schema(
        operation_id="certificates_revoke",
        request=RevocationSerializer,
        responses=CertificateSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def revoke(self, request: Request, /, **_kwargs: Any) -> Response:
        """Withdraw a certificate, for good and with a reason."""
        sent = RevocationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        revoked = revoke_certificate(
            certificate=self.target,
            on=sent.validated_data.get("on", self.vendor.day_of(self.now)),
            reason=sent.validated_data["reason"],
            by=self.actor,
            now=self.now,
        )
        return Response(self._answer(revoked))

    def _answer(self, certificate: Certificate) -> Any:
        return self.get_serializer(self.get_queryset().get(pk=certificate.pk)).data
