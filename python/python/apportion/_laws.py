"""The catalogue of national laws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import _apportion
from ._apportion import ApportionError
from ._election import Count, Election, Rule, Tally


@dataclass(frozen=True)
class Law:
    """A rule with its name, its date and its sources, without votes."""

    id: str
    """A short name for programs, such as `nl-2023`: the country and the year it is dated."""
    name: str
    """Whose seats it gives out, and by what."""
    date: str
    """The day of an election held under it, or of the statute."""
    sources: tuple[str, ...]
    """Where it is written down."""
    note: str | None
    """What a reader should know: where sources differ, and what the rule leaves out."""
    seats: int | None
    """The seats it gives out in one place; `None` where they differ from district to district."""
    unverified: bool
    """Whether no text of the statute or official description of it was read."""
    words: str
    """The law in the words of a statute, a line a tier."""
    _rest: dict[str, Any] = field(repr=False)

    def rule(self, seats: int | None = None) -> Rule:
        """The rule, giving out so many seats, or those of the law; without either the districts of a count say theirs."""
        seats = self.seats if seats is None else seats
        return Rule.from_dict({**({} if seats is None else {"seats": seats}), **self._rest})

    def election(self, count: Tally | Count, seats: int | None = None) -> Election:
        """An election under it."""
        if seats is None and self.seats is None and isinstance(count, Tally) and "rule" in self._rest:
            raise ApportionError(f"the law {self.id} has no number of seats of its own: give one")
        keys = {"id": self.id, "name": self.name, "date": self.date, "sources": list(self.sources), "note": self.note}
        return Election(self.rule(seats), count, **keys)

    def __str__(self) -> str:
        return f"{self.name}\n{self.words}"


def laws() -> dict[str, Law]:
    """Laws of many countries by id, each dated and with its sources."""
    return {law["id"]: _read(law, words) for law, words in _apportion.laws()}


def _read(law: dict[str, Any], words: str) -> Law:
    """A law of its document, whose other keys are the rule's."""
    told = ("id", "name", "date", "sources", "note", "seats", "unverified")
    rest = {key: value for key, value in law.items() if key not in told}
    known = (law["id"], law["name"], law["date"], tuple(law["sources"]), law.get("note"), law.get("seats"))
    return Law(*known, bool(law.get("unverified")), words, rest)
