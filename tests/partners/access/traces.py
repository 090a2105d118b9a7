"""What an operation leaves behind: a letter with a link, entries in the audit."""

from __future__ import annotations

from partners.models import AuditEntry, OutboxItem


def token_sent_to(email: str) -> str:
    """Return the token of the newest invitation mailed to the address."""
    item = OutboxItem.objects.filter(recipient=email, template="invitation").latest("id")
    url: str = item.parameters["url"]
    return url.rstrip("/").rsplit("/", 1)[1]


def verbs() -> list[str]:
    """Return what was done so far, in its order."""
    return list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
