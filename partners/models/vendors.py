"""The tenant."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models

from partners.tenancy.keys import new_id


class Vendor(models.Model):
    """The company whose partner program it is. A global table: it holds no vendor's data."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(
        max_length=64, default="UTC", help_text="The one time zone of all rules of this vendor."
    )
    language = models.CharField(max_length=12, default="en")
    brand_color = models.CharField(
        max_length=7, default="#3b46b8", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    award_prefix = models.CharField(
        max_length=6, validators=[RegexValidator(r"^[A-Z]{2,6}$")], help_text="Opens award numbers."
    )
    mfa_required = models.BooleanField(
        default=False, help_text="Vendor-side members must have signed in with a second factor."
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partners_vendor_brand_color",
                condition=models.Q(brand_color__regex=r"^#[0-9a-f]{6}$"),
            ),
            models.CheckConstraint(
                name="partners_vendor_award_prefix",
                condition=models.Q(award_prefix__regex=r"^[A-Z]{2,6}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def day_of(self, moment: datetime) -> date:
        """Return the calendar day of a moment in the vendor's zone: the day all rules use."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()
