"""The API's description, its documentation, and the answer to unknown addresses."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.views import View
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from partners.api.problems import PROBLEMS


class Schema(SpectacularAPIView):
    """The description of the API in OpenAPI 3.1; its server is the vendor it is asked at."""

    urlconf = settings.VENDOR_URLCONF

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the description."""
        self.custom_settings = {"SERVERS": [{"url": get_script_prefix().rstrip("/")}]}
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        return response


class Docs(SpectacularSwaggerSplitView):
    """The description to read and to try out. Its script is an address of its own: strict CSP."""

    url_name = "api:schema"


class UnknownAddress(APIView):
    """Whatever no endpoint answers: a problem like any other, not a page."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        """Say that there is nothing here, whatever the method.

        :raises NotFound: always.
        """
        raise NotFound


class ProblemPage(View):
    """What a ``type`` of a problem means; the same for every vendor."""

    def get(self, _request: HttpRequest, key: str) -> HttpResponse:
        """Return the explanation as plain text.

        :raises Http404: for a problem the API does not know.
        """
        problem = PROBLEMS.get(key)
        if problem is None:
            raise Http404
        text = f"{problem.title}\n\n{problem.explanation}\n"
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
