"""Texts in another language than the page's: ``{% load languages %}``."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def spoken(text: str, language: str = "") -> SafeString:
    """Return a text that tells its language where it is not the page's, so it is read right."""
    page, _, _ = (get_language() or "").partition("-")
    if language.partition("-")[0] in {"", page}:
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', language, text)
