"""What the extension module holds; people use the package `apportion`."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, final

import numpy as np
import numpy.typing as npt

__all__ = [
    "Allocation",
    "ApportionError",
    "Document",
    "Method",
    "TieError",
    "allied",
    "allocate",
    "check_rule",
    "closest",
    "compare",
    "explain",
    "gain",
    "groups",
    "indices",
    "last_seats",
    "laws",
    "loss",
    "margins_text",
    "merge",
    "outlook",
    "picture",
    "prepared_columns",
    "prepared_rows",
    "rows",
    "switch",
    "verify",
    "words",
]

_Method: TypeAlias = Method | str | dict[str, Any]
_BallotsIn: TypeAlias = str | tuple[str, str] | list[tuple[str, int]]
_OpenTies: TypeAlias = list[tuple[int, list[int], int]]

class ApportionError(ValueError):
    """An input without an answer; the text names the value and the place."""

class TieError(ApportionError):
    """Seats were asked for while a tie is open: `parties` are tied for `left` seats."""

    parties: list[Any]
    left: int

@final
class Method:
    """A method, read once: for loops, and to compare.

    It is a name (`"hare"`, `"dhondt"`, `"sainte-lague"`, ...) or a table as documents write it, such as
    `{"divisor": "power", "p": "9/10"}` or `{"quota": "hare", "rounding": "up"}`.
    """

    def __new__(cls, method: _Method) -> Method: ...
    def __getnewargs__(self) -> tuple[Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def allocate(self, votes: Sequence[int] | npt.NDArray[np.integer[Any]], seats: int) -> Allocation: ...
    def to_dict(self) -> dict[str, Any]: ...

@final
class Allocation:
    """The seats that are certain, and the open tie, if there is one."""

    __hash__ = None  # type: ignore[assignment]
    def __eq__(self, other: object, /) -> bool: ...
    @property
    def seats(self) -> list[int]:
        """The seats; `TieError` while a tie is open."""

    @property
    def certain(self) -> list[int]:
        """The seats that each party has however the tie goes."""

    @property
    def tied(self) -> list[int]:
        """The numbers of the tied parties, counted from 0; empty without a tie."""

    @property
    def left(self) -> int:
        """The seats left among the tied parties, fewer than they are, at most one each; 0 without a tie."""

def allocate(votes: Sequence[int] | npt.NDArray[np.integer[Any]], seats: int, method: _Method) -> Allocation:
    """Gives out `seats` seats by `method`; names are no matter of it.

    `ApportionError` names what has no answer: -2 votes, seats but no votes, a method nobody knows.
    """

def rows(
    votes: npt.NDArray[np.uint64], seats: int, method: _Method, parallel: bool
) -> tuple[npt.NDArray[np.uint64], _OpenTies]: ...
def prepared_columns(document: Document) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]: ...
def prepared_rows(
    document: Document, votes: npt.NDArray[np.uint64], parallel: bool
) -> tuple[npt.NDArray[np.uint64], _OpenTies, list[int], list[tuple[int, str]]]: ...
def groups(
    votes: npt.NDArray[np.uint64], starts: npt.NDArray[np.uint64], seats: npt.NDArray[np.uint64], method: _Method
) -> tuple[npt.NDArray[np.uint64], _OpenTies]: ...

@final
class Document:
    @staticmethod
    def from_dict(document: dict[str, Any]) -> Document: ...
    @staticmethod
    def from_toml(text: str) -> Document: ...
    @staticmethod
    def from_json(text: str) -> Document: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...
    def to_dict(self) -> dict[str, Any]: ...
    def rule(self) -> dict[str, Any]: ...
    def to_toml(self) -> str: ...
    def to_json(self) -> str: ...
    def answer(self) -> dict[str, Any]: ...
    def certificate(self) -> dict[str, Any]: ...
    def text(self) -> str: ...
    def possible(self) -> list[tuple[str, int]]: ...

def explain(document: Document, place: str | None = None) -> str: ...
def gain(
    document: Document, party: str, ballots_in: _BallotsIn | None, seats_in: str | None, or_tie: bool
) -> dict[str, Any] | None: ...
def loss(
    document: Document, party: str, ballots_in: _BallotsIn | None, seats_in: str | None, or_tie: bool
) -> dict[str, Any] | None: ...
def switch(
    document: Document, giver: str, taker: str, ballots_in: _BallotsIn | None, seats_in: str | None, or_tie: bool
) -> dict[str, Any] | None: ...
def allied(
    document: Document, ballots_in: _BallotsIn | None, seats_in: str | None, or_tie: bool
) -> dict[str, Any] | None: ...
def closest(
    document: Document, ballots_in: _BallotsIn | None, seats_in: str | None, or_tie: bool
) -> dict[str, Any] | None: ...
def last_seats(document: Document) -> list[dict[str, Any]]: ...
def margins_text(document: Document) -> str: ...
def picture(document: Document) -> str: ...
def indices(document: Document) -> dict[str, Any]: ...
def compare(
    document: Document, laws: list[tuple[str, dict[str, Any]]], margins: bool
) -> tuple[dict[str, Any], str, str]: ...
def verify(
    document: Document, listed: list[int] | None, cells: list[tuple[str | None, str, int]]
) -> tuple[Literal["correct", "tied", "wrong"], str]: ...
def outlook(
    document: Document, ballots_out: list[tuple[str, int]]
) -> tuple[list[dict[str, Any]], list[tuple[str, list[dict[str, Any]]]], str | None, str]: ...
def check_rule(rule: dict[str, Any]) -> dict[str, Any]: ...
def merge(one: Document, other: Document) -> Document: ...
def laws() -> list[tuple[dict[str, Any], str]]: ...
def words(rule: dict[str, Any]) -> str: ...
