"""The base of every endpoint about a vendor's rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import FilterSet
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from partners.api.authentication import caller
from partners.api.fields import QuerySerializer
from partners.api.pages import CursorPages
from partners.api.rate import ActorRate
from partners.api.schema import ProblemSchema
from partners.models import Vendor
from partners.rules import Actor, Permission

_STANDARD_ACTIONS = ("list", "create", "retrieve", "update", "partial_update", "destroy")


class VendorViewSet(GenericViewSet[Any]):
    """Endpoints of one noun, inside the vendor of the address.

    A subclass names the permission of every action it offers. The order of a request is: who calls,
    may they do this, how often, which object, and only then what they sent. ``queries`` says what
    an action reads from the query, which it finds in ``asked``.
    """

    permissions: ClassVar[Mapping[str, Permission]] = {}
    throttle_classes = (ActorRate,)
    http_method_names = ("get", "head", "post", "patch", "delete")
    lookup_value_converter = "uuid"
    schema = ProblemSchema()
    filterset_class: ClassVar[type[FilterSet] | None] = None
    queries: ClassVar[Mapping[str, type[QuerySerializer]]] = {}
    target: Model
    asked: Mapping[str, Any]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse, at import, a subclass with an action whose permission is not declared."""
        super().__init_subclass__(**kwargs)
        offered = {name for name in _STANDARD_ACTIONS if hasattr(cls, name)}
        offered |= {action.__name__ for action in cls.get_extra_actions()}
        if undeclared := offered - cls.permissions.keys():
            raise TypeError(f"{cls.__name__} declares no permission for {sorted(undeclared)}.")

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the caller in and find the object in the address, before any input is read."""
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            return
        if (self.lookup_url_kwarg or self.lookup_field) in self.kwargs:
            self.target = self.get_object()
        if (query := self.queries.get(self.action or "")) is None:
            self._refuse_unknown_parameters(request)
        else:
            parameters = dict(request.query_params.lists())
            sent = query(data=parameters, context=self.get_serializer_context())
            sent.is_valid(raise_exception=True)
            self.asked = sent.validated_data

    @property
    def actor(self) -> Actor:
        """Return who is calling."""
        return caller(self.request)

    @property
    def vendor(self) -> Vendor:
        """Return the vendor in whose space the request is served."""
        vendor: Vendor = self.request.vendor  # type: ignore[attr-defined]
        return vendor

    @cached_property
    def now(self) -> datetime:
        """Return the moment of this request."""
        return timezone.now()

    def _refuse_unknown_parameters(self, request: Request) -> None:
        """Raise for a parameter nobody reads: a misspelt filter would answer with everything."""
        known: set[str] = set()
        if self.action == "list":
            known = {CursorPages.cursor_query_param, CursorPages.page_size_query_param}
            known |= set(self.filterset_class.get_filters()) if self.filterset_class else set()
        if unknown := request.query_params.keys() - known:
            detail = ErrorDetail(str(_("There is no such parameter.")), code="unknown")
            raise ValidationError({name: [detail] for name in sorted(unknown)})
