"""How people have to work for the partner, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accreditation.criteria.kinds.working import FULL_TIME, Working
from accreditation.criteria.reader import Catalog
from accreditation.sentences.speech import Speech, either


def working_terms(speech: Speech, asked: Working) -> list[str]:
    """Return a clause for everything that is asked of how people work for the partner."""
    terms = []
    if asked.employment:
        kinds = speech.called(Catalog.EMPLOYMENT_KIND, asked.employment)
        terms.append(_("employment: %(kinds)s") % {"kinds": kinds})
    if asked.working_time is not None:
        percent = asked.working_time
        terms.append(
            _("working full time")
            if percent == FULL_TIME
            else _("working at least %(percent)s%% of full time") % {"percent": percent}
        )
    if asked.job_roles:
        roles = speech.called(Catalog.JOB_ROLE, asked.job_roles)
        terms.append(_("in the job role %(roles)s") % {"roles": roles})
    if asked.countries:
        countries = speech.called(Catalog.COUNTRY, asked.countries)
        terms.append(_("working in %(countries)s") % {"countries": countries})
    if asked.regions:
        regions = either(asked.regions)
        terms.append(_("working in the region %(regions)s") % {"regions": regions})
    return terms
