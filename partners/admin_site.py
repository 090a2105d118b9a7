"""Records: lists and forms of a vendor's rows for its own people, on django-unfold.

Who may do what is asked of ``partners.rules``, never of Django's permissions; what can be changed
is changed by the same operations as everywhere else. Nothing is deleted here: facts are ended.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib.admin import ModelAdmin as BaseModelAdmin
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.sites import UnfoldAdminSite

from partners.models import User
from partners.queries.access import accepts_sign_in, member_actor
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, can
from partners.tenancy.models import TenantModel

M = TypeVar("M", bound=TenantModel)

# Unfold's scripts compile expressions, and it writes the palette into the page.
_LOOSER = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}
# Signing in and accounts have pages of their own; Django's log of the admin is not kept.
_NOT_SERVED = ("login", "password_change", "password_change_done", "view_on_site")


def visitor_of(request: HttpRequest) -> Actor:
    """Return who looks at the records, as a member on the vendor's side; asks once a request."""
    known: Actor | None = getattr(request, "records_visitor", None)
    if known is None:
        assert isinstance(request.user, User)
        known = member_actor(request.user)
        request.records_visitor = known  # type: ignore[attr-defined]
    return known


class VendorAdminSite(UnfoldAdminSite):
    """The records of the vendor in whose space the request is served."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor may use the records of this vendor."""
        return isinstance(request.user, User) and can(visitor_of(request), Permission.RECORDS_USE)

    def admin_view(  # type: ignore[override]
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponseBase]:
        """Return the view behind the door, with the looser content policy that Unfold needs."""
        inside = csp_update(_LOOSER)(super().admin_view(view, cacheable))

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return self._refuse(request) or inside(request, *args, **kwargs)

        return door

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the partners; the dashboard is in the workspace."""
        return redirect("admin:partners_partner_changelist")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out and lead to the entrance."""
        answer = LogoutView.as_view(next_page=resolve_url(settings.LOGIN_URL))(request)
        assert isinstance(answer, HttpResponse)
        return answer

    def get_urls(self) -> list[URLPattern]:  # type: ignore[override]
        """Return the addresses of the records, without Django's own sign-in."""
        return [
            each for each in super().get_urls() if getattr(each, "name", None) not in _NOT_SERVED
        ]

    def records_of(self, model: type[models.Model]) -> BaseModelAdmin[Any] | None:
        """Return the records of a model, or None if it has none here."""
        return self.get_model_admin(model) if self.is_registered(model) else None

    def _refuse(self, request: HttpRequest) -> HttpResponse | None:
        """Return the way to sign in, or None for who may enter.

        :raises Http404: for a signed-in stranger.
        :raises PermissionDenied: for a member without ``records.use``.
        """
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        visitor = visitor_of(request)
        if visitor.role is None:
            raise Http404
        if not accepts_sign_in(request.vendor, request):  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path(), resolve_url("second_factor"))
        if not can(visitor, Permission.RECORDS_USE):
            raise PermissionDenied(Permission.RECORDS_USE.value)
        return None


site = VendorAdminSite()


if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm


class RecordForm(AnyModelForm):
    """A form of one row. Operations and the database check what rows say about each other."""

    refusal: ClassVar[CannotRecord | None] = None

    def clean(self) -> dict[str, Any] | None:
        """Show why the operation refused these values, if it did."""
        if self.refusal is not None:
            field = self.refusal.field if self.refusal.field in self.fields else None
            self.add_error(field, self.refusal.message)
        return super().clean()

    def validate_constraints(self) -> None:
        """Leave it to the operation, which says it in a sentence."""


class VendorAdmin(ModelAdmin, Generic[M]):
    """One kind of record: its rows in the visitor's reach, read-only unless ``write`` is defined.

    A subclass names the permission to see, and to add and change if its operation exists.
    """

    admin_site: VendorAdminSite
    form = RecordForm
    view_permission: ClassVar[Permission]
    add_permission: ClassVar[Permission | None] = None
    change_permission: ClassVar[Permission | None] = None
    show_full_result_count = False
    list_per_page = 50
    list_fullwidth = True
    list_filter_submit = True
    warn_unsaved_form = True
    actions = None

    def reach(self, rows: models.QuerySet[M], visitor: Actor) -> models.QuerySet[M]:
        """Return the rows that the visitor may know of."""
        reached: models.QuerySet[M] = rows.visible_to(visitor)  # type: ignore[attr-defined]
        return reached

    def write(self, form: forms.ModelForm[M], obj: M, *, by: Actor, add: bool) -> M:
        """Return the row after calling the operation that writes it."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[M]:
        """Return the rows in the visitor's reach."""
        return self.reach(super().get_queryset(request), visitor_of(request))

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> models.QuerySet[Any] | None:
        """Return the choices of a reference: the rows that its own records would show."""
        related = self.admin_site.records_of(db_field.remote_field.model)
        if related is None:
            return super().get_field_queryset(db, db_field, request)
        choices: models.QuerySet[Any] = related.get_queryset(request)
        return choices

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the form field; an address without a scheme is taken as https."""
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor may see records of this kind."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Return whether the visitor may see records of this kind; the reach narrows which."""
        return can(visitor_of(request), self.view_permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the visitor may add one here."""
        return self.add_permission is not None and can(visitor_of(request), self.add_permission)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Return whether the visitor may change one here."""
        permission = self.change_permission
        return permission is not None and can(visitor_of(request), permission)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Return False: a fact is ended or withdrawn, and stays on record."""
        return False

    def get_form(
        self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[M]]:
        """Return the form, knowing why the operation refused these values a moment ago."""
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal})

    def changeform_view(  # type: ignore[override]
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Answer with the form; what an operation refuses is shown at its field.

        The refused attempt is rolled back; the second round stops at the form's own validation.
        """
        answer: HttpResponse
        try:
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        except CannotRecord as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        except NotAllowed as error:
            raise PermissionDenied(error.permission.value) from error
        return answer

    def save_model(  # type: ignore[override]
        self, request: HttpRequest, obj: M, form: forms.ModelForm[M], change: bool
    ) -> None:
        """Write the row by its operation."""
        written = self.write(form, obj, by=visitor_of(request), add=not change)
        obj.__dict__.update(written.__dict__)

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of list and form.

        There is no deletion, no log of Django's, and no redirect from its addresses before 1.9.
        """
        unserved = ("_delete", "_history")
        return [
            each for each in super().get_urls() if each.name and not each.name.endswith(unserved)
        ]

    def log_addition(self, request: HttpRequest, obj: M, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the operation has written its audit entry."""

    def log_change(self, request: HttpRequest, obj: M, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the operation has written its audit entry."""

    def log_deletions(  # type: ignore[override]
        self, request: HttpRequest, queryset: models.QuerySet[M]
    ) -> None:
        """Write nothing: nothing is deleted here."""

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Answer alike for a foreign, an unreachable and an unknown id."""
        raise Http404

    @staticmethod
    def moment() -> Any:
        """Return the moment of a write."""
        return timezone.now()


class ReadOnlyInline(TabularInline):
    """Rows that belong to a record, to read."""

    extra = 0
    can_delete = False
    hide_title = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return True: whoever sees the record sees these rows of it, in their reach."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: they are written elsewhere."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: nothing is deleted."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: they are written elsewhere."""
        return False
