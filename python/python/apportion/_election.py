"""Laws, counts, and elections as documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _apportion
from ._apportion import ApportionError, Document, Method
from ._outcome import Outcome

if TYPE_CHECKING:
    from os import PathLike

    from ._many import MethodLike

# The keys of a document that are a tally's.
_TALLY = ("parties", "tally", "ballots")


def _plain(value: Any) -> Any:
    """A document of nothing but dictionaries, lists, strings and numbers: numpy's numbers become Python's."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Method):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


class Rule:
    """The law of one election: a method, a number of seats, and whatever else a document's `rule` may hold.

    `Rule("hare", 98, threshold="7%", admit_at_least=2)`. An unknown key is an `ApportionError` that names it.
    """

    __slots__ = ("_document",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, method: MethodLike, seats: int, **keys: Any) -> None:
        self._document: dict[str, Any] = _apportion.check_rule(
            _plain({"seats": seats, "rule": {"method": method, **keys}})
        )

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Rule:
        """The rule of a dictionary with `seats` and `rule`, as in a document."""
        rule = cls.__new__(cls)
        rule._document = _apportion.check_rule(_plain(document))
        return rule

    @property
    def method(self) -> Method:
        """How votes become seats once it is known who takes part."""
        return Method(self._document["rule"]["method"])

    @property
    def seats(self) -> int:
        """The seats it gives out."""
        return int(self._document["seats"])

    def with_seats(self, seats: int) -> Rule:
        """This rule with another number of seats."""
        return Rule.from_dict({**self._document, "seats": seats})

    def apply(self, tally: Tally) -> Outcome:
        """What the rule makes of a tally."""
        return Election(self, tally).outcome()

    def to_dict(self) -> dict[str, Any]:
        """The rule as a document, written out in full."""
        return dict(self._document)

    def __eq__(self, other: object) -> bool:
        return self._document == other._document if isinstance(other, Rule) else NotImplemented

    def __repr__(self) -> str:
        return f"Rule.from_dict({self._document!r})"


class Tally:
    """The counted ballots of one place: votes of each party, and the other kinds of ballot.

    `Tally({"A": 60, "B": 30}, blank=4, registered=200)`. In place of a dictionary, parties may be a list of their own
    dictionaries, as documents write them: `{"name": "C", "votes": 10, "members": 2, "minority": True}`. Tallies with
    the same parties add, so that counts of many places merge in any order.
    """

    __slots__ = ("_document",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self,
        parties: Mapping[str, int] | Iterable[Mapping[str, Any]],
        *,
        ballots: Iterable[Mapping[str, Any]] = (),
        **others: int,
    ) -> None:
        if hasattr(parties, "items"):
            rows = [{"name": name, "votes": votes} for name, votes in parties.items()]
        else:
            rows = [dict(party) for party in parties]
        self._document = _read_tally({"parties": rows, "tally": others, "ballots": list(ballots)})

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Tally:
        """The tally of a dictionary with `parties`, `tally` and `ballots`, as in a document."""
        tally = cls.__new__(cls)
        tally._document = _read_tally(document)
        return tally

    @property
    def votes(self) -> dict[str, int]:
        """The votes of each party: its own, and the ranked ballots that name it first."""
        document = self.to_dict()
        votes: dict[str, int] = {party["name"]: party["votes"] for party in document["parties"]}
        for ballot in document.get("ballots", ()):
            votes[ballot["ranking"][0]] += ballot["count"]
        return votes

    def to_dict(self) -> dict[str, Any]:
        """The tally as a document."""
        document = self._document.to_dict()
        return {key: document[key] for key in _TALLY if key in document}

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        tally = Tally.__new__(Tally)
        tally._document = _apportion.merge(self._document, other._document)
        return tally

    def __radd__(self, other: int) -> Tally:
        # `sum(tallies)` begins with 0.
        return self if other == 0 else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self.to_dict() == other.to_dict() if isinstance(other, Tally) else NotImplemented

    def __repr__(self) -> str:
        return f"Tally.from_dict({self.to_dict()!r})"


def _read_tally(document: Mapping[str, Any]) -> Document:
    """The document of a tally alone, under a rule that gives out nothing."""
    unknown = next((key for key in document if key not in _TALLY), None)
    if unknown is not None:
        raise ApportionError(f"{unknown!r} is no key of a tally; these are {', '.join(_TALLY)}")
    return Document.from_dict(_plain({"seats": 0, "rule": {"method": "hare"}, **document}))


class Election:
    """One election: a rule, a tally, and what is known about them.

    Other keys of a document may follow: `id`, `name`, `date`, `sources`, `note`, `alliances`. An election in districts
    is read from a document.
    """

    __slots__ = ("_document",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, rule: Rule, tally: Tally, **keys: Any) -> None:
        given = {key: value for key, value in keys.items() if value is not None}
        self._document = Document.from_dict(_plain({**rule.to_dict(), **tally.to_dict(), **given}))

    @classmethod
    def _of(cls, document: Document) -> Election:
        election = cls.__new__(cls)
        election._document = document
        return election

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Election:
        """The election of a dictionary."""
        return cls._of(Document.from_dict(_plain(document)))

    @classmethod
    def from_toml(cls, text: str) -> Election:
        """The election of a TOML document."""
        return cls._of(Document.from_toml(text))

    @classmethod
    def from_json(cls, text: str) -> Election:
        """The election of a JSON document."""
        return cls._of(Document.from_json(text))

    @classmethod
    def from_file(cls, path: str | PathLike[str]) -> Election:
        """The election of a file, whose name ends with `.toml` or `.json`; errors name the file."""
        path = Path(path)
        read = {".toml": cls.from_toml, ".json": cls.from_json}.get(path.suffix)
        if read is None:
            raise ApportionError(f"{path}: the file's name should end with .toml or .json")
        try:
            return read(path.read_text(encoding="utf-8-sig"))
        except (ApportionError, UnicodeDecodeError) as error:
            raise ApportionError(f"{path}: {error}") from error

    @property
    def rule(self) -> Rule:
        """Its law."""
        return Rule.from_dict(self._document.rule())

    @property
    def tally(self) -> Tally:
        """What was counted; `ApportionError` for an election in districts."""
        document = self.to_dict()
        if "districts" in document:
            raise ApportionError("the votes of an election in districts stand in its districts")
        return Tally.from_dict({key: document[key] for key in _TALLY if key in document})

    def outcome(self) -> Outcome:
        """What the rule makes of the votes; `ApportionError` where it has no answer."""
        return Outcome(self._document)

    def to_dict(self) -> dict[str, Any]:
        """The election as a dictionary, written out in full."""
        return self._document.to_dict()

    def to_toml(self) -> str:
        """The election as a TOML document."""
        return self._document.to_toml()

    def to_json(self) -> str:
        """The election as a JSON document, in one line."""
        return self._document.to_json()

    def __eq__(self, other: object) -> bool:
        return self.to_dict() == other.to_dict() if isinstance(other, Election) else NotImplemented

    def __repr__(self) -> str:
        return f"Election.from_dict({self.to_dict()!r})"
