"""Says at a form why an operation refused."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from partners.refusals import CannotRecord


def say_at(form: BaseForm, refusal: CannotRecord) -> None:
    """Add the refusal to its field, or to the whole form if the form has no such field."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, ValidationError(refusal.message))
