"""Makes the message of an outbox row: text first, then HTML, for one recipient."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override

from partners.mail.templates import Words, fill, template_named
from partners.models import OutboxItem, Vendor

_SHELL = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{subject}</title></head>
<body style="margin:0;background:#f4f4f5;color:#18181b;font:16px/1.5 system-ui,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" cellpadding="0" cellspacing="0" style="max-width:560px;margin:24px 0;\
background:#ffffff;border-top:4px solid {brand_color}"><tr><td style="padding:24px">
<p style="margin:0 0 16px;font-weight:600">{vendor}</p>
{paragraphs}
<p style="margin:24px 0"><a href="{url}" style="display:inline-block;padding:12px 20px;\
background:#18181b;color:#ffffff;text-decoration:none">{link}</a></p>
<p style="margin:0;color:#52525b;font-size:14px;overflow-wrap:anywhere">{url}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
"""


def message_of(
    item: OutboxItem, vendor: Vendor, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """Return the message of an outbox row; every attempt gives it the same Message-ID.

    :raises UnknownTemplate: if the row names no e-mail of ours.
    :raises ValueError: for an address of the link that is not http or https.
    """
    template = template_named(item.template)
    language, words = template.in_language(item.language)
    with override(language):
        # One line each: a name cannot pretend to be a paragraph or a header of ours.
        given = {name: " ".join(str(value).split()) for name, value in item.parameters.items()}
        said = given | {name: derive(given) for name, derive in template.derive.items()}
    if not said["url"].startswith(("https://", "http://")):
        raise ValueError("The link of an e-mail must begin with https:// or http://.")
    filled = Words(
        subject=fill(words.subject, said),
        paragraphs=tuple(fill(paragraph, said) for paragraph in words.paragraphs),
        link=fill(words.link, said),
    )
    message = EmailMultiAlternatives(
        subject=filled.subject,
        body=_text(filled, said["url"]),
        to=[item.recipient],
        headers={
            "Message-ID": message_id(item),
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
        },
        connection=connection,
    )
    message.attach_alternative(_html(filled, said["url"], language, vendor), "text/html")
    return message


def message_id(item: OutboxItem) -> str:
    """Return the identifier by which a repeated delivery is recognized."""
    digest = hashlib.sha256(f"{item.vendor_id}:{item.dedupe_key}".encode()).hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{digest}@{domain}>"


def _text(words: Words, url: str) -> str:
    return "\n\n".join((*words.paragraphs, f"{words.link}:\n{url}")) + "\n"


def _html(words: Words, url: str, language: str, vendor: Vendor) -> SafeString:
    paragraphs = format_html_join(
        "\n", '<p style="margin:0 0 16px">{}</p>', ((text,) for text in words.paragraphs)
    )
    return format_html(
        _SHELL,
        language=language,
        subject=words.subject,
        vendor=vendor.name,
        brand_color=vendor.brand_color,
        paragraphs=paragraphs,
        link=words.link,
        url=url,
    )
