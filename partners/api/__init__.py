"""What every endpoint of the API is built from.

Endpoints live in each app's ``api.py`` for its own nouns; the addresses and the documentation are
put together in ``portal.api``. This module holds only what the settings name: no views.
"""

from partners.api.authentication import ApiKeyAuthentication, MemberSessionAuthentication
from partners.api.pages import CursorPages
from partners.api.parser import StrictJSONParser
from partners.api.permission import DeclaredPermission
from partners.api.problems import problem_response

__all__ = [
    "ApiKeyAuthentication",
    "CursorPages",
    "DeclaredPermission",
    "MemberSessionAuthentication",
    "StrictJSONParser",
    "problem_response",
]
