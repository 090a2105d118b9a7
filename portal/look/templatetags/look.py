"""Components for templates: ``{% load look %}``.

Every tag that carries meaning writes it as text; pictures are decoration unless they get a label.
Nothing writes a style attribute or a script (strict Content-Security-Policy).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.defaultfilters import floatformat
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.look.components import (
    Action,
    Chip,
    Crumb,
    Meter,
    NavItem,
    RequirementRow,
    SealSpec,
    Step,
    Text,
    Tone,
)
from portal.look.icons import DIRECTED, ICONS
from portal.look.initials import initials_of_company, initials_of_person, tint_of
from portal.look.seal import seal_svg

if TYPE_CHECKING:
    from django.core.paginator import Page

register = template.Library()

# Beyond SOON a date is plain text; from URGENT days on it is red.
SOON, URGENT = timedelta(days=90), timedelta(days=7)
TONE_ICONS = {
    Tone.NEUTRAL: "circle-dashed",
    Tone.OK: "check",
    Tone.WARN: "clock-alert",
    Tone.BAD: "x",
    Tone.INFO: "hourglass",
    Tone.BRAND: "sparkles",
}
NOTE_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.OK: "circle-check",
    Tone.WARN: "clock-alert",
    Tone.BAD: "triangle-alert",
    Tone.INFO: "info",
    Tone.BRAND: "info",
}
MESSAGE_TONES = {
    constants.SUCCESS: Tone.OK,
    constants.WARNING: Tone.WARN,
    constants.ERROR: Tone.BAD,
}
NOTHING = "\N{EN DASH}"
SEAL_SIZES = {"xs": 22, "s": 36, "": 52, "l": 88, "xl": 132}


# Pictures


@register.simple_tag
def icon(name: str, size: str = "", label: Text = "") -> SafeString:
    """Return an icon; ``size`` is "" (16 px), "l" (20) or "xl" (28). With a label it speaks.

    :raises ValueError: for a name that is not in the sprite.
    """
    if name not in ICONS:
        raise ValueError(f"no icon {name!r}")
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    href = f"{static('look/icons.svg')}#{name}"
    classes = " ".join(filter(None, ("i", size, "flip" if name in DIRECTED else "")))
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" {}><use href="{}"/></svg>', classes, spoken, href
    )


@register.simple_tag
def seal(spec: SealSpec, size: str = "", label: Text = "") -> SafeString:
    """Return a seal beside a designation's name; ``size`` is xs, s, "", l or xl."""
    svg = seal_svg(
        spec.kind,
        spec.rank,
        spec.of,
        held=spec.held,
        metal=spec.metal,
        size=SEAL_SIZES[size],
        classes=size,
        label=str(label),
    )
    return mark_safe(svg)  # noqa: S308 - seal_svg escapes the label


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Return a person's initials in a circle, beside their name; ``size`` is "" or "s"."""
    return _initials(initials_of_person(name), name, size)


@register.simple_tag
def monogram(name: str, size: str = "sq") -> SafeString:
    """Return the initials of a company in a square; ``size`` is "sq" or "sq xl"."""
    return _initials(initials_of_company(name), name, size)


def _initials(initials: str, name: str, size: str) -> SafeString:
    classes = " ".join(filter(None, ("av", tint_of(name), size)))
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials)


# Words with a tone


@register.simple_tag
def chip(tone: str | Chip, label: Text = "", icon_name: str = "") -> SafeString:
    """Return a chip, from a ``Chip`` or from tone, label and icon: always icon and word."""
    spec = tone if isinstance(tone, Chip) else Chip(Tone(tone), label, icon_name)
    return format_html(
        '<span class="chip {}">{}{}</span>',
        spec.tone,
        icon(spec.icon or TONE_ICONS[spec.tone]),
        spec.label,
    )


@register.simple_tag
def plain_state(tone: str, label: Text, icon_name: str = "") -> SafeString:
    """Return a state that is no exception ("Counts") as plain text with an icon."""
    classes = "mute" if tone == "" else tone
    return format_html(
        '<span class="yes {}">{}{}</span>',
        classes,
        icon(icon_name or TONE_ICONS[Tone(tone)]),
        label,
    )


@register.simple_tag
def count(number: int, label: Text = "", tone: str = "") -> SafeString:
    """Return a counter bubble; ``label`` completes it for screen readers. Nothing for 0."""
    if not number:
        return SafeString()
    spoken = format_html('<span class="vh"> {}</span>', label) if label else ""
    return format_html(
        '<span class="n {}">{}{}</span>', tone, formats.number_format(number), spoken
    )


@register.simple_block_tag
def note(content: str, tone: str = "info", title: Text = "", role: str = "") -> SafeString:
    """Return a note around its content; ``role`` only if it appears after the page has loaded."""
    context = {
        "content": content,
        "tone": tone,
        "title": title,
        "role": role,
        "icon": NOTE_ICONS[Tone(tone)],
    }
    return render_to_string("look/note.html", context)


# Dates and numbers


