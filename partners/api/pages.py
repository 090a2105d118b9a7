"""Lists in pages: newest first, stable while rows are added."""

from __future__ import annotations

from typing import Any, Never
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

MOST_ROWS = 100


class CursorPages(CursorPagination):
    """Up to 100 rows a page, ordered by id: UUIDv7 ids grow with time, so new rows come before.

    The neighbors are named in the body (``next``, ``previous``) and in the ``Link`` header
    (RFC 8288).
    """

    ordering = "-id"
    cursor_query_description = "A place in the list, taken from next or previous."
    page_size_query_param = "page_size"
    page_size_query_description = "Rows on a page, 1 to 100."
    max_page_size = MOST_ROWS

    def get_page_size(self, request: Request) -> int:
        """Return the number of rows asked for.

        :raises ValidationError: unless it is 1 to 100.
        """
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return int(self.page_size or MOST_ROWS)
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:4]) <= MOST_ROWS):
            _refuse(self.page_size_query_param, _("Ask for 1 to 100 rows."))
        return int(asked)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Return the place in the list that the client came to; None for its start.

        :raises ValidationError: if the cursor was not made here.
        """
        try:
            cursor = super().decode_cursor(request)
            if cursor is not None:
                UUID(str(cursor.position))
        except (NotFound, TypeError, ValueError):
            _refuse(self.cursor_query_param, _("This cursor is not valid."))
        return cursor

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with its neighbors."""
        response = super().get_paginated_response(data)
        neighbors = [
            f'<{response.data[rel]}>; rel="{name}"'
            for rel, name in (("next", "next"), ("previous", "prev"))
            if response.data[rel]
        ]
        if neighbors:
            response["Link"] = ", ".join(neighbors)
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return what OpenAPI says of a page of rows."""
        neighbor = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": neighbor, "previous": neighbor, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return what OpenAPI says of the parameters."""
        cursor, page_size = super().get_schema_operation_parameters(view)
        page_size["schema"] = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS}
        return [cursor, page_size]


def _refuse(parameter: str, message: Any) -> Never:
    raise ValidationError({parameter: [message]})
