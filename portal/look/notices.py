"""What a member was told, alike in the workspace and in a partner's portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accreditation.queries.notices import WordedNotice, worded
from partners.models import Notice
from partners.operations.notices import mark_read
from partners.queries.notices import inbox, unread_count
from partners.rules import Actor
from portal.look.components import Text

PAGE_SIZE = 50

UrlOf = Callable[[WordedNotice], str]
"""Where a notice leads on a surface; empty for nowhere."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in words; ``url`` is empty where it leads nowhere."""

    text: str
    created_at: datetime
    is_new: bool
    url: str


def notice_lines(notices: Iterable[Notice], url_of: UrlOf) -> list[NoticeLine]:
    """Return notices as lines, in the order given and in the language of the moment."""
    return [
        NoticeLine(one.text, one.created_at, one.is_new, url_of(one)) for one in worded(notices)
    ]


class Notices:
    """Adds the inbox, the newest first, to a member page; ``lede`` and ``empty`` are its words.

    The page it is added to draws its own frame: ``page(status=…, **context)``.
    """

    lede: ClassVar[Text]
    empty: ClassVar[Text]
    actor: Actor
    now: datetime
    page: Callable[..., HttpResponse]
    notice_url: UrlOf

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Show one page of notices."""
        shown = Paginator(inbox(self.actor), PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            shown=shown,
            notices=notice_lines(shown.object_list, self.notice_url),
            unread=unread_count(self.actor),
            lede=self.lede,
            empty=self.empty,
        )

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Mark all as read."""
        mark_read(by=self.actor, now=self.now)
        return redirect(request.path)
