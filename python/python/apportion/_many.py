"""Many elections in one call, over numpy's memory and without the interpreter's lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from . import _apportion
from ._apportion import ApportionError, Method, TieError
from ._columns import Whole, column, is_table, like, names, table_of, whole, with_columns

T = TypeVar("T")
MethodLike = Method | str | dict[str, Any]


class OpenTie(NamedTuple):
    """A tie that one election of many ended in."""

    place: Any
    """The row of the election, or its group."""
    parties: list[int]
    """The tied parties: columns of a row, rows of a long table, counted from 0."""
    left: int
    """The seats left among them, fewer than they are, at most one each."""


@dataclass(frozen=True)
class Allocations(Generic[T]):
    """The seats of many elections that are certain, and the ties that are open."""

    certain: T
    """The seats that each party has however the ties go, in the form in which the votes were given."""
    ties: list[OpenTie]
    """The open ties, few or none as a rule, in the order of their elections."""

    @property
    def seats(self) -> T:
        """The seats; `TieError` while a tie is open, with the first one's place."""
        if not self.ties:
            return self.certain
        tie = self.ties[0]
        error = TieError(
            f"{len(self.ties)} of the elections are tied, first {tie.place!r}: {tie.left} left among {tie.parties}"
        )
        error.parties, error.left = tie.parties, tie.left
        raise error


def allocate_rows(votes: Any, seats: int, method: MethodLike, *, parallel: bool = False) -> Allocations[Any]:
    """Gives out `seats` seats in each row, where the columns are parties.

    `votes` is a two-dimensional array, read in place if it is a C-contiguous one of int64 or uint64 and copied if not,
    or a table with a column a party, which comes back as a table of that kind. `parallel` uses all cores, and gives the
    same answer. Nothing may write to the array meanwhile.

    `ApportionError` names the first row without an answer, such as one without votes.
    """
    if not is_table(votes):
        certain, ties = _rows(whole(votes, "votes", 2), seats, method, parallel)
        return Allocations(certain, ties)
    table = table_of(votes)
    parties = names(table)
    columns = [whole(column(table, name), f"column {name!r}") for name in parties]
    certain, ties = _rows(np.column_stack(columns) if columns else np.empty((0, 0), np.uint64), seats, method, parallel)
    columns = {name: certain[:, at] for at, name in enumerate(parties)}  # type: ignore[assignment]
    return Allocations(like(table, columns), ties)  # type: ignore[arg-type]


def _rows(votes: Whole, seats: int, method: MethodLike, parallel: bool) -> tuple[Whole, list[OpenTie]]:
    try:
        certain, ties = _apportion.rows(votes, seats, method, parallel)
    except ApportionError as error:
        raise _placed(error, "row", None) from None
    return certain, [OpenTie(*tie) for tie in ties]


def allocate_groups(votes: Any, groups: Any, seats: Any, method: MethodLike) -> Allocations[Whole]:
    """Gives out the seats of each group of a long table that is sorted by group.

    `votes` and `groups` are columns: one row a party, rows of one group one after another. `seats` is a number for all
    groups, a dictionary from group to number, or a column as long as the others.

    `ApportionError` names a group that comes back after another, that has no seats or several numbers of them, or that
    has no answer.
    """
    votes = whole(votes, "votes")
    starts, labels = _runs(groups, len(votes))
    try:
        certain, ties = _apportion.groups(votes, starts, _seats_of(seats, starts, labels, len(votes)), method)
    except ApportionError as error:
        raise _placed(error, "group", labels) from None
    return Allocations(certain, [OpenTie(labels[group], rows, left) for group, rows, left in ties])


def allocate_table(
    table: Any,
    seats: Any,
    method: MethodLike,
    *,
    group: str = "district",
    votes: str = "votes",
    into: str = "seats",
    tied: str = "tied",
) -> Allocations[Any]:
    """Gives out the seats of each group of a long table, and adds them to it.

    The table is sorted by the column `group`, has a row a party, and comes back as a table of its kind with two more
    columns: `into`, the seats that are certain, and `tied`, whether a seat more is open. `seats` is a number, a
    dictionary from group to number, or the name of a column. Errors are those of `allocate_groups`.
    """
    table = table_of(table)
    for name in (into, tied):
        if name in names(table):
            raise ApportionError(f"the table has a column {name!r} already: name another by `into` and `tied`")
    house = column(table, seats) if isinstance(seats, str) else seats
    answer = allocate_groups(column(table, votes), column(table, group), house, method)
    open_rows = np.zeros(len(answer.certain), dtype=bool)
    for tie in answer.ties:
        open_rows[tie.parties] = True
    return Allocations(with_columns(table, {into: answer.certain, tied: open_rows}), answer.ties)


def _runs(groups: Any, rows: int) -> tuple[Whole, list[Any]]:
    """Where each group begins, and its label."""
    column = np.asarray(groups)
    if column.shape != (rows,):
        raise ApportionError(f"there are {rows} votes, but groups of the shape {column.shape}")
    if rows == 0:
        return np.empty(0, np.uint64), []
    try:
        changes = (column[1:] != column[:-1]).astype(bool)
    except TypeError:
        raise ApportionError("a group has no label: a missing value stands among them") from None
    starts = np.flatnonzero(np.concatenate(([True], changes)))
    labels: list[Any] = column[starts].tolist()
    seen: set[Any] = set()
    for start, label in zip(starts, labels, strict=True):
        if label is None or label != label:
            raise ApportionError(f"groups[{start}] is {label!r}: a group has no label")
        if label in seen:
            raise ApportionError(f"group {label!r} comes back at row {start}: sort the rows by group first")
        seen.add(label)
    return starts.astype(np.uint64), labels


def _seats_of(seats: Any, starts: Whole, labels: list[Any], rows: int) -> Whole:
    """The seats of each group."""
    if isinstance(seats, Mapping):
        known = set(labels)
        for label in seats:
            if label not in known:
                raise ApportionError(f"there are seats for group {label!r}, but no votes")
        for label in labels:
            if label not in seats:
                raise ApportionError(f"there are no seats for group {label!r}")
        return whole(np.array([seats[label] for label in labels], dtype=object), "seats")
    if np.ndim(seats) == 0:
        one = whole(np.array([seats], dtype=object), "seats")
        return np.repeat(one, len(labels))
    column = whole(seats, "seats")
    if len(column) != rows:
        raise ApportionError(f"there are {rows} votes, but {len(column)} rows of seats")
    firsts: npt.NDArray[np.int64] = starts.astype(np.int64)
    lengths = np.diff(np.append(firsts, rows))
    differs = np.flatnonzero(column != np.repeat(column[firsts], lengths))
    if len(differs) > 0:
        row = int(differs[0])
        label = labels[int(np.searchsorted(firsts, row, side="right")) - 1]
        raise ApportionError(f"group {label!r} has other seats in row {row} ({column[row]}) than before")
    return column[firsts]


def _placed(error: ApportionError, what: str, labels: list[Any] | None) -> ApportionError:
    """The error with the row or the group it is about, if it is about one."""
    place = getattr(error, "place", None)
    if place is None:
        return error
    return ApportionError(f"{what} {place if labels is None else labels[place]!r}: {error}")
