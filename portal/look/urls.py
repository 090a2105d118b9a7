"""Addresses of the look, beneath the vendor's prefix or domain and without one."""

from django.conf import settings
from django.urls import path

from portal.look import views

app_name = "look"

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("color-scheme/", views.scheme, name="scheme"),
]

if settings.DEBUG:
    urlpatterns.append(path("look/", views.gallery, name="gallery"))
