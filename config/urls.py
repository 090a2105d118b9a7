"""Addresses outside every vendor: sign-in, the chooser, the operator, health."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
