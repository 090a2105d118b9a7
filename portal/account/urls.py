"""Addresses of accounts outside every vendor: an account belongs to a person, not to a vendor.

What changes an account is here only. allauth finishes some of it after the commit, which inside a
vendor's space comes after the request is over.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.urls import include, path

from portal.account.operator import Operator
from portal.account.views import Chooser

urlpatterns = [
    path("", Chooser.as_view(), name="chooser"),
    path("operator/", Operator.as_view(), name="operator"),
    path("accounts/", include("portal.account.sign_in_urls")),
    path("accounts/email/", account.email, name="account_email"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path("accounts/2fa/", second_factor.index, name="mfa_index"),
    path("accounts/2fa/totp/", include("allauth.mfa.totp.urls")),
    path("accounts/2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
]
