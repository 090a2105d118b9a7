"""Signing in, with allauth as we have set it up."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.http import HttpRequest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partners.models import Vendor
from portal.account.adapter import AccountAdapter
from tests.cast import PASSWORD, user

LOGIN = "/accounts/login/"


def sign_in(
    client: Client, at: str = LOGIN, email: str = "mara@example.com", password: str = PASSWORD
):
    return client.post(at, {"login": email, "password": password})


def test_member_signs_in_and_comes_to_the_chooser(client: Client, db: None) -> None:
    user("mara")

    answer = sign_in(client)

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_at_a_vendor_leads_into_the_vendor(client: Client, northwind: Vendor) -> None:
    user("mara")

    answer = sign_in(client, at="/v/northwind/accounts/login/")

    assert answer["Location"] == "/v/northwind/enter/"


def test_sign_in_page_of_a_vendor_shows_its_name_and_color(
    client: Client, northwind: Vendor
) -> None:
    page = client.get("/v/northwind/accounts/login/").content.decode()

    assert "<title>Sign in \N{EN DASH} Northwind</title>" in page
    assert "/v/northwind/look/theme.css" in page


def test_wrong_password_and_unknown_address_answer_alike(client: Client, db: None) -> None:
    user("mara")

    pages = [
        sign_in(client, password="wrong password!").content.decode(),
        sign_in(client, email="sven@example.com").content.decode(),
    ]

    token, typed = re.compile(r'value="[^"]{64}"'), re.compile(r'value="\w+@example.com"')
    wrong, unknown = (typed.sub("", token.sub("", page)) for page in pages)
    assert "not correct" in wrong
    assert wrong == unknown


def test_inactive_user_does_not_get_in(client: Client, db: None) -> None:
    user("mara", is_active=False)

    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_unverified_address_is_verified_by_a_code_first(client: Client, db: None) -> None:
    mara = user("mara", language="de")
    EmailAddress.objects.filter(user=mara).update(verified=False)

    answer = sign_in(client)

    assert answer["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", mail.outbox[0].body, re.MULTILINE)
    assert code is not None, mail.outbox[0].body
    client.post("/accounts/confirm-email/", {"code": code[1]})
    assert client.session["_auth_user_id"] == str(mara.pk)


@pytest.mark.parametrize("prefix", ["", "/v/northwind"])
def test_nobody_signs_up(client: Client, northwind: Vendor, prefix: str) -> None:
    assert client.get(f"{prefix}/accounts/signup/").status_code == 404
    for urlconf in (settings.ROOT_URLCONF, settings.VENDOR_URLCONF):
        with pytest.raises(NoReverseMatch):
            reverse("account_signup", urlconf=urlconf)
    assert AccountAdapter().is_open_for_signup(HttpRequest()) is False


def test_password_mail_names_our_own_address_in_the_readers_language(
    client: Client, northwind: Vendor
) -> None:
    user("mara", language="de")

    client.post(
        "/v/northwind/accounts/password/reset/",
        {"email": "mara@example.com"},
        headers={"host": "localhost"},
    )

    message = mail.outbox[0]
    assert message.from_email == settings.EMAIL_FROM
    assert "Northwind" in message.body
    assert "Passwort" in message.subject
    link = re.search(r"https?://\S+", message.body)
    assert link is not None
    assert link[0].startswith("http://testserver/v/northwind/accounts/password/reset/key/")


def test_password_is_reset_by_the_link_and_obeys_the_rules(client: Client, db: None) -> None:
    mara = user("mara")
    client.post("/accounts/password/reset/", {"email": "mara@example.com"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1], follow=True).redirect_chain[-1][0]

    weak = client.post(form, {"password1": "elevenchars", "password2": "elevenchars"})
    strong = client.post(form, {"password1": "a new long secret", "password2": "a new long secret"})

    assert weak.status_code == 200
    assert strong.status_code == 302
    mara.refresh_from_db()
    assert mara.check_password("a new long secret")


def test_no_mail_goes_to_an_unknown_address(client: Client, db: None) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "sven@example.com"})

    assert answer.status_code == 302
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("page", "inside"),
    [("email/", 302), ("password/change/", 404), ("2fa/", 404), ("sessions/", 404)],
)
def test_account_is_managed_outside_of_vendors(
    client: Client, northwind: Vendor, page: str, inside: int
) -> None:
    client.force_login(user("mara"))

    assert client.get(f"/accounts/{page}").status_code == 200
    assert client.get(f"/v/northwind/accounts/{page}").status_code == inside


def test_confirming_an_address_without_need_leads_out_of_the_vendor(
    client: Client, northwind: Vendor
) -> None:
    client.force_login(user("mara"))

    answer = client.get("/v/northwind/accounts/confirm-email/", follow=True)

    assert answer.redirect_chain[-1] == ("/accounts/email/", 302)
    assert answer.status_code == 200


def test_session_of_the_visitor_is_listed_and_can_be_ended(client: Client, db: None) -> None:
    user("mara")
    other = Client(headers={"user-agent": "Left at the airport"})
    sign_in(other)
    sign_in(client)

    assert "Left at the airport" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")

    assert "_auth_user_id" not in other.session
    assert "_auth_user_id" in client.session
