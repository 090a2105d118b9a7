"""Keys of walled tables: time-ordered ids, and foreign keys that cannot leave the vendor.

PostgreSQL checks foreign keys without row-level security, so a plain foreign key would accept
another vendor's row. Every walled table therefore carries ``UNIQUE (id, vendor_id)``, and every
reference between walled tables is the pair ``(x_id, vendor_id) → x (id, vendor_id)``.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

import uuid_utils.compat
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


def new_id() -> UUID:
    """Return a UUIDv7: unguessable, and ordered by time so that indexes stay compact."""
    return uuid_utils.compat.uuid7()


class SameVendor(models.BaseConstraint):
    """The composite foreign key ``(field_id, vendor_id) → target (id, vendor_id)``."""

    def __init__(self, *, name: str, field: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return the clause for CREATE TABLE and ALTER TABLE."""
        assert model is not None
        assert schema_editor is not None
        field = model._meta.get_field(self.field)
        target = field.related_model
        assert isinstance(field, models.ForeignKey)
        assert target is not None
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote(field.column)}, vendor_id) "
            f"REFERENCES {quote(target._meta.db_table)} (id, vendor_id) "
            "DEFERRABLE INITIALLY IMMEDIATE"
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return ALTER TABLE … ADD for this constraint."""
        assert model is not None
        assert schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Return ALTER TABLE … DROP for this constraint."""
        assert model is not None
        assert schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave the check to the database: both ids come from the open vendor's scope."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameVendor) and (self.name, self.field) == (
            other.name,
            other.field,
        )

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Return the constructor's arguments for migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}


class VendorKey(models.ForeignKey[_Set, _Get]):
    """The vendor of a row; adds ``UNIQUE (id, vendor_id)``, the target of composite keys.

    Migrations do not see the default: they run outside of every vendor and name it themselves.
    """

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the constructor's arguments for migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def contribute_to_class(
        self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any
    ) -> None:
        """Join the model, then add the key to its constraints."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        table = cls._meta.db_table
        _constrain(cls, models.UniqueConstraint(fields=["id", "vendor"], name=f"{table}_key"))


class TenantForeignKey(models.ForeignKey[_Set, _Get]):
    """A reference between two walled tables: Django's field with a composite database key."""

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        super().__init__(to, on_delete, **{**kwargs, "db_constraint": False})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the constructor's arguments for migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs

    def contribute_to_class(
        self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any
    ) -> None:
        """Join the model, then add the composite key to its constraints."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        _constrain(cls, SameVendor(name=f"{cls._meta.db_table}_{name}_vendor", field=name))


def _constrain(model: type[models.Model], constraint: models.BaseConstraint) -> None:
    # Historical models of a migration ("__fake__") carry exactly the constraints written there.
    if model._meta.abstract or model.__module__ == "__fake__":
        return
    model._meta.constraints = [*model._meta.constraints, constraint]
    model._meta.original_attrs["constraints"] = model._meta.constraints
