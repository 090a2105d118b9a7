"""The people that programs share: one competition for a partner, asked by every criterion.

Layers: asked (what one program asks for), seatings (what an allocation says to a criterion), pools
(programs that count their people together), sharing.
"""

from accreditation.criteria.sharing.asked import Entrant, earlier_seats
from accreditation.criteria.sharing.sharing import Sharing

__all__ = ["Entrant", "Sharing", "earlier_seats"]
