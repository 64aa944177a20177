"""What comes out of an election, and questions about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from ._apportion import ApportionError, Document, TieError


@dataclass(frozen=True)
class Tie:
    """Parties with the same claim, and fewer seats left than parties."""

    parties: tuple[str, ...]
    """Who is tied."""
    left: int
    """The seats left among them, at most one each."""

    def __str__(self) -> str:
        return f"{self.left} left among {', '.join(self.parties)}"


@dataclass(frozen=True)
class PartyOutcome:
    """What came out for one party."""

    name: str
    """Its name."""
    votes: int
    """Its votes."""
    certain: int
    """The seats that it has however a tie goes."""
    admitted: bool
    """Whether it took part."""
    reason: str | None
    """Why it is out, or in although it did not pass."""


@dataclass(frozen=True)
class DistrictOutcome:
    """What came out in one district."""

    name: str
    """Its name."""
    total_seats: int
    """The seats to be given out."""
    certain: dict[str, int]
    """The seats that each party has there however a tie goes."""
    ties: tuple[Tie, ...]
    """The open ties."""


class Outcome:
    """What a rule makes of the votes: seats, ties, who was admitted and why not.

    `print` shows it as a table, a notebook with a picture.
    """

    __slots__ = ("_answer", "_document", "parties")

    parties: tuple[PartyOutcome, ...]
    """The parties, in the order in which they were given."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._answer = document.answer()
        self.parties = tuple(
            PartyOutcome(party["name"], party["votes"], party["seats"], party["admitted"], reason)
            for party, reason in zip(self._answer["parties"], document.reasons(), strict=True)
        )

    @property
    def seats(self) -> dict[str, int]:
        """The seats of each party; `TieError` while a tie is open."""
        if not self.ties:
            return self.certain
        tie = self.ties[0]
        error = TieError(f"open tie: {tie}")
        error.parties, error.left = list(tie.parties), tie.left
        raise error

    @property
    def certain(self) -> dict[str, int]:
        """The seats that each party has however a tie goes."""
        return {party.name: party.certain for party in self.parties}

    @property
    def total_seats(self) -> int:
        """The seats that were to be given out."""
        return int(self._answer["seats"])

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The open ties: none, or one in each district."""
        return _ties(self._answer)

    @property
    def vacant(self) -> int:
        """The seats that nobody may take."""
        return self._answer.get("vacant") or 0

    @property
    def districts(self) -> tuple[DistrictOutcome, ...]:
        """The districts, where there are several."""
        return tuple(
            DistrictOutcome(
                place["name"],
                place["seats"],
                {party["name"]: party["seats"] for party in place["parties"]},
                _ties(place),
            )
            for place in self._answer.get("districts", ())
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the law left open: ties, vacancies, exhausted lists."""
        return tuple(self._document.warnings())

    @property
    def as_recorded(self) -> bool | None:
        """Whether the seats are those on record; `None` if none are."""
        recorded: bool | None = self._answer["as_recorded"]
        return recorded

    def explain(self) -> str:
        """How the law got there, step by step."""
        return self._document.explain()

    def verify(self, claimed: Mapping[str, int] | None = None) -> Verdict:
        """Checks seats without running the method: those claimed, or its own."""
        claimed = self.seats if claimed is None else claimed
        names = [party.name for party in self.parties]
        unknown = next((name for name in claimed if name not in names), None)
        if unknown is not None:
            raise ApportionError(f"{unknown!r} has seats claimed, but is no party")
        return Verdict(*self._document.verify([claimed.get(name, 0) for name in names]))

    def margins(self) -> Margins:
        """How close it was."""
        return Margins(self._document)

    def outlook(self, ballots_out: int) -> Outlook:
        """What is still possible while so many ballots are out."""
        parties, text = self._document.outlook(ballots_out)
        return Outlook(tuple(PartyOutlook(**party) for party in parties), text)

    def to_dict(self) -> dict[str, Any]:
        """The answer as other programs read it."""
        return dict(self._answer)

    def picture(self) -> str:
        """The seats as a half circle, in SVG."""
        return self._document.picture()

    def __eq__(self, other: object) -> bool:
        return self._answer == other._answer if isinstance(other, Outcome) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return self._document.text()

    def __repr__(self) -> str:
        return f"Outcome(certain={self.certain!r}, ties={self.ties!r})"

    def _repr_html_(self) -> str:
        """The seats as a notebook shows them: a picture and a table."""
        row = "<tr><td>{}</td><td>{:,}</td><td>{}</td><td>{}</td></tr>"
        rows = [
            row.format(escape(party.name), party.votes, party.certain, escape(party.reason or ""))
            for party in self.parties
        ]
        head = "<tr><th>party</th><th>votes</th><th>seats</th><th></th></tr>"
        warnings = "".join(f"<p>{escape(warning)}</p>" for warning in self.warnings)
        table = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
        return f'<div style="max-width: 32rem">{self.picture()}{table}{warnings}</div>'


