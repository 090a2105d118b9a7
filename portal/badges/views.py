"""Verification: the live page of an award, its picture, and the form that finds it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import get_conditional_response

from accreditation.queries.awards import public_award
from portal.badges.awards import badge_of, card_of, checked_at
from portal.badges.forms import VerifyForm
from portal.badges.picture import badge_svg
from portal.look.public import PublicPage, public_address


class AwardPage(PublicPage):
    """What an award is worth now: status, sentence, facts."""

    section = "badges:verify"

    def get(self, _request: HttpRequest, number: str) -> HttpResponse:
        """Show the award, also one that ended; a page of its own where there is none."""
        found = public_award(number.upper())
        if found is None:
            context = {"number": number, "form": VerifyForm()}
            return self.draw("badges/no_such_award.html", context, status=404)
        card = card_of(found)
        context = {
            "card": card,
            "canonical": public_address(card.url),
            "checked_at": checked_at(self.now, self.vendor),
            "form": VerifyForm(),
        }
        return self.draw("badges/award.html", context)


class Picture(PublicPage):
    """The badge as a file, drawn from what holds now: the award, or the one that took its place."""

    kept_for = timedelta(minutes=5)

    def get(self, request: HttpRequest, number: str) -> HttpResponseBase:
        """Return the picture in the vendor's language; 304 if the reader has it already."""
        found = public_award(number.upper())
        if found is not None and found.successor is not None:
            # A badge on somebody's website lives on through renewals and changes of level.
            found = public_award(found.successor.number)
        if found is None:
            return HttpResponseNotFound()
        with translation.override(self.vendor.language):
            picture = badge_svg(badge_of(found, self.vendor)).encode()
        response = HttpResponse(
            picture,
            content_type="image/svg+xml; charset=utf-8",
            headers={
                "ETag": f'"{hashlib.sha256(picture).hexdigest()[:32]}"',
                # Opened by itself, the file is a document: it needs nothing, so it may nothing.
                "Content-Security-Policy": "default-src 'none'",
                "Cross-Origin-Resource-Policy": "cross-origin",
            },
        )
        unchanged = get_conditional_response(request, response.headers["ETag"], response=response)
        return unchanged or response


class Verify(PublicPage):
    """Paste a number or an address, land on the award."""

    section = "badges:verify"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the award, or say what is wrong with what was asked."""
        asked = "award" in request.GET
        form = VerifyForm(request.GET if asked else None)
        if not asked:
            return self.draw("badges/verify.html", {"form": form})
        if not form.is_valid():
            return self.draw("badges/verify.html", {"form": form}, status=422)
        number = form.cleaned_data["award"]
        if public_award(number) is None:
            context = {"form": form, "number": number}
            return self.draw("badges/no_such_award.html", context, status=404)
        return redirect("badges:award", number=number)
