"""Addresses of accounts inside a vendor: how people get in."""

from django.urls import include, path

from portal.account.views import AcceptInvitation, Enter, OutsideEmail, SecondFactor

urlpatterns = [
    path("accounts/", include("portal.account.sign_in_urls")),
    path("accounts/email/", OutsideEmail.as_view(), name="account_email"),
    path("accounts/second-factor/", SecondFactor.as_view(), name="second_factor"),
    path("enter/", Enter.as_view(), name="enter"),
    path("invitations/<str:token>/", AcceptInvitation.as_view(), name="invitation"),
]
