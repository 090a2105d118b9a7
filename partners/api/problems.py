"""Every error of the API as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from partners.refusals import CannotRecord
from partners.rules import NotAllowed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of error: its ``type`` is the address of a page that explains it."""

    key: str
    status: int
    title: StrOrPromise
    explanation: StrOrPromise

    @property
    def type(self) -> str:
        """Return the address, the same for every vendor."""
        return f"/problems/{self.key}/"


MALFORMED = Problem(
    "malformed-request",
    400,
    _("The request cannot be read"),
    _("The body is not one JSON object as RFC 8259 describes it. Nothing was changed."),
)
INVALID = Problem(
    "invalid-request",
    400,
    _("The request is refused"),
    _(
        "A field or parameter is missing, unknown or refused by a rule: see errors. "
        "Nothing was changed."
    ),
)
PROBLEMS: dict[str, Problem] = {
    problem.key: problem
    for problem in (
        MALFORMED,
        INVALID,
        Problem(
            "not-authenticated",
            401,
            _("Who is calling is not known"),
            _(
                "Send an API key of this vendor: Authorization: Bearer lrl_… "
                "Keys expire and can be revoked."
            ),
        ),
        Problem(
            "not-allowed",
            403,
            _("The caller may not do this"),
            _(
                "The role of the key or member does not include this permission, or a write with a "
                "browser session came without its CSRF token."
            ),
        ),
        Problem(
            "not-found",
            404,
            _("There is nothing here"),
            _(
                "The address or id is unknown, or out of the caller's reach. Addresses end with a "
                "slash."
            ),
        ),
        Problem(
            "method-not-allowed",
            405,
            _("This address does not know this method"),
            _("The methods it knows are in the Allow header."),
        ),
        Problem(
            "not-acceptable",
            406,
            _("No answer in the form asked for"),
            _("The API answers in application/json."),
        ),
        Problem(
            "in-flight",
            409,
            _("The first request is still running"),
            _("Another request with the same Idempotency-Key has not finished. Repeat later."),
        ),
        Problem(
            "too-large",
            413,
            _("The body is too large"),
            _("Send fewer rows at a time, or use an import."),
        ),
        Problem(
            "unsupported-media-type",
            415,
            _("The body's form is not understood"),
            _("Send application/json."),
        ),
        Problem(
            "key-reused",
            422,
            _("The Idempotency-Key belongs to another request"),
            _("A key names one request: same method, address and body. Make a new key."),
        ),
        Problem(
            "too-many-requests",
            429,
            _("Too many requests"),
            _("Wait for the seconds in the Retry-After header."),
        ),
        Problem(
            "internal-error",
            500,
            _("The server failed"),
            _("Nothing was changed. The failure is recorded; repeat later."),
        ),
    )
}
_BY_STATUS = {problem.status: problem for problem in PROBLEMS.values()}


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response:
    """Return the problem for an error raised by an endpoint; the settings' exception handler.

    An unexpected error is logged and answered with 500 without a word about its cause; the tenancy
    middleware then rolls the request back.
    """
    api_error = _as_api_error(error)
    if api_error is None:
        request = getattr(context.get("request"), "_request", None)
        got_request_exception.send(sender=problem_response, request=request)
        logger.error("The API failed at %s.", getattr(request, "path", "?"), exc_info=error)
        api_error = exceptions.APIException()
    problem = _kind_of(api_error)
    return Response(
        _body(problem, api_error, context),
        status=problem.status,
        headers=_headers(api_error),
        content_type=CONTENT_TYPE,
    )


def _as_api_error(error: Exception) -> exceptions.APIException | None:
    """Return the error in the framework's terms, or None for one that nobody expected."""
    match error:
        case exceptions.APIException():
            return error
        case Http404():
            return exceptions.NotFound()
        case PermissionDenied() | NotAllowed():
            return exceptions.PermissionDenied()
        case CannotRecord():
            return exceptions.ValidationError({error.field: [error.message]}, code="refused")
        case RequestDataTooBig():
            too_large = exceptions.APIException()
            too_large.status_code = 413
            return too_large
    return None


def _kind_of(error: exceptions.APIException) -> Problem:
    if isinstance(error, exceptions.ParseError):
        return MALFORMED
    return _BY_STATUS.get(error.status_code, PROBLEMS["internal-error"])


def _body(
    problem: Problem, error: exceptions.APIException, context: Mapping[str, Any]
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": problem.type,
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.explanation),
    }
    # Not found says the same whatever was looked for; a failure says nothing of its cause.
    if problem.status not in {404, 500} and isinstance(error.detail, str):
        body["detail"] = str(error.detail)
    if request := context.get("request"):
        body["instance"] = request.path
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = list(_field_errors(error.get_full_details()))
    return body


def _field_errors(details: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Yield one entry for each message; ``field`` is a path like ``rows.0.number``."""
    if isinstance(details, list):
        for position, item in enumerate(details):
            plain = not isinstance(item, dict) or "message" in item
            yield from _field_errors(item, path if plain else _join(path, str(position)))
    elif isinstance(details.get("message"), str):
        yield {"field": path, "code": details["code"], "message": str(details["message"])}
    else:
        for name, item in details.items():
            yield from _field_errors(
                item, path if name == "non_field_errors" else _join(path, name)
            )


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers
