"""How forms are drawn; set ``FORM_RENDERER = "portal.look.forms.LookRenderer"``."""

from django.forms.renderers import DjangoTemplates


class LookRenderer(DjangoTemplates):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}``: label, hint, control, error."""

    form_template_name = "look/form.html"
    field_template_name = "look/field.html"
