"""Laws, counts, and elections as documents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _apportion
from ._apportion import ApportionError, Document, Method
from ._columns import column, table_of, whole
from ._outcome import Outcome

if TYPE_CHECKING:
    from os import PathLike

    from ._many import MethodLike

# The keys of a document that are a tally's, and those that are a count's.
_TALLY = ("parties", "tally", "ballots")
_COUNT = (*_TALLY, "regions", "districts", "alliances", "national")


def _plain(value: Any) -> Any:
    """A document of nothing but dictionaries, lists, strings and numbers: numpy's numbers become Python's."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise ApportionError(f"{value} stands in a document where a number must")
    if isinstance(value, Method):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


class Rule:
    """The law of one election: a method, a number of seats, and whatever else a document's `rule` may hold.

    `Rule("hare", 98, threshold="7%", admit_at_least=2)`. Without a number of seats the districts of a count say theirs. A
    law of several tiers is `Rule.of_tiers`. An unknown key is an `ApportionError` that names it. `print` says the law in
    words.
    """

    __slots__ = ("_document",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, method: MethodLike, seats: int | None = None, **keys: Any) -> None:
        seats_key = {} if seats is None else {"seats": seats}
        self._document: dict[str, Any] = _apportion.check_rule(
            _plain({**seats_key, "rule": {"method": method, **keys}})
        )

    @classmethod
    def of_tiers(cls, tiers: Iterable[Mapping[str, Any]], seats: int | None = None) -> Rule:
        """A law of several tiers, which run in this order: a dictionary each, with the keys of a document's `[[tiers]]`."""
        return cls.from_dict({**({} if seats is None else {"seats": seats}), "tiers": list(tiers)})

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Rule:
        """The rule of a dictionary with `rule` or `tiers`, and perhaps `seats`, as in a document."""
        rule = cls.__new__(cls)
        rule._document = _apportion.check_rule(_plain(document))
        return rule

    @property
    def method(self) -> Method:
        """How votes become seats once it is known who takes part; in several tiers, in the first."""
        return Method(self.tiers[0]["method"])

    @property
    def tiers(self) -> tuple[dict[str, Any], ...]:
        """The tiers, in their order, as documents write them."""
        return tuple(self._document.get("tiers") or (self._document["rule"],))

    @property
    def seats(self) -> int | None:
        """The seats that it gives out; `None` where the count or the tiers say them."""
        return self._document.get("seats")

    def with_seats(self, seats: int) -> Rule:
        """This rule with another number of seats."""
        return Rule.from_dict({**self._document, "seats": seats})

    def apply(self, count: Tally | Count) -> Outcome:
        """What the rule makes of what was counted: in one place, or in many."""
        return Election(self, count).outcome()

    def to_dict(self) -> dict[str, Any]:
        """The rule as a document, written out in full."""
        return dict(self._document)

    def __eq__(self, other: object) -> bool:
        return self._document == other._document if isinstance(other, Rule) else NotImplemented

    def __str__(self) -> str:
        return _apportion.words(self._document)

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


