"""Programs for machines: listed, drafted from documents, documents checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accreditation.api.versions import (
    LevelAsksSerializer,
    PeopleRulesField,
    VersionSerializer,
    asked_of,
    people_rules_of,
    refused,
)
from accreditation.criteria.problems import DocumentError, Problem
from accreditation.criteria.yaml_source import load_yaml
from accreditation.models import Program
from accreditation.operations.programs import draft_version
from accreditation.queries.document_checks import check_document
from accreditation.wording.codes import problem_text
from partners.api.fields import StrictSerializer
from partners.api.idempotency import idempotent
from partners.api.viewsets import VendorViewSet
from partners.rules import Permission


class ProgramSerializer(serializers.Serializer[Program]):
    """A program."""

    key = serializers.SlugField()
    name = serializers.DictField(child=serializers.CharField(), help_text=_("By language."))
    kind = serializers.CharField()
    is_public = serializers.BooleanField()


class DocumentSerializer(StrictSerializer):
    """A rules document as it is sent: as JSON or as YAML, not both."""

    document = serializers.DictField(required=False)
    yaml = serializers.CharField(required=False, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the one form that was sent.

        :raises ValidationError: for none or both.
        """
        if ("document" in attrs) is ("yaml" in attrs):
            raise ValidationError(_("Send either document or yaml."))
        return attrs

    @property
    def sent(self) -> Mapping[str, Any] | str:
        """Return what was sent, the JSON value exactly as it came."""
        if "yaml" in self.validated_data:
            return str(self.validated_data["yaml"])
        document: Mapping[str, Any] = self.initial_data["document"]
        return document


class DocumentToCheckSerializer(DocumentSerializer):
    """A rules document, and what to check it for."""

    publish = serializers.BooleanField(
        default=False, help_text=_("What may wait until publishing is a problem as well.")
    )


class ProblemOfDocumentSerializer(serializers.Serializer[Problem]):
    """One thing that is wrong, and where."""

    place = serializers.CharField()
    code = serializers.CharField()
    message = serializers.SerializerMethodField()

    def get_message(self, problem: Problem) -> str:
        """Return the sentence for people, with the place."""
        return problem_text(problem)


class CheckSerializer(serializers.Serializer[Any]):
    """What is wrong with a document."""

    valid = serializers.BooleanField(
        help_text=_("It can be drafted; if asked with publish, also published.")
    )
    problems = ProblemOfDocumentSerializer(many=True)
    before_publishing = ProblemOfDocumentSerializer(
        many=True,
        help_text=_("What a draft may leave for later: open numbers, keys not in the catalog."),
    )
    levels = LevelAsksSerializer(many=True)
    people_rules = PeopleRulesField()


class Programs(mixins.ListModelMixin, VendorViewSet):
    """The vendor's programs. Sending a document drafts the next version of the one it names."""

    queryset = Program.objects.none()
    serializer_class = ProgramSerializer
    lookup_field = "key"
    lookup_value_converter = "slug"
    permissions: ClassVar[dict[str, Permission]] = {
        "list": Permission.PROGRAM_VIEW,
        "retrieve": Permission.PROGRAM_VIEW,
        "create": Permission.PROGRAM_PUBLISH,
    }

    def get_queryset(self) -> QuerySet[Program]:
        """Return all programs of the vendor."""
        rows: QuerySet[Program] = Program.objects.all()
        return rows

    def retrieve(self, _request: Request, **_kwargs: Any) -> Response:
        """Return one program."""
        return Response(self.get_serializer(self.target).data)

    @extend_schema(request=DocumentSerializer, responses={201: VersionSerializer})
    @idempotent
    def create(self, request: Request, /) -> Response:
        """Keep a document as the next draft of its program; refused with every problem's place."""
        sent = DocumentSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            document = load_yaml(sent.sent) if isinstance(sent.sent, str) else sent.sent
            version = draft_version(document=document, by=self.actor, now=self.now)
        except DocumentError as error:
            raise refused(error) from error
        address = reverse("api:program-versions-detail", [version.program.key, version.number])
        return Response(
            VersionSerializer(version).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": address},
        )


class ProgramChecks(VendorViewSet):
    """Whether a document reads as rules; nothing is kept."""

    queryset = Program.objects.none()
    serializer_class = CheckSerializer
    permissions: ClassVar[dict[str, Permission]] = {"create": Permission.PROGRAM_VIEW}

    @extend_schema(request=DocumentToCheckSerializer, responses=CheckSerializer)
    def create(self, request: Request) -> Response:
        """Return every problem with its place, and the rules in sentences where there is none."""
        sent = DocumentToCheckSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        today = self.vendor.day_of(self.now)
        checked = check_document(sent.sent, on=today)
        if sent.validated_data["publish"]:
            checked = checked.to_publish()
        answer = {
            "valid": checked.rules is not None,
            "problems": checked.problems,
            "before_publishing": checked.before_publishing,
            "levels": asked_of(checked.rules) if checked.rules else (),
            "people_rules": people_rules_of(checked.rules, today) if checked.rules else (),
        }
        return Response(CheckSerializer(answer).data)
