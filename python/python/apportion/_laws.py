"""The catalogue of national laws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import _apportion
from ._apportion import ApportionError
from ._election import Election, Rule, Tally


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
    _rest: dict[str, Any] = field(repr=False)

    def rule(self, seats: int | None = None) -> Rule:
        """The rule, giving out so many seats, or those of the law."""
        seats = self.seats if seats is None else seats
        if seats is None:
            raise ApportionError(f"the law {self.id} has no number of seats of its own: give one")
        return Rule.from_dict({"seats": seats, **self._rest})

    def election(self, tally: Tally, seats: int | None = None) -> Election:
        """An election under it."""
        keys = {"id": self.id, "name": self.name, "date": self.date, "sources": list(self.sources), "note": self.note}
        return Election(self.rule(seats), tally, **keys)


def laws() -> dict[str, Law]:
    """Laws of many countries by id, each dated and with its sources."""
    return {law["id"]: _read(law) for law in _apportion.laws()}


def _read(law: dict[str, Any]) -> Law:
    """A law of its document, whose other keys are the rule's."""
    told = ("id", "name", "date", "sources", "note", "seats")
    rest = {key: value for key, value in law.items() if key not in told}
    return Law(law["id"], law["name"], law["date"], tuple(law["sources"]), law.get("note"), law.get("seats"), rest)