@register.simple_tag
def day(value: date | None, empty: Text = NOTHING) -> SafeString | Text:
    """Return a day as ``<time>`` in short ("14 Mar 2027"), or ``empty`` for None."""
    if value is None:
        return empty
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _short(value))


@register.simple_tag
def moment(value: datetime | None, empty: Text = NOTHING) -> SafeString | Text:
    """Return a moment as ``<time>`` in the current time zone, or ``empty`` for None."""
    if value is None:
        return empty
    local = timezone.localtime(value)
    text = f"{_short(local.date())}, {formats.time_format(local, 'H:i')}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


@register.simple_tag
def expiry(through: date | None, today: date, empty: Text = NOTHING) -> SafeString | Text:
    """Return the last day of something: plain beyond 90 days, a warning chip from then, red from 7.

    ``through`` is inclusive; a day before ``today`` is shown as expired.
    """
    if through is None or through - today > SOON:
        return day(through, empty)
    left = through - today
    tone, symbol = ("bad", "calendar-x") if left <= URGENT else ("warn", "calendar-clock")
    return format_html(
        '<span class="chip {}">{}{} · {}</span>',
        tone,
        icon(symbol),
        day(through),
        _days_left(left.days),
    )


def _days_left(days: int) -> str:
    if days < 0:
        return _("expired")
    if days == 0:
        return _("today")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _short(value: date) -> str:
    # Translators: a short date for tables in the syntax of Django's date filter.
    return formats.date_format(value, pgettext("date format", "j M Y"))


@register.filter
def amount(value: Decimal | int | None) -> str:
    """Return a number in the reader's notation without trailing zeros ("4.6", "3"), "" for None."""
    if value is None:
        return ""
    normal = Decimal(value).normalize()
    exponent = normal.as_tuple().exponent
    return str(floatformat(normal, f"{max(0, -exponent) if isinstance(exponent, int) else 0}g"))


@register.filter
def message_tone(message: Message) -> str:
    """Return the tone of a message by its level."""
    return MESSAGE_TONES.get(message.level, Tone.INFO)


# Composed components


@register.inclusion_tag("look/progress.html")
def progress(meter: Meter, size: str = "") -> dict[str, Any]:
    """Draw have against need: up to 10 as segments, above as a bar. The numbers stand beside it."""
    return {"segments": meter.segments, "parts": meter.parts, "size": size}


@register.inclusion_tag("look/job_progress.html")
def job_progress(done: int, total: int, label: Text) -> dict[str, Any]:
    """Draw a ``<progress>`` for long work, with both numbers as text."""
    percent = done * 100 // total if total else 0
    return {"done": done, "total": total, "label": label, "percent": percent}


@register.inclusion_tag("look/requirement.html")
def requirement(row: RequirementRow, today: date) -> dict[str, Any]:
    """Draw a requirement row: state, rule, have and need, and on opening what counts and why."""
    return {"row": row, "chip": row.state.chip, "today": today}


@register.inclusion_tag("look/crumbs.html")
def crumbs(items: Sequence[Crumb]) -> dict[str, Any]:
    """Draw the way to this page; the last crumb is the page itself."""
    return {"items": items}


@register.inclusion_tag("look/tabs.html")
def tabs(items: Sequence[NavItem], label: Text) -> dict[str, Any]:
    """Draw links as tabs; ``label`` names the group ("Evidence by state")."""
    return {"items": items, "label": label}


@register.inclusion_tag("look/nav.html")
def nav_items(items: Sequence[NavItem], with_icons: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - template tags have no keyword-only arguments
    """Draw navigation links; used by the shells."""
    return {"items": items, "with_icons": with_icons}


@register.inclusion_tag("look/steps.html")
def steps(items: Sequence[Step]) -> dict[str, Any]:
    """Draw a plan, history or import as numbered steps."""
    return {"items": items}


@register.inclusion_tag("look/empty.html")
def empty_state(
    title: Text,
    text: Text = "",
    icon_name: str = "inbox",
    actions: Sequence[Action] = (),
    tone: str = "",
) -> dict[str, Any]:
    """Draw what belongs here, why it is empty and what to do (``{% empty %}`` is ``for``'s)."""
    return {"title": title, "text": text, "icon_name": icon_name, "actions": actions, "tone": tone}


@register.inclusion_tag("look/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]", parameter: str = "page") -> dict[str, Any]:
    """Draw first and last row, total, previous and next page; other query parameters are kept."""
    return {"page": page, "parameter": parameter, "request": context.get("request")}


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, parameter: str) -> str:
    """Return the address of a page of the list, with the other query parameters kept."""
    request = context.get("request")
    query = request.GET.copy() if isinstance(request, HttpRequest) else QueryDict(mutable=True)
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("look/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Draw all errors of a form with links to their fields; nothing if there is none."""
    fields = [field for field in form if field.errors and not field.is_hidden]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    general = [*form.non_field_errors(), *hidden]
    number = sum(len(field.errors) for field in fields) + len(general)
    return {"fields": fields, "general": general, "number": number}
