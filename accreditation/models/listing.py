"""What the public may see of a partner: the published projection."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from partners.models import Partner
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class Listing(TenantModel):
    """One row per partner that holds a public designation; written by evaluation, read by pages.

    Alone among the walled tables its rows may be read without a vendor, so that searching it can
    use every index. It holds nothing that the directory does not show.
    """

    partner = TenantForeignKey(Partner, models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    name_language = models.CharField(max_length=12, blank=True, default="")
    summary = models.JSONField(default=dict)
    website = models.URLField(blank=True, default="")
    industries = models.JSONField(default=list)
    locations = models.JSONField(default=list, help_text="[{city, region, country, lat, lon}]")
    designations = models.JSONField(
        help_text="[{program, kind, level, rank, ranks, designation, name, since, until, award}]"
    )
    programs = ArrayField(models.CharField(max_length=80), help_text="Keys, for filtering.")
    levels = ArrayField(models.CharField(max_length=160), help_text="program:level keys.")
    countries = ArrayField(models.CharField(max_length=2))
    search = models.TextField(help_text="Lower-case text without accents.")
    weight = models.IntegerField(
        default=0, help_text="More accreditations and higher levels first."
    )
    listed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "partner"], name="accreditation_listing_once"
            ),
            models.UniqueConstraint(fields=["vendor", "slug"], name="accreditation_listing_slug"),
        ]
        indexes = [
            models.Index(fields=["vendor", "-weight", "slug"], name="accreditation_listing_order"),
            GinIndex(
                name="accreditation_listing_search", fields=["search"], opclasses=["gin_trgm_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
