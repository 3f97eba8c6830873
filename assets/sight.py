"""How large a number must be so that the farthest reader can read it. Pure; whatever shows numbers reckons it by this."""

LEAST_MM = 76.2
"""Capital height of a sign that hangs over people's heads, whatever the distance (ADA 703.5.5: 3 inches)."""
LEAST_UNTIL_M = 6.4008
"""Up to 21 feet that is enough (ADA 703.5.5)."""
MM_PER_M = 10.4167
"""Each metre beyond adds so much: an eighth of an inch for a foot (ADA 703.5.5). 114 mm at 10 m, 218 mm at 20 m."""


def readable_mm(viewing_m: float) -> float:
    """The capital height that a number needs to be read from so far, in millimetres."""
    return LEAST_MM + max(0.0, viewing_m - LEAST_UNTIL_M) * MM_PER_M


def readable_m(capital_mm: float) -> float:
    """From how far a number of this capital height can be read, in metres; 0 where it is too small for any reader."""
    return 0.0 if capital_mm < LEAST_MM else LEAST_UNTIL_M + (capital_mm - LEAST_MM) / MM_PER_M
