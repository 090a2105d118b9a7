"""The worker and its static schedule.

Every entry says "sweep what is due", so a missed, doubled or late tick is harmless: PostgreSQL is
the record, the queue only a doorbell.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("laurel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "evaluate what is due": {"task": "accreditation.sweep_due", "schedule": 30.0},
    "deliver what is due": {"task": "partners.sweep_outbox", "schedule": 30.0},
    "run forgotten jobs": {"task": "partners.sweep_jobs", "schedule": 30.0},
    "seal the audit log": {"task": "partners.seal_audit", "schedule": 900.0},
}
