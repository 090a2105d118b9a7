"""The versions of a program for machines: read in words, compared, published, withdrawn."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.problems import DocumentError
from accreditation.criteria.yaml_text import dump_yaml
from accreditation.enums import VersionState
from accreditation.models import Program, ProgramVersion
from accreditation.operations.programs import CannotPublish, publish_version, withdraw_version
from accreditation.queries.catalog_names import names_for
from accreditation.queries.pools import pool_of
from accreditation.queries.versions import version_to_compare
from accreditation.requirements import Requirement, asked_by_levels
from accreditation.sentences.changes import change_sentences
from accreditation.sentences.people_rules import people_sentences
from accreditation.version_diff import differences
from accreditation.wording.codes import problem_text
from partners.api.fields import StrictSerializer
from partners.api.idempotency import idempotent
from partners.api.viewsets import VendorViewSet
from partners.refusals import CannotRecord
from partners.rules import Permission


class VersionSerializer(serializers.Serializer[ProgramVersion]):
    """A version of a program's rules, without them."""

    program = serializers.SlugField(source="program.key")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(VersionState.choices)
    effective_on = serializers.DateField(allow_null=True, help_text=_("First day it judges."))
    published_at = serializers.DateTimeField(allow_null=True, default_timezone=UTC)
    document_hash = serializers.CharField(help_text=_("SHA-256 of the frozen rules."))
    withdrawn_at = serializers.DateTimeField(allow_null=True, default_timezone=UTC)
    reason = serializers.CharField(help_text=_("Why it was withdrawn; empty for any other."))


@extend_schema_field({"type": "array", "items": {"type": "object"}})
class PartsField(serializers.Field[Any, Any, Any, Any]):
    """Requirements within a requirement, each of the same form."""

    def to_representation(self, value: tuple[Requirement, ...]) -> list[Any]:
        """Return each of them as it is answered."""
        return [RequirementSerializer(one).data for one in value]


class RequirementSerializer(serializers.Serializer[Requirement]):
    """What is asked, in the language of the request."""

    key = serializers.CharField()
    text = serializers.CharField(help_text=_("The words of the author."))
    sentence = serializers.CharField(help_text=_("Exactly what is asked."))
    choice = serializers.CharField(help_text=_("How the parts are asked."))
    parts = PartsField()


class LevelAsksSerializer(serializers.Serializer[Any]):
    """A level with everything that it asks."""

    level = serializers.CharField(source="level.key")
    requirements = RequirementSerializer(many=True)


class PeopleRulesField(serializers.ListField):
    """What one person may do, in sentences; empty where the program has no slots for people."""

    child = serializers.CharField()


class VersionDetailSerializer(VersionSerializer):
    """A version with its rules: as a document, as YAML, and in sentences."""

    document = serializers.DictField()
    yaml = serializers.CharField(source="as_yaml")
    levels = LevelAsksSerializer(many=True, source="asked")
    people_rules = PeopleRulesField()


class ChangesSerializer(serializers.Serializer[Any]):
    """What changes from one version to another; `before` null: there was none."""

    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField()
    sentences = serializers.ListField(child=serializers.CharField())


class PublicationSerializer(StrictSerializer):
    """From when a draft judges."""

    effective_on = serializers.DateField()

    def validate_effective_on(self, value: Any) -> Any:
        """Return the day.

        :raises ValidationError: for a day that is past.
        """
        if value < self.context["today"]:
            raise ValidationError(_("Choose today or a later day."))
        return value


class WithdrawalSerializer(StrictSerializer):
    """Why a published version is taken back."""

    reason = serializers.CharField(max_length=300)


