"""Votes into seats, exactly: for any input either the exact answer, with every tie in the open, or an error that names
the place.

    >>> import apportion
    >>> apportion.allocate([340, 280, 160, 60], 7, "dhondt").seats
    [3, 3, 1, 0]

- `allocate` and `Method`: votes and a number of seats to seats.
- `allocate_rows`, `allocate_groups`, `allocate_table`: many elections at once, from numpy, pandas, Polars and Arrow.
- `Rule`, `Tally`, `Election`: a law, what was counted, and both as a document; `Outcome`: what comes out, and why.
- `laws`: a catalogue of national laws.
- `ApportionError` and `TieError`: an input without an answer, and seats asked for while a tie is open.
"""

from ._apportion import Allocation, ApportionError, Method, TieError, allocate
from ._election import Election, Rule, Tally
from ._laws import Law, laws
from ._many import Allocations, OpenTie, allocate_groups, allocate_rows, allocate_table
from ._outcome import DistrictOutcome, Margin, Margins, Outcome, Outlook, PartyOutcome, PartyOutlook, Tie, Verdict

__all__ = [
    "Allocation",
    "Allocations",
    "ApportionError",
    "DistrictOutcome",
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
    "Rule",
    "Tally",
    "Tie",
    "TieError",
    "Verdict",
    "allocate",
    "allocate_groups",
    "allocate_rows",
    "allocate_table",
    "laws",
]
