"""The customers for whom partners work."""

from django.db import models
from django.db.models import F, Q

from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class Customer(TenantModel):
    """An organization for which partners work; known to the vendor, not to one partner.

    Known by the vendor's own id of it, or by its name if it has none. Two entries of one customer
    are linked: ``merged_into`` is the one that survives, which is never merged itself.
    """

    name = models.CharField(max_length=200)
    external_id = models.CharField(max_length=80, blank=True, default="")
    register_number = models.CharField(
        max_length=80, blank=True, default="", help_text="In a trade or company register."
    )
    country = models.CharField(max_length=2, blank=True, default="", help_text="ISO 3166-1 alpha-2")
    industry = models.CharField(max_length=80, blank=True, default="")
    size = models.CharField(max_length=80, blank=True, default="", help_text="The vendor's word.")
    merged_into = TenantForeignKey(
        "documents.Customer", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    merge_reason = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=40, help_text="workspace, import, api, …")
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "external_id"],
                condition=~Q(external_id=""),
                name="documents_customer_external_id",
            ),
            models.UniqueConstraint(
                fields=["vendor", "name"],
                condition=Q(external_id=""),
                name="documents_customer_name",
            ),
            models.CheckConstraint(
                name="documents_customer_country",
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="documents_customer_merge",
                condition=Q(merged_into__isnull=True, merge_reason="")
                | (Q(merged_into__isnull=False) & ~Q(merge_reason="")),
            ),
            models.CheckConstraint(
                name="documents_customer_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["vendor", "name"], name="documents_customer_named"),
        ]

    def __str__(self) -> str:
        return self.name
