"""How a rules document is kept: as it was written."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class DocumentField(models.JSONField):
    """A JSON value whose names keep the order in which they were written.

    PostgreSQL's ``jsonb`` sorts names; ``json`` keeps the text. So nothing inside can be looked up.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 - one database
        """Return the column's type."""
        return "json"

    def from_db_value(
        self,
        value: Any,
        expression: Any,  # noqa: ARG002 - the framework's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - the framework's signature
    ) -> Any:
        """Return the value, which the driver may have read already."""
        return json.loads(value) if isinstance(value, str) else value

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - the framework's signature
    ) -> Any:
        """Return plain text: the driver's own JSON value would be a ``jsonb``."""
        if isinstance(value, dict):
            return json.dumps(value, cls=self.encoder, ensure_ascii=False)
        return super().get_db_prep_value(value, connection, prepared)
