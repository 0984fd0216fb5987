"""The data set of interim report 4; the demo shows the same."""

from services.demo_figures import AREAS, CLOSED, NO, SINCE, VISITS, YES, places, spread, sums

__all__ = ["AREAS", "CLOSED", "NO", "SINCE", "VISITS", "YES", "places", "spread", "sums"]
