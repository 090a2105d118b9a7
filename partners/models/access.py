"""Logins and what they may do."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from partners.enums import PARTNER_ROLES, MembershipRole
from partners.models.partners import Partner
from partners.tenancy.keys import TenantForeignKey, new_id
from partners.tenancy.models import TenantModel


class UserManager(BaseUserManager["User"]):
    """Makes users; everything else about them is an operation."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new user; the address is stored in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this address, whatever its case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A login, global by e-mail. Without Django's groups and permissions: see ``rules``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(
        default=False, help_text="Runs the platform; is no member of any vendor by that."
    )
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """Return the name to show: the person's own, else the address."""
        return self.name or self.email


_PARTNER_SIDE = Q(role__in=sorted(PARTNER_ROLES))


class Membership(TenantModel):
    """What one login may do at the vendor, or at one of its partners."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=MembershipRole.choices)
    partner = TenantForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="partners_membership_side",
                condition=(_PARTNER_SIDE & Q(partner__isnull=False))
                | (~_PARTNER_SIDE & Q(partner__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["vendor", "user"],
                condition=Q(partner__isnull=True, ended_at__isnull=True),
                name="partners_membership_one_vendor_side",
            ),
            models.UniqueConstraint(
                fields=["vendor", "user", "partner"],
                condition=Q(partner__isnull=False, ended_at__isnull=True),
                name="partners_membership_one_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role}"


class Invitation(TenantModel):
    """An offer of one membership, bound to one address, used once. Only a digest is stored."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=MembershipRole.choices)
    partner = TenantForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    token_digest = models.CharField(max_length=64)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "token_digest"], name="partners_invitation_token"
            ),
            models.CheckConstraint(
                name="partners_invitation_side",
                condition=(_PARTNER_SIDE & Q(partner__isnull=False))
                | (~_PARTNER_SIDE & Q(partner__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class ApiKey(TenantModel):
    """A machine's key: belongs to a vendor and acts in one membership role."""

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=16, help_text="Shown to recognize the key.")
    secret_digest = models.CharField(max_length=64)
    role = models.CharField(max_length=20, choices=MembershipRole.choices)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vendor", "prefix"], name="partners_apikey_prefix"),
            models.CheckConstraint(name="partners_apikey_vendor_side", condition=~_PARTNER_SIDE),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"