class ProgramVersions(mixins.ListModelMixin, VendorViewSet):
    """The versions of one program."""

    queryset = ProgramVersion.objects.none()
    serializer_class = VersionSerializer
    lookup_field = "number"
    lookup_value_converter = "int"
    permissions: ClassVar[dict[str, Permission]] = {
        "list": Permission.PROGRAM_VIEW,
        "retrieve": Permission.PROGRAM_VIEW,
        "changes": Permission.PROGRAM_VIEW,
        "changes_from": Permission.PROGRAM_VIEW,
        "publish": Permission.PROGRAM_PUBLISH,
        "withdraw": Permission.PROGRAM_PUBLISH,
    }
    target: ProgramVersion

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in, to a program that there is.

        :raises NotFound: for an unknown one.
        """
        super().initial(request, *args, **kwargs)
        if not Program.objects.filter(key=self.kwargs["program"]).exists():
            raise NotFound

    def get_queryset(self) -> QuerySet[ProgramVersion]:
        """Return the program's versions."""
        rows: QuerySet[ProgramVersion] = ProgramVersion.objects.filter(
            program__key=self.kwargs.get("program", "")
        )
        return rows.select_related("program")

    @extend_schema(responses=VersionDetailSerializer)
    def retrieve(self, _request: Request, **_kwargs: Any) -> Response:
        """Return one version with its rules."""
        version: Any = self.target
        version.as_yaml = dump_yaml(version.document)
        rules = parse(version.document, draft=True)
        version.asked = asked_of(rules)
        version.people_rules = people_rules_of(rules, self.vendor.day_of(self.now))
        return Response(VersionDetailSerializer(version).data)

    @extend_schema(operation_id="program_versions_changes", responses=ChangesSerializer)
    @action(detail=True, methods=["get"])
    def changes(self, _request: Request, **_kwargs: Any) -> Response:
        """Return what changes against the version before it that judged, in sentences."""
        before = version_to_compare(self.target, self.vendor.day_of(self.now))
        return Response(_changes(before, self.target))

    @extend_schema(
        operation_id="program_versions_changes_from",
        parameters=[OpenApiParameter("before", OpenApiTypes.INT, OpenApiParameter.PATH)],
        responses=ChangesSerializer,
    )
    @action(detail=True, methods=["get"], url_path="changes/<int:before>")
    def changes_from(self, _request: Request, before: int, **_kwargs: Any) -> Response:
        """Return what changes against any other version of the program, in sentences."""
        other = self.get_queryset().filter(number=before).first()
        if other is None:
            raise NotFound
        return Response(_changes(other, self.target))

    @extend_schema(
        operation_id="program_versions_publish",
        request=PublicationSerializer,
        responses=VersionSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def publish(self, request: Request, /, **_kwargs: Any) -> Response:
        """Freeze a draft from a day on."""
        context = {"today": self.vendor.day_of(self.now)}
        sent = PublicationSerializer(data=request.data, context=context)
        sent.is_valid(raise_exception=True)
        day = sent.validated_data["effective_on"]
        try:
            version = publish_version(
                version=self.target, effective_on=day, by=self.actor, now=self.now
            )
        except DocumentError as error:
            raise refused(error) from error
        except CannotPublish as refusal:
            raise CannotRecord("effective_on", str(refusal)) from refusal
        return Response(self.get_serializer(version).data)

    @extend_schema(
        operation_id="program_versions_withdraw",
        request=WithdrawalSerializer,
        responses=VersionSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def withdraw(self, request: Request, /, **_kwargs: Any) -> Response:
        """Take a published version back before its first day."""
        sent = WithdrawalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        version = withdraw_version(
            version=self.target, reason=sent.validated_data["reason"], by=self.actor, now=self.now
        )
        return Response(self.get_serializer(version).data)


def asked_of(rules: Rules) -> tuple[Any, ...]:
    """Return what each level asks, in words."""
    return asked_by_levels(rules, names_for(rules))


def people_rules_of(rules: Rules, on: date) -> tuple[str, ...]:
    """Return what the rules say about people in slots, in words, with their pool as on a day."""
    return people_sentences(rules, pool_of(rules, on))


def _changes(before: ProgramVersion | None, after: ProgramVersion) -> dict[str, Any]:
    sentences: list[str] = []
    if before is not None:
        rules = [parse(one.document, draft=True) for one in (before, after)]
        found = differences(before.document, after.document)
        sentences = change_sentences(found, rules[0], rules[1], names_for(*rules))
    numbers = {"before": before.number if before else None, "after": after.number}
    return ChangesSerializer({**numbers, "sentences": sentences}).data


def refused(error: DocumentError) -> ValidationError:
    """Return the problems of a document as errors of the request, each at its place."""
    details: dict[str, list[ErrorDetail]] = {}
    for one in error.problems:
        detail = ErrorDetail(problem_text(one), code=one.code.value)
        details.setdefault(one.place or "document", []).append(detail)
    return ValidationError(details)
