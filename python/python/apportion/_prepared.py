"""A law applied to many draws of one election, over numpy's memory and without the interpreter's lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import _apportion
from ._apportion import ApportionError
from ._columns import Whole, column, is_table, names, table_of, whole
from ._election import Count, Election, Rule, Tally
from ._many import OpenTie


@dataclass(frozen=True)
class Draws:
    """What comes out of many draws; rows are counted from 0."""

    seats: Whole
    """The seats of each row that are certain, a column for each of the law's `outputs`; 0 in rows without an answer."""
    ties: list[OpenTie]
    """The ties that nobody asks about: the row, the tied columns of the votes, the seats left among them."""
    open: list[int]
    """Other rows whose end is open: the law had to know who wins a tie, or where a seat goes."""
    errors: dict[int, str] = field(default_factory=dict)
    """Why a row has no answer; it spoils no other."""


class Prepared:
    """A law made ready for many draws of the parties and places of one count, whose other ballots stay.

    `inputs` names the columns of the votes and `outputs` those of the seats, each a place ("" for the nation) and a party:
    districts in the order of the document, then the places that only receive seats.

        >>> import apportion
        >>> rule = apportion.Rule("hare", 98, threshold="7%", admit_at_least=2)
        >>> tally = apportion.Tally({"Nur Otan": 0, "Ak Zhol": 0, "CPPK": 0, "OSDP": 0})
        >>> prepared = apportion.Prepared(rule, tally)
        >>> prepared.apply([[5_621_436, 518_405, 498_788, 116_534], [6_000_000, 300_000, 250_000, 100_000]]).seats
        array([[83,  8,  7,  0],
               [93,  5,  0,  0]], dtype=uint64)
    """

    __slots__ = ("_document", "inputs", "outputs")

    inputs: list[tuple[str, str]]
    outputs: list[tuple[str, str]]

    def __init__(self, rule: Rule | Election, count: Tally | Count | None = None) -> None:
        """A rule with a count, or an election."""
        if isinstance(rule, Election):
            if count is not None:
                raise TypeError("an election has a count of its own")
            election = rule
        elif count is None:
            raise TypeError("a rule is prepared for a count")
        else:
            election = Election(rule, count)
        self._document = election._document
        self.inputs, self.outputs = _apportion.prepared_columns(self._document)

    def apply(self, votes: Any, *, parallel: bool = False) -> Draws:
        """Applies the law to each row of a two-dimensional array, whose columns are `inputs`.

        It is read in place if it is a C-contiguous one of int64 or uint64, and copied if not. Where there is one place, a
        table with a column a party does as well. `parallel` uses all cores, and gives the same answer.

        `ApportionError` for an array with other columns; rows without an answer are no error.
        """
        array = self._of_table(votes) if is_table(votes) else whole(votes, "votes", 2)
        if array.shape[1] != len(self.inputs):
            raise ApportionError(f"there are {array.shape[1]} columns, but the law takes {len(self.inputs)}: see `inputs`")
        seats, ties, open_rows, errors = _apportion.prepared_rows(self._document, array, parallel)
        return Draws(seats, [OpenTie(*tie) for tie in ties], open_rows, dict(errors))

    def _of_table(self, votes: Any) -> Whole:
        table = table_of(votes)
        parties = [party for _, party in self.inputs]
        if len({place for place, _ in self.inputs}) > 1:
            raise TypeError("votes in several places are an array with the columns of `inputs`")
        unknown = [name for name in names(table) if name not in parties]
        if unknown:
            raise ApportionError(f"the table has a column {unknown[0]!r}, which is no party of the law's count")
        return np.column_stack([whole(column(table, name), f"column {name!r}") for name in parties])

    def seats_of(self, draws: Draws, place: str = "") -> Mapping[str, Whole]:
        """The seats of each party in one place, the nation unless it is named, row by row."""
        found = {party: draws.seats[:, at] for at, (there, party) in enumerate(self.outputs) if there == place}
        if not found:
            raise ApportionError(f"there is no place {place!r} among `outputs`")
        return found