def _ties(answer: Mapping[str, Any]) -> tuple[Tie, ...]:
    return tuple(Tie(tuple(tie["parties"]), tie["seats"]) for tie in answer["ties"])


@dataclass(frozen=True)
class Verdict:
    """What a check of claimed seats found; `str` says why."""

    kind: Literal["correct", "tied", "wrong"]
    """`correct`: these and no others; `tied`: one of the ways in which a tie can go; `wrong`."""
    text: str
    """The finding in words."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Margin:
    """The smallest change of one kind that changes the result, and what it does; `str` says it."""

    votes: int
    """How many ballots."""
    text: str
    """The change and its effect in words."""
    gains: dict[str, int]
    """The certain seats that parties win."""
    losses: dict[str, int]
    """The certain seats that parties lose."""
    tied: tuple[str, ...]
    """Who is tied then."""
    answered: bool
    """Whether the rule still has an answer then."""

    def __str__(self) -> str:
        return self.text


def _margin(found: dict[str, Any] | None) -> Margin | None:
    if found is None:
        return None
    gains, losses = dict(found["gains"]), dict(found["losses"])
    return Margin(found["votes"], found["text"], gains, losses, tuple(found["tied"]), found["answered"])


class Margins:
    """The fewest votes that would have changed a result, exactly; `str` shows them as a table.

    `None` says that no number of votes would have.
    """

    __slots__ = ("_document",)

    def __init__(self, document: Document) -> None:
        self._document = document

    def gain(self, party: str) -> Margin | None:
        """The fewest additional votes that win a party one more certain seat."""
        return _margin(self._document.gain(party))

    def loss(self, party: str) -> Margin | None:
        """The fewest votes less that cost a party one of its certain seats."""
        return _margin(self._document.loss(party))

    def switch(self, giver: str, taker: str) -> Margin | None:
        """The fewest voters who change the result by leaving one party for another."""
        return _margin(self._document.switch(giver, taker))

    def closest(self) -> Margin | None:
        """The smallest change of any kind that changes the result."""
        return _margin(self._document.closest())

    def __str__(self) -> str:
        return self._document.margins_text()


@dataclass(frozen=True)
class PartyOutlook:
    """What one party can still end with."""

    name: str
    """Its name."""
    votes: int
    """Its votes so far."""
    fewest: int
    """The seats that it has whatever comes."""
    most: int
    """The seats that it can still have."""
    fewest_is_tight: bool
    """Whether some way of the count ends with the fewest; otherwise they may be more."""
    most_is_tight: bool
    """Whether some way of the count ends with the most; otherwise they may be fewer."""


@dataclass(frozen=True)
class Outlook:
    """What is still possible while ballots are out; `str` shows it as a table."""

    parties: tuple[PartyOutlook, ...]
    """The parties, in the order in which they were given."""
    text: str
    """The table."""

    @property
    def is_decided(self) -> bool:
        """Whether every party's seats are certain."""
        return all(party.fewest == party.most for party in self.parties)

    def __str__(self) -> str:
        return self.text
