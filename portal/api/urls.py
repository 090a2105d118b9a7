"""Addresses of the API, below ``/api/v1/`` of a vendor."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from accreditation.api import (
    AccreditationsOfPartners,
    ProgramChecks,
    Programs,
    ProgramVersions,
)
from documents.api import Deployments
from enablement.api import Certificates
from partners.api.partners import Partners
from portal.api.views import Docs, Schema, UnknownAddress

app_name = "api"

router = SimpleRouter(use_regex_path=False)
router.register("certificates", Certificates, basename="certificates")
router.register("deployments", Deployments, basename="deployments")
router.register("partners", Partners, basename="partners")
router.register("partners", AccreditationsOfPartners, basename="accreditations")
router.register("programs", Programs, basename="programs")
router.register("programs/<slug:program>/versions", ProgramVersions, basename="program-versions")
router.register("program-checks", ProgramChecks, basename="program-checks")

urlpatterns = [
    *router.urls,
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    re_path("", UnknownAddress.as_view(), name="unknown"),
]
