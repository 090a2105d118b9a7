"""The Idempotency-Key header: a write that is sent twice happens once."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypedDict, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from partners.models import IdempotencyRecord
from partners.operations.idempotency import KeyReused, StillRunning, claim_key, remember_answer

if TYPE_CHECKING:
    from partners.api.viewsets import VendorViewSet

HEADER = "Idempotency-Key"
LONGEST_KEY = 200

P = ParamSpec("P")
V = TypeVar("V", bound="VendorViewSet")
Action = Callable[Concatenate[V, Request, P], Response]


class Claim(TypedDict):
    """Who sends which request under which key, and when."""

    actor_id: UUID
    key: str
    request_digest: str
    now: datetime


class InFlight(APIException):
    """The first request with this key has not finished."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("Another request with this Idempotency-Key is still running.")


class OtherRequest(APIException):
    """The key belongs to another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = _("This Idempotency-Key was used for another request.")


def idempotent(action: Action[V, P]) -> Action[V, P]:
    """Make an action answer a repeated request with the answer it gave before.

    Only answers of success are kept, for 24 hours and for this caller: whatever was refused changed
    nothing and is judged afresh.
    """

    @functools.wraps(action)
    def answered_once(self: V, request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        key = _key_of(request)
        if key is None:
            return action(self, request, *args, **kwargs)
        assert self.actor.id is not None
        claim = Claim(
            actor_id=self.actor.id, key=key, request_digest=_digest(request), now=self.now
        )
        if (known := _claim(claim)) is not None:
            return _replay(known)
        response = action(self, request, *args, **kwargs)
        if status.is_success(response.status_code):
            remember_answer(
                **claim,
                status=response.status_code,
                answer=json.loads(JSONRenderer().render(response.data) or "null"),
                location=response.headers.get("Location", ""),
            )
        return response

    return answered_once


def _key_of(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise ValidationError({HEADER: [_("Send 1 to 200 printable ASCII characters.")]})
    return key


def _digest(request: Request) -> str:
    """Return what two requests share exactly if they are the same one."""
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    body = request._request.body  # noqa: SLF001 - the framework hands out parsed data only
    return hashlib.sha256(asked + body).hexdigest()


def _claim(claim: Claim) -> IdempotencyRecord | None:
    try:
        return claim_key(**claim)
    except StillRunning as error:
        raise InFlight from error
    except KeyReused as error:
        raise OtherRequest from error


def _replay(record: IdempotencyRecord) -> Response:
    headers = {"Idempotent-Replayed": "true"}
    if record.location:
        headers["Location"] = record.location
    return Response(record.answer, status=record.status, headers=headers)
