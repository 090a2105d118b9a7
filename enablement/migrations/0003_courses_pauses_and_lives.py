"""Courses, pauses of certificates, and rules by which certificates live."""

import django.db.models.deletion
from django.db import migrations, models

import partners.tenancy.keys
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [
        ("enablement", "0002_vendor_isolation"),
        ("partners", "0009_attributes"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="end_is_stated",
            field=models.BooleanField(
                default=False, help_text="The issuer said when it ends: no rule moves that."
            ),
        ),
        migrations.AddField(
            model_name="certification",
            name="life",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="How its certificates live beyond that: a life rule.",
            ),
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.tenancy.keys.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("family", models.SlugField(blank=True, default="", max_length=80)),
                ("released_on", models.DateField(blank=True, null=True)),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Months from the day it is finished; empty: no end.",
                        null=True,
                    ),
                ),
                ("cutoffs", models.JSONField(blank=True, default=list)),
                (
                    "retired_on",
                    models.DateField(
                        blank=True, help_text="First day no longer on offer.", null=True
                    ),
                ),
                (
                    "vendor",
                    partners.tenancy.keys.VendorKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.vendor",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="CourseCompletion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.tenancy.keys.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("completed_on", models.DateField()),
                (
                    "expires_on",
                    models.DateField(
                        blank=True, help_text="First day it does not count.", null=True
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The vendor's word: online, classroom.",
                        max_length=40,
                    ),
                ),
                ("source", models.CharField(help_text="workspace, import, api, …", max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                (
                    "course",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completions",
                        to="enablement.course",
                    ),
                ),
                (
                    "person",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="course_completions",
                        to="partners.person",
                    ),
                ),
                (
                    "vendor",
                    partners.tenancy.keys.VendorKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.vendor",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="CertificatePause",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.tenancy.keys.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("started_on", models.DateField()),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="First day it counts again.", null=True),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("inactive", "Inactive"),
                            ("suspended", "Suspended"),
                            ("honorary", "Honorary"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("by_rule", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "certificate",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="enablement.certificate",
                    ),
                ),
                (
                    "vendor",
                    partners.tenancy.keys.VendorKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.vendor",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="enablement_certificatepause_period",
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="certificate", name="enablement_certificatepause_certificate_vendor"
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="enablement_certificatepause_key"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                fields=("vendor", "key"), name="enablement_course_key_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                fields=("id", "vendor"), name="enablement_course_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=models.UniqueConstraint(
                fields=("vendor", "person", "course", "completed_on"),
                name="enablement_coursecompletion_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True),
                    ("expires_on__gt", models.F("completed_on")),
                    _connector="OR",
                ),
                name="enablement_coursecompletion_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("withdrawn_at__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False), models.Q(("reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="enablement_coursecompletion_withdrawal",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=partners.tenancy.keys.SameVendor(
                field="person", name="enablement_coursecompletion_person_vendor"
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=partners.tenancy.keys.SameVendor(
                field="course", name="enablement_coursecompletion_course_vendor"
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=models.UniqueConstraint(
                fields=("id", "vendor"), name="enablement_coursecompletion_key"
            ),
        ),
        VendorIsolation("enablement_course"),
        VendorIsolation("enablement_coursecompletion"),
        VendorIsolation("enablement_certificatepause"),
        # An end that is not the one of the certification was stated by the issuer.
        migrations.RunSQL(
            """
            UPDATE enablement_certificate AS held SET end_is_stated = true
              FROM enablement_certification AS what
             WHERE what.id = held.certification_id AND what.vendor_id = held.vendor_id
               AND held.expires_on IS DISTINCT FROM
                   (held.awarded_on + make_interval(months => what.validity_months))::date
            """,
            migrations.RunSQL.noop,
        ),
    ]
