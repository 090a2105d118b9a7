"""The look's addresses and the gallery, which is otherwise routed only while developing."""

from django.urls import include, path

from portal.look import views

urlpatterns = [
    path("", include("portal.look.urls")),
    path("gallery/", views.gallery),
    path("accounts/", include("allauth.account.urls")),
]
