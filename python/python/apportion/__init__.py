"""Votes into seats, exactly: for any input either the exact answer, with every tie in the open, or an error that names
the place.

    >>> import apportion
    >>> apportion.allocate([340, 280, 160, 60], 7, "dhondt").seats
    [3, 3, 1, 0]

- `allocate` and `Method`: votes and a number of seats to seats.
- `allocate_rows`, `allocate_groups`, `allocate_table`: many elections at once, from numpy, pandas, Polars and Arrow.
- `Rule`, `Tally`, `Count`, `Election`: a law, what was counted in one place or in many, and both as a document;
  `Outcome`: what comes out, by party, place and tier, and why.
- `Prepared`: a law applied to many draws of one count, from numpy.
- `laws`: a catalogue of national laws.
- `ApportionError` and `TieError`: an input without an answer, and seats asked for while a tie is open.
"""

from ._apportion import Allocation, ApportionError, Method, TieError, allocate
from ._election import Comparison, Count, Election, Rule, Tally
from ._laws import Law, laws
from ._many import Allocations, OpenTie, allocate_groups, allocate_rows, allocate_table
from ._outcome import (
    Choice,
    Margin,
    Margins,
    Outcome,
    Outlook,
    PartyOutcome,
    PartyOutlook,
    PlaceOutcome,
    Tie,
    TierOutcome,
    Unseated,
    Verdict,
    Way,
)
from ._prepared import Draws, Prepared

__all__ = [
    "Allocation",
    "Allocations",
    "ApportionError",
    "Choice",
    "Comparison",
    "Count",
    "Draws",
    "Election",
    "Law",
    "Margin",
    "Margins",
    "Method",
    "OpenTie",
    "Outcome",
    "Outlook",
    "PartyOutcome",
    "PartyOutlook",
    "PlaceOutcome",
    "Prepared",
    "Rule",
    "Tally",
    "Tie",
    "TieError",
    "TierOutcome",
    "Unseated",
    "Verdict",
    "Way",
    "allocate",
    "allocate_groups",
    "allocate_rows",
    "allocate_table",
    "laws",
]
