"""Courses, their catalog and pauses of certificates mark the partners they concern as due."""

from django.db import migrations

from accreditation.due_triggers import MarksDue


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0008_criterion_decisions"),
        ("enablement", "0003_courses_pauses_and_lives"),
    ]

    operations = [
        MarksDue(
            "enablement_coursecompletion",
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN partners_employment e ON e.person_id = c.person_id AND e.vendor_id = c.vendor_id",
        ),
        MarksDue(
            "enablement_course",
            # What is supported may change for everybody who took it.
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN enablement_coursecompletion f "
            "ON f.course_id = c.id AND f.vendor_id = c.vendor_id "
            "JOIN partners_employment e ON e.person_id = f.person_id AND e.vendor_id = f.vendor_id",
        ),
        MarksDue(
            "enablement_certificatepause",
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN enablement_certificate h "
            "ON h.id = c.certificate_id AND h.vendor_id = c.vendor_id "
            "JOIN partners_employment e ON e.person_id = h.person_id AND e.vendor_id = h.vendor_id",
        ),
    ]