class Count:
    """What was counted in many places: districts, perhaps in regions, with their seats.

    `Count({"North": Tally({"A": 60, "B": 40}), "South": Tally({"A": 30})}, seats={"North": 3, "South": 2})`. `regions`
    says in which region a district is, `population` how many people live there. `from_table` reads a long table, `from_dict`
    whatever a document may hold. What is wrong with the places is said when a law meets them.
    """

    __slots__ = ("_document",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self,
        districts: Mapping[str, Tally],
        *,
        seats: Mapping[str, int] | None = None,
        regions: Mapping[str, str] | None = None,
        population: Mapping[str, int] | None = None,
    ) -> None:
        told = {"seats": seats or {}, "in": regions or {}, "population": population or {}}
        for key, values in told.items():
            unknown = next((name for name in values if name not in districts), None)
            if unknown is not None:
                raise ApportionError(f"{key!r} of {unknown!r}: there is no such district")
        rows = [
            {"name": name, **{key: values[name] for key, values in told.items() if name in values}, **tally.to_dict()}
            for name, tally in districts.items()
        ]
        names = list(dict.fromkeys(regions.values())) if regions else []
        document: dict[str, Any] = {"regions": [{"name": name} for name in names]} if names else {}
        self._document = _plain({**document, "districts": rows})

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Count:
        """The count of a dictionary with `districts` and perhaps `regions` and `alliances`, as in a document."""
        unknown = next((key for key in document if key not in _COUNT), None)
        if unknown is not None:
            raise ApportionError(f"{unknown!r} is no key of a count; these are {', '.join(_COUNT)}")
        if "districts" not in document:
            raise ApportionError("a count has districts; what was counted in one place is a Tally")
        count = cls.__new__(cls)
        count._document = _plain(document)
        return count

    @classmethod
    def from_table(
        cls,
        table: Any,
        seats: Any = None,
        *,
        district: str = "district",
        party: str = "party",
        votes: str = "votes",
        region: str | None = None,
        population: str | None = None,
    ) -> Count:
        """The count of a long table with a row for each district and party, in any order.

        The table is a dictionary of columns, a frame of pandas or Polars, a table of Arrow. Rows of the same district and
        party are summed. `seats` is a number for all districts, a dictionary, the name of a column, or nothing where the law
        gives them out; `region` and `population` are names of columns.

        `ApportionError` names a district with several numbers of seats, or in several regions.
        """
        table = table_of(table)
        names = _texts(column(table, district), district)
        parties = _texts(column(table, party), party)
        counted: dict[str, dict[str, int]] = {}
        for name, of, number in zip(names, parties, whole(column(table, votes), votes).tolist(), strict=True):
            row = counted.setdefault(name, {})
            row[of] = row.get(of, 0) + number
        house = _by_district(table, seats, names) if isinstance(seats, str) else seats
        if house is not None and not isinstance(house, Mapping):
            house = dict.fromkeys(counted, house)
        regions = None if region is None else _one_each(names, _texts(column(table, region), region), region)
        people = None if population is None else _by_district(table, population, names)
        tallies = {name: Tally(row) for name, row in counted.items()}
        return cls(tallies, seats=house, regions=regions, population=people)

    def to_dict(self) -> dict[str, Any]:
        """The count as a document."""
        return dict(self._document)

    def __eq__(self, other: object) -> bool:
        return self._document == other._document if isinstance(other, Count) else NotImplemented

    def __repr__(self) -> str:
        return f"Count.from_dict({self._document!r})"


def _texts(values: Any, what: str) -> list[str]:
    """A column of names."""
    texts: list[Any] = np.asarray(values).tolist()
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"{what}[{row}] is {text!r}, but must be a name")
    return texts


def _by_district(table: Any, name: str, districts: list[str]) -> dict[str, int]:
    """A column of numbers, the same in all rows of a district."""
    return _one_each(districts, whole(column(table, name), name).tolist(), name)


def _one_each(districts: list[str], values: list[Any], what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row, (name, value) in enumerate(zip(districts, values, strict=True)):
        if found.setdefault(name, value) != value:
            raise ApportionError(f"{what}[{row}] is {value!r}, but was {found[name]!r} before in {name!r}")
    return found


class Comparison:
    """One count under many laws: seats, who is out, indices, closest changes. `print` shows it as a table."""

    __slots__ = ("_found", "_markdown", "_text")

    def __init__(self, found: dict[str, Any], text: str, markdown: str) -> None:
        self._found, self._text, self._markdown = found, text, markdown

    @property
    def laws(self) -> tuple[dict[str, Any], ...]:
        """The laws, the election's own first: each with `name` and either `error`, or `seats`, `moved`, `parties`,
        `indices` and perhaps `closest`."""
        return tuple(self._found["laws"])

    def to_markdown(self) -> str:
        """Both tables in Markdown."""
        return self._markdown

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Comparison({[law['name'] for law in self.laws]!r})"


class Election:
    """One election: a rule, what was counted, and what is known about them.

    Other keys of a document may follow: `id`, `name`, `date`, `sources`, `note`, `house`, `alliances`.
    """

    __slots__ = ("_document",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, rule: Rule, count: Tally | Count, **keys: Any) -> None:
        given = {key: value for key, value in keys.items() if value is not None}
        self._document = Document.from_dict(_plain({**rule.to_dict(), **count.to_dict(), **given}))

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
        """What was counted in one place; `ApportionError` for an election in districts."""
        document = self.to_dict()
        if "districts" in document:
            raise ApportionError("the votes of an election in districts stand in its districts: see `count`")
        return Tally.from_dict({key: document[key] for key in _TALLY if key in document})

    @property
    def count(self) -> Count:
        """What was counted in many places; `ApportionError` for an election in one."""
        document = self.to_dict()
        if "districts" not in document:
            raise ApportionError("the election is in one place: see `tally`")
        return Count.from_dict({key: document[key] for key in _COUNT if key in document})

    def outcome(self) -> Outcome:
        """What the rule makes of the votes; `ApportionError` where it has no answer."""
        return Outcome(self._document)

    def compare(self, laws: Mapping[str, Rule], *, margins: bool = False) -> Comparison:
        """The same votes under its own law and under others, with the closest change under each if `margins` is asked for.

        A law without an answer says why in its row, and the others keep theirs.
        """
        given = [(name, rule.to_dict()) for name, rule in laws.items()]
        return Comparison(*_apportion.compare(self._document, given, margins))

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
