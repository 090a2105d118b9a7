"""Limits hold for a person, however many vendors' doors they are tried at."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from partners.models import User, Vendor
from partners.tenancy.context import tenant
from tests.cast import PASSWORD, user

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DOORS = ["/accounts/login/", "/v/northwind/accounts/login/", "/v/umbra/accounts/login/"]
TOO_MANY = "Too many failed login attempts"


def guess(client: Client, at: str, password: str = "wrong password!", **extra: str) -> str:
    answer = client.post(at, {"login": "mara@example.com", "password": password}, **extra)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def current_code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def with_totp(who: User) -> User:
    TOTP.activate(who, SECRET)
    RecoveryCodes.activate(who)
    return who


def test_five_wrong_guesses_anywhere_close_every_door(
    client: Client, northwind: Vendor, umbra: Vendor
) -> None:
    user("mara")

    guesses = [guess(client, door) for door in (DOORS * 2)[:5]]

    assert not any(TOO_MANY in page for page in guesses)
    for door in DOORS:
        assert TOO_MANY in guess(client, door, password=PASSWORD)


def test_another_host_name_gives_no_further_guesses(client: Client, northwind: Vendor) -> None:
    user("mara")
    for _attempt in range(5):
        guess(client, DOORS[1])

    assert TOO_MANY in guess(client, DOORS[1], password=PASSWORD, HTTP_HOST="localhost")


def test_thirty_attempts_a_minute_from_one_place_answer_429_at_every_door(
    client: Client, northwind: Vendor, umbra: Vendor
) -> None:
    for number in range(30):
        client.post(DOORS[number % 3], {"login": f"nobody{number}@example.com", "password": "x"})

    answers = [client.post(door, {"login": "a@example.com", "password": "x"}) for door in DOORS]

    assert [answer.status_code for answer in answers] == [429, 429, 429]
    assert "Too many attempts" in answers[0].content.decode()


def test_forwarded_address_of_a_stranger_is_not_believed(client: Client, db: None) -> None:
    for number in range(30):
        client.post(
            DOORS[0],
            {"login": f"nobody{number}@example.com", "password": "x"},
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        )

    answer = client.post(DOORS[0], {"login": "a@example.com", "password": "x"})

    assert answer.status_code == 429


def test_code_shown_at_one_vendor_is_not_accepted_at_another(
    northwind: Vendor, umbra: Vendor
) -> None:
    mara = with_totp(user("mara"))
    code, signed_in = current_code(), []

    for vendor in ("northwind", "umbra"):
        visitor = Client()
        guess(visitor, f"/v/{vendor}/accounts/login/", password=PASSWORD)
        visitor.post(f"/v/{vendor}/accounts/2fa/authenticate/", {"code": code})
        signed_in.append(visitor.session.get("_auth_user_id"))

    assert signed_in == [str(mara.pk), None]


@pytest.mark.parametrize(
    ("key", "shared"),
    [
        ("allauth:rl:allauth.account:login:30/60.0/ip:ip:192.0.2.1", True),
        ("allauth.mfa.totp.used?user=1&code=123456", True),
        ("allauth:anything", False),
        ("unfold_search_1", False),
    ],
)
def test_only_what_is_about_the_person_is_shared_between_vendors(
    northwind: Vendor, umbra: Vendor, key: str, shared: bool
) -> None:
    with tenant(northwind):
        cache.set(key, "seen")

    with tenant(umbra):
        assert (cache.get(key) == "seen") is shared
