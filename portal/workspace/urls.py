"""Addresses of the vendor's workspace: ``manage/``. Who gets in is in ``members_urls``."""

from django.urls import path

from portal.workspace.certificates import (
    CorrectCertificate,
    RecordCertificate,
    RevokeCertificate,
)
from portal.workspace.dashboard import Dashboard
from portal.workspace.deployments import Deployments, WithdrawDeployment
from portal.workspace.imports import ImportDetail, ImportProblems, Imports, NewImport
from portal.workspace.notices import OwnNotices
from portal.workspace.partner import (
    AccreditationDetail,
    JudgeAgain,
    PartnerDetail,
    StartAccreditation,
)
from portal.workspace.partners import EditPartner, NewPartner, Partners
from portal.workspace.people import ChangeWork, EndEmployment, NewPerson
from portal.workspace.programs import NewDraft, ProgramDetail, Programs, PublishVersion
from portal.workspace.versions import VersionDetail, VersionDocument, WithdrawVersion

app_name = "workspace"

_PARTNER = "partners/<slug:partner>/"

urlpatterns = [
    path("", Dashboard.as_view(), name="dashboard"),
    path("notices/", OwnNotices.as_view(), name="notices"),
    path("partners/", Partners.as_view(), name="partners"),
    path("partners/new/", NewPartner.as_view(), name="partner_new"),
    path(_PARTNER, PartnerDetail.as_view(), name="partner"),
    path(f"{_PARTNER}edit/", EditPartner.as_view(), name="partner_edit"),
    path(f"{_PARTNER}judge/", JudgeAgain.as_view(), name="partner_judge"),
    path(
        f"{_PARTNER}accreditations/<slug:program>/",
        AccreditationDetail.as_view(),
        name="accreditation",
    ),
    path(
        f"{_PARTNER}accreditations/<slug:program>/start/",
        StartAccreditation.as_view(),
        name="accreditation_start",
    ),
    path(f"{_PARTNER}people/new/", NewPerson.as_view(), name="person_new"),
    path(
        f"{_PARTNER}people/<uuid:employment>/change/",
        ChangeWork.as_view(),
        name="employment_change",
    ),
    path(
        f"{_PARTNER}people/<uuid:employment>/end/",
        EndEmployment.as_view(),
        name="employment_end",
    ),
    path(f"{_PARTNER}certificates/new/", RecordCertificate.as_view(), name="certificate_new"),
    path(
        "certificates/<uuid:certificate>/correct/",
        CorrectCertificate.as_view(),
        name="certificate_correct",
    ),
    path(
        "certificates/<uuid:certificate>/revoke/",
        RevokeCertificate.as_view(),
        name="certificate_revoke",
    ),
    path(f"{_PARTNER}deployments/", Deployments.as_view(), name="deployments"),
    path(
        "deployments/<uuid:deployment>/withdraw/",
        WithdrawDeployment.as_view(),
        name="deployment_withdraw",
    ),
    path("imports/", Imports.as_view(), name="imports"),
    path("imports/new/", NewImport.as_view(), name="import_new"),
    path("imports/<uuid:job>/", ImportDetail.as_view(), name="import"),
    path("imports/<uuid:job>/problems.csv", ImportProblems.as_view(), name="import_problems"),
    path("programs/", Programs.as_view(), name="programs"),
    path("drafts/new/", NewDraft.as_view(), name="draft_new"),
    path("programs/<slug:program>/", ProgramDetail.as_view(), name="program"),
    path("programs/<slug:program>/versions/<int:number>/", VersionDetail.as_view(), name="version"),
    path(
        "programs/<slug:program>/versions/<int:number>/document.yaml",
        VersionDocument.as_view(),
        name="version_document",
    ),
    path(
        "programs/<slug:program>/versions/<int:number>/publish/",
        PublishVersion.as_view(),
        name="version_publish",
    ),
    path(
        "programs/<slug:program>/versions/<int:number>/withdraw/",
        WithdrawVersion.as_view(),
        name="version_withdraw",
    ),
]
