"""The chooser, the vendor's second factor, and the operator's page."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.http import urlencode

from partners.enums import MembershipRole
from partners.models import Invitation, User, Vendor
from partners.tenancy.context import tenant
from tests.cast import PASSWORD, member, partner, user
from tests.portal.account.test_limits import current_code, with_totp

Role = MembershipRole


@pytest.fixture
def mara(northwind: Vendor) -> User:
    with tenant(northwind):
        return member("mara", Role.CHANNEL_MANAGER).user


def sign_in(client: Client, email: str = "mara@example.com") -> None:
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})


# --- Chooser --------------------------------------------------------------------------------


def test_anonymous_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/")["Location"] == "/accounts/login/"


def test_member_of_one_place_goes_straight_in(client: Client, mara: User) -> None:
    client.force_login(mara)

    assert client.get("/")["Location"] == "/v/northwind/manage/"
    assert client.get("/v/northwind/enter/")["Location"] == "/v/northwind/manage/"


def test_partner_user_goes_straight_to_the_portal(client: Client, northwind: Vendor) -> None:
    with tenant(northwind):
        paul = member("paul", Role.PARTNER_ADMIN, at=partner("acme")).user
    client.force_login(paul)

    assert client.get("/")["Location"] == "/v/northwind/portal/acme/"
    assert client.get("/v/northwind/enter/")["Location"] == "/v/northwind/portal/acme/"


def test_member_of_several_places_chooses_among_their_own(
    client: Client, northwind: Vendor, umbra: Vendor
) -> None:
    with tenant(northwind):
        paul = member("paul", Role.PARTNER_ADMIN, at=partner("acme")).user
        partner("cobalt")
    with tenant(umbra):
        member("paul", Role.ANALYST)
        partner("bolt")
    client.force_login(paul)

    page = client.get("/").content.decode()

    assert 'href="/v/northwind/portal/acme/"' in page
    assert 'href="/v/umbra/manage/"' in page
    assert "Cobalt" not in page
    assert "Bolt" not in page


def test_stranger_learns_what_to_do(client: Client, northwind: Vendor) -> None:
    client.force_login(user("sven"))

    page = client.get("/").content.decode()

    assert "not a member anywhere" in page
    assert "Northwind" not in page


def test_stranger_at_a_vendor_is_led_out(client: Client, northwind: Vendor) -> None:
    client.force_login(user("sven"))

    assert client.get("/v/northwind/enter/")["Location"] == "/"


@pytest.mark.parametrize("vendors", [1, 3])
def test_chooser_asks_a_fixed_number_of_questions_a_vendor(
    client: Client, db: None, vendors: int, django_assert_num_queries
) -> None:
    from tests.cast import vendor

    for number in range(vendors):
        with tenant(vendor(f"v{number}", f"V {number}", prefix="VV")):
            member("paul", Role.ANALYST)
            member("paul", Role.PARTNER_ADMIN, at=partner("acme"))
            member("paul", Role.LEARNER, at=partner("cobalt"))
    client.force_login(user("paul"))
    client.get("/")

    # Session, user, memberships, vendors; then each vendor's space: savepoint, setting, partners,
    # setting, release.
    with django_assert_num_queries(4 + 5 * vendors):
        client.get("/")


# --- Second factor --------------------------------------------------------------------------


@pytest.fixture
def strict(northwind: Vendor) -> Vendor:
    Vendor.objects.filter(pk=northwind.pk).update(mfa_required=True)
    return northwind


def test_member_without_second_factor_is_told_to_set_one_up(client: Client, strict: Vendor) -> None:
    with tenant(strict):
        member("ona", Role.OWNER)
    sign_in(client, "ona@example.com")

    answer = client.get("/v/northwind/manage/members/?page=2")

    onward = "/v/northwind/manage/members/%3Fpage%3D2"
    assert answer["Location"] == f"/v/northwind/accounts/second-factor/?next={onward}"
    told = client.get(answer["Location"])
    assert told.status_code == 403
    assert 'href="/accounts/2fa/"' in told.content.decode()


def test_member_who_signed_in_with_a_code_is_let_in(client: Client, strict: Vendor) -> None:
    with tenant(strict):
        ona = with_totp(member("ona", Role.OWNER).user)
    client.post("/v/northwind/accounts/login/", {"login": "ona@example.com", "password": PASSWORD})
    assert client.get("/v/northwind/manage/members/").status_code == 302
    client.post("/v/northwind/accounts/2fa/authenticate/", {"code": current_code()})

    assert client.session["_auth_user_id"] == str(ona.pk)
    assert client.get("/v/northwind/manage/members/").status_code == 200


def test_factor_set_up_after_signing_in_is_confirmed_by_a_code(
    client: Client, strict: Vendor
) -> None:
    with tenant(strict):
        ona = member("ona", Role.OWNER).user
    sign_in(client, "ona@example.com")
    with_totp(ona)
    onward = urlencode({"next": "/v/northwind/manage/members/"})
    told = client.get(f"/v/northwind/accounts/second-factor/?{onward}")
    confirm = f"/v/northwind/accounts/2fa/reauthenticate/?{onward}"
    assert f'href="{confirm}"' in told.content.decode()

    answer = client.post(confirm, {"code": current_code()})

    assert answer["Location"] == "/v/northwind/manage/members/"
    assert client.get("/v/northwind/manage/members/").status_code == 200


@pytest.mark.parametrize(
    ("page", "refused"),
    [("manage/members/", 302), ("admin/partners/partner/", 302), ("api/v1/certificates/", 403)],
)
def test_second_factor_is_asked_for_at_every_door_of_the_vendors_people(
    client: Client, strict: Vendor, page: str, refused: int
) -> None:
    with tenant(strict):
        with_totp(member("ona", Role.OWNER).user)
    client.force_login(User.objects.get(email="ona@example.com"))
    before = client.get(f"/v/northwind/{page}").status_code

    client.post("/v/northwind/accounts/2fa/reauthenticate/", {"code": current_code()})

    assert (before, client.get(f"/v/northwind/{page}").status_code) == (refused, 200)


def test_policy_of_one_vendor_is_not_that_of_another(
    client: Client, strict: Vendor, umbra: Vendor
) -> None:
    with tenant(umbra):
        member("ona", Role.OWNER)
    sign_in(client, "ona@example.com")

    assert client.get("/v/umbra/manage/members/").status_code == 200


def test_partner_users_need_no_second_factor(client: Client, strict: Vendor) -> None:
    with tenant(strict):
        member("paul", Role.PARTNER_ADMIN, at=partner("acme"))
    sign_in(client, "paul@example.com")

    assert client.get("/v/northwind/portal/acme/members/").status_code == 200


def test_stranger_does_not_learn_the_policy(client: Client, strict: Vendor) -> None:
    user("sven")
    sign_in(client, "sven@example.com")

    assert client.get("/v/northwind/manage/members/").status_code == 404


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_second_factor_page_leads_nowhere_else(
    client: Client, northwind: Vendor, onward: str
) -> None:
    user("mara")
    sign_in(client)

    answer = client.get("/v/northwind/accounts/second-factor/", {"next": onward})

    assert answer["Location"] == "/v/northwind/enter/"


# --- Operator -------------------------------------------------------------------------------

FOUNDING = {
    "name": "Umbra",
    "slug": "umbra",
    "award_prefix": "UM",
    "time_zone": "Asia/Tokyo",
    "language": "en",
    "owner_email": "ursa@example.com",
}


def test_operator_page_does_not_exist_for_members(client: Client, mara: User) -> None:
    client.force_login(mara)

    assert client.get("/operator/").status_code == 404
    assert client.post("/operator/", FOUNDING).status_code == 404
    assert Vendor.objects.count() == 1


def test_operator_page_asks_anonymous_visitors_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/operator/")["Location"] == "/accounts/login/?next=/operator/"


def test_operator_founds_a_vendor(client: Client, northwind: Vendor) -> None:
    client.force_login(user("olga", is_operator=True))
    assert client.get("/")["Location"] == "/operator/"

    page = client.post("/operator/", FOUNDING, follow=True).content.decode()

    umbra = Vendor.objects.get(slug="umbra")
    assert "Northwind" in page
    assert "Umbra is founded" in page
    with tenant(umbra):
        assert Invitation.objects.get().email == "ursa@example.com"


def test_operator_is_told_at_the_field_why_not(client: Client, northwind: Vendor) -> None:
    client.force_login(user("olga", is_operator=True))

    answer = client.post("/operator/", {**FOUNDING, "slug": "northwind", "time_zone": "UTC"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"slug": ["“northwind” is taken."]}


def test_operator_sees_no_workspace(client: Client, northwind: Vendor) -> None:
    client.force_login(user("olga", is_operator=True))

    assert client.get("/v/northwind/manage/members/").status_code == 404


def test_commands_make_an_operator_and_a_vendor(db: None) -> None:
    said = StringIO()

    call_command("create_operator", "olga@example.com", "--name", "Olga", stdout=said)
    call_command(
        *["create_vendor", "umbra", "--name", "Umbra", "--award-prefix", "UM"],
        *["--owner-email", "ursa@example.com", "--by", "olga@example.com"],
        stdout=said,
    )

    with tenant(Vendor.objects.get(slug="umbra")):
        assert Invitation.objects.get().role == Role.OWNER
    assert "ursa@example.com is invited" in said.getvalue()


def test_command_needs_an_operator(db: None) -> None:
    user("sven")

    for by, problem in [("sven@example.com", "not an operator"), ("no@example.com", "no login")]:
        with pytest.raises(CommandError, match=problem):
            call_command(
                *["create_vendor", "umbra", "--name", "Umbra", "--award-prefix", "UM"],
                *["--owner-email", "ursa@example.com", "--by", by],
            )
