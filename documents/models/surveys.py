"""What customers answered in the vendor's satisfaction survey."""

from django.db import models

from documents.models.customers import Customer
from documents.models.partner_facts import PartnerFact
from documents.models.projects import Deployment
from partners.tenancy.keys import TenantForeignKey


class SurveyResponse(PartnerFact):
    """A customer's answer about one service; the partner can never write it.

    ``score`` is on the scale of the vendor's survey, exactly as it was given.
    """

    customer = TenantForeignKey(Customer, models.PROTECT, related_name="survey_responses")
    deployment = TenantForeignKey(
        Deployment, models.PROTECT, null=True, blank=True, related_name="survey_responses"
    )
    service_type = models.CharField(max_length=80, blank=True, default="")
    score = models.DecimalField(max_digits=9, decimal_places=4)
    answered_on = models.DateField()

    class Meta(PartnerFact.Meta):
        pass
