"""What comes out of an election, and questions about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from . import _apportion
from ._apportion import ApportionError, Document, TieError

if TYPE_CHECKING:
    from ._election import Rule


@dataclass(frozen=True)
class Tie:
    """Parties with the same claim, and fewer seats left than parties."""

    parties: tuple[str, ...]
    """Who is tied; in a tie between districts for seats, the districts."""
    left: int
    """The seats left among them, at most one each."""
    tier: str | None = None
    """The tier, by its name or its number from 1, in a law of several."""
    place: str | None = None
    """The place, where there are several."""
    places: tuple[str, ...] = ()
    """In a tie of placing, the place that each party would take."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.left} left among {', '.join(self.parties)}"


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
class PlaceOutcome:
    """What came out in one region or district, all tiers together."""

    name: str
    """Its name."""
    level: Literal["region", "district"]
    """What it is."""
    within: str | None
    """The region that it is in."""
    total_seats: int
    """The seats that it had to give out by the count or the law."""
    parties: tuple[PartyOutcome, ...]
    """The parties that stand there, then others with seats."""
    ties: tuple[Tie, ...]
    """The open ties."""
    vacant: int
    """The seats that nobody may take."""

    @property
    def certain(self) -> dict[str, int]:
        """The seats that each party has there however a tie goes."""
        return {party.name: party.certain for party in self.parties}


@dataclass(frozen=True)
class TierOutcome:
    """What one tier of a law gave, below zero for what it took back."""

    name: str
    """Its name, or its number from 1."""
    level: Literal["nation", "region", "district"]
    """The level of its places."""
    total_seats: int
    """The certain seats that it gave in all."""
    seats: dict[str, int]
    """The certain seats by party; who got none is not there."""
    places: dict[str, dict[str, int]]
    """Where they ended: seats by place and party; empty where that is the nation."""


@dataclass(frozen=True)
class Choice:
    """How one tie goes in one course of a law that had to know it."""

    tier: str
    """The tier, by its name or its number from 1."""
    place: str | None
    """The place, where there are several."""
    parties: tuple[str, ...]
    """The parties that win."""
    places: tuple[str, ...]
    """The places that win, or the place of each party."""


@dataclass(frozen=True)
class Way:
    """One course of a law that had to know how a tie ends."""

    choices: tuple[Choice, ...]
    """How the ties went that it asked about."""
    certain: dict[str, int]
    """The seats that each party has then."""
    districts: tuple[PlaceOutcome, ...]
    """The districts then."""
    ties: tuple[Tie, ...]
    """The ties that are open still."""
    error: str | None
    """Why the law has no answer then."""


@dataclass(frozen=True)
class Unseated:
    """Winners of single-member contests whom no seat covers."""

    place: str
    """Where."""
    party: str
    """The party."""
    winners: int
    """How many."""


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
        self.parties = _parties(self._answer)

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
    def possible(self) -> dict[str, int]:
        """The most seats that each party can have, over every end of the open ties."""
        return dict(self._document.possible())

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The open ties, those of all places."""
        return _ties(self._answer)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every course of the law, where it had to know how a tie ends; none where it had not."""
        return tuple(_way(way) for way in self._answer.get("ways", ()))

    @property
    def ways_complete(self) -> bool:
        """Whether every way was followed: there are at most 256."""
        return self._answer.get("ways_complete") is not False

    @property
    def vacant(self) -> int:
        """The seats that nobody may take."""
        return self._answer.get("vacant") or 0

    @property
    def districts(self) -> tuple[PlaceOutcome, ...]:
        """The districts, where there are several."""
        return tuple(_place(place, "district") for place in self._answer.get("districts", ()))

    @property
    def regions(self) -> tuple[PlaceOutcome, ...]:
        """The regions, where there are any."""
        return tuple(_place(place, "region") for place in self._answer.get("regions", ()))

    @property
    def places(self) -> tuple[PlaceOutcome, ...]:
        """Regions and districts."""
        return (*self.regions, *self.districts)

    def at(self, name: str) -> PlaceOutcome:
        """What came out in the region or district of this name; `ApportionError` where there is none."""
        found = next((place for place in self.places if place.name == name), None)
        if found is None:
            raise ApportionError(f"there is no place {name!r}")
        return found

    @property
    def tiers(self) -> tuple[TierOutcome, ...]:
        """What each tier gave, in a law of several."""
        return tuple(_tier(tier) for tier in self._answer.get("tiers", ()))

    @property
    def unseated(self) -> tuple[Unseated, ...]:
        """Winners of single-member contests whom no seat covers (Germany since 2023)."""
        return tuple(Unseated(**one) for one in self._answer.get("unseated", ()))

    @property
    def rule(self) -> Rule:
        """The law that gave these seats."""
        from ._election import Rule

        return Rule.from_dict(self._document.rule())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the law left open or could not give: ties, vacancies, exhausted lists, ballots that were not counted."""
        return tuple(self._answer.get("warnings", ()))

    @property
    def as_recorded(self) -> bool | None:
        """Whether the seats are those on record; `None` if none are."""
        recorded: bool | None = self._answer["as_recorded"]
        return recorded

    def explain(self, place: str | None = None) -> str:
        """How the law got there, step by step: in all, or in one region or district in full."""
        return _apportion.explain(self._document, place)

    def verify(self, claimed: Mapping[str, int] | None = None, place: str | None = None) -> Verdict:
        """Checks seats without trusting the method: its own, those claimed of the nation, or those claimed of a place.

        Who is not named has no seat there.
        """
        cells: list[tuple[str | None, str, int]]
        if claimed is None and place is None:
            cells = [(None, name, seats) for name, seats in self.seats.items()]
            cells += [(at.name, name, seats) for at in self.places for name, seats in at.certain.items()]
            return Verdict(*_apportion.verify(self._document, None, cells))
        claimed = {} if claimed is None else claimed
        names = list((self if place is None else self.at(place)).certain)
        unknown = next((name for name in claimed if name not in names), None)
        if unknown is not None:
            raise ApportionError(f"{unknown!r} has seats claimed, but is no party")
        seats = [claimed.get(name, 0) for name in names]
        if place is None:
            return Verdict(*_apportion.verify(self._document, seats, []))
        cells = [(place, name, number) for name, number in zip(names, seats, strict=True)]
        return Verdict(*_apportion.verify(self._document, None, cells))

    def outlook(self, ballots_out: int | Mapping[str, int]) -> Outlook:
        """What is still possible while so many ballots are out: a number, or in places a number each."""
        out = ballots_out.items() if isinstance(ballots_out, Mapping) else [("", ballots_out)]
        parties, places, majority, text = _apportion.outlook(self._document, [(name, int(n)) for name, n in out])
        by_place = {name: _party_outlooks(found) for name, found in places}
        return Outlook(_party_outlooks(parties), by_place, majority, text)

    def margins(self) -> Margins:
        """How close it was."""
        return Margins(self._document)

    def indices(self) -> dict[str, Any]:
        """How proportional it is: of each index the least and the most over all results that open ties can bring.

        Each is a dictionary with the index as it is `published` (Gallagher from 0 to 100), as a `ratio`, and exactly.
        """
        return _apportion.indices(self._document)

    def to_dict(self) -> dict[str, Any]:
        """The answer as other programs read it."""
        return dict(self._answer)

    def certificate(self) -> dict[str, Any]:
        """What proves the outcome: the votes used, and every decision of the law with the numbers it was made by.

        In the answer under the key `certificate`, `checker/` checks it; `docs/certificate.md` describes its form.
        """
        return self._document.certificate()

    def picture(self) -> str:
        """The seats as a half circle, in SVG."""
        return _apportion.picture(self._document)

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
    return tuple(
        Tie(tuple(tie["parties"]), tie["seats"], tie.get("tier"), tie.get("place"), tuple(tie.get("places", ())))
        for tie in answer["ties"]
    )


def _parties(answer: Mapping[str, Any]) -> tuple[PartyOutcome, ...]:
    return tuple(
        PartyOutcome(party["name"], party["votes"], party["seats"], party["admitted"], party.get("reason"))
        for party in answer["parties"]
    )


def _place(place: Mapping[str, Any], level: Literal["region", "district"]) -> PlaceOutcome:
    seats, vacant = place["seats"], place.get("vacant") or 0
    return PlaceOutcome(place["name"], level, place.get("in"), seats, _parties(place), _ties(place), vacant)


def _gifts(gifts: Mapping[str, Any]) -> dict[str, int]:
    return {gift["name"]: gift["seats"] for gift in gifts["parties"]}


def _tier(tier: Mapping[str, Any]) -> TierOutcome:
    places = {place["name"]: _gifts(place) for place in tier.get("places", ())}
    return TierOutcome(tier["name"], tier["at"], tier["seats"], _gifts(tier), places)


def _way(way: Mapping[str, Any]) -> Way:
    choices = tuple(
        Choice(choice["tier"], choice.get("place"), tuple(choice.get("parties", ())), tuple(choice.get("places", ())))
        for choice in way["choices"]
    )
    districts = tuple(_place(place, "district") for place in way.get("districts", ()))
    certain = {party["name"]: party["seats"] for party in way["parties"]}
    return Way(choices, certain, districts, _ties(way), way.get("error"))


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
class PartyOutlook:
    """What a party can still end with."""

    name: str
    """The party."""
    votes: int
    """Its votes so far."""
    fewest: int
    """The fewest seats: these are certain."""
    most: int
    """The most seats."""
    fewest_is_tight: bool
    """Whether the fewest are those of some completion, and not only a bound."""
    most_is_tight: bool
    """Whether the most are those of some completion, and not only a bound."""


def _party_outlooks(found: list[dict[str, Any]]) -> tuple[PartyOutlook, ...]:
    return tuple(PartyOutlook(**party) for party in found)


@dataclass(frozen=True)
class Outlook:
    """What is still possible while ballots are out; `str` shows it as a table."""

    parties: tuple[PartyOutlook, ...]
    """Each party, in the order of the count."""
    places: dict[str, tuple[PartyOutlook, ...]]
    """The same in every region and district, where there are several."""
    majority: str | None
    """The party that has more than half of the house for certain, where its size is known."""
    text: str
    """A table to read."""

    @property
    def is_decided(self) -> bool:
        """Whether nothing can change any more."""
        return all(party.fewest == party.most for party in self.parties)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Margin:
    """The smallest change of one kind that changes the result, and what it does; `str` says it."""

    votes: int
    """How many ballots."""
    place: str | None
    """The place in which they change, where there are several."""
    proven: bool
    """Whether it is proven that no smaller number does it; otherwise it is an upper bound."""
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


def _margin(found: dict[str, Any]) -> Margin:
    return Margin(**{
        **found,
        "gains": dict(found["gains"]),
        "losses": dict(found["losses"]),
        "tied": tuple(found["tied"]),
    })


def _margin_or_none(found: dict[str, Any] | None) -> Margin | None:
    return None if found is None else _margin(found)


def _terms(
    place: str | None, ballots_in: str | tuple[str, str] | Mapping[str, int] | None, seats_in: str | None, or_tie: bool
) -> tuple[str | tuple[str, str] | list[tuple[str, int]] | None, str | None, bool]:
    """Where ballots change, whose seats are asked about, and whether a tie is enough."""
    if place is not None and (ballots_in is not None or seats_in is not None):
        raise TypeError("place names both ballots and seats: it stands for ballots_in and seats_in")
    if place is not None:
        return place, place, or_tie
    if isinstance(ballots_in, Mapping):
        for name, ballots in ballots_in.items():
            if not isinstance(ballots, int) or not 0 < ballots < 2**32:
                raise ApportionError(f"ballots_in[{name!r}] is {ballots!r}, not a number of ballots above zero")
        return list(ballots_in.items()), seats_in, or_tie
    return ballots_in, seats_in, or_tie


def _not_between(ballots_in: str | tuple[str, str] | Mapping[str, int] | None) -> None:
    """Refuses a pair of places for ballots of one party."""
    if isinstance(ballots_in, tuple):
        raise TypeError("ballots_in is a pair of places, between which voters of one party alone cannot move")


class Margins:
    """The fewest votes that would have changed a result, exactly; `str` shows them as a table.

    In several places votes change in one of them: the nearest, unless `place` names one, which is asked for its own seats
    then. `None` says that no number of votes would have. Every question takes these, too:

    - `ballots_in`: where votes change, for the seats of the nation: a place; `{"North": 2, "South": 1}` for so many in
      each at each step; for voters who leave one party for another, `("North", "South")` where they leave it in the
      first place and choose the other in the second.
    - `seats_in`: the place whose seats are asked about, wherever votes change.
    - `or_tie`: a tie is enough, for one more seat or over a seat that was certain.
    """

    __slots__ = ("_document",)

    def __init__(self, document: Document) -> None:
        self._document = document

    def gain(
        self,
        party: str,
        place: str | None = None,
        *,
        ballots_in: str | Mapping[str, int] | None = None,
        seats_in: str | None = None,
        or_tie: bool = False,
    ) -> Margin | None:
        """The fewest additional votes that win a party one more certain seat."""
        _not_between(ballots_in)
        return _margin_or_none(_apportion.gain(self._document, party, *_terms(place, ballots_in, seats_in, or_tie)))

    def loss(
        self,
        party: str,
        place: str | None = None,
        *,
        ballots_in: str | Mapping[str, int] | None = None,
        seats_in: str | None = None,
        or_tie: bool = False,
    ) -> Margin | None:
        """The fewest votes less that cost a party one of its certain seats."""
        _not_between(ballots_in)
        return _margin_or_none(_apportion.loss(self._document, party, *_terms(place, ballots_in, seats_in, or_tie)))

    def switch(
        self,
        giver: str,
        taker: str,
        place: str | None = None,
        *,
        ballots_in: str | tuple[str, str] | Mapping[str, int] | None = None,
        seats_in: str | None = None,
        or_tie: bool = False,
    ) -> Margin | None:
        """The fewest voters who change the result by leaving one party for another."""
        terms = _terms(place, ballots_in, seats_in, or_tie)
        return _margin_or_none(_apportion.switch(self._document, giver, taker, *terms))

    def allied(
        self,
        place: str | None = None,
        *,
        ballots_in: str | tuple[str, str] | Mapping[str, int] | None = None,
        seats_in: str | None = None,
        or_tie: bool = False,
    ) -> Margin | None:
        """The fewest voters who change the result by leaving a list for another of its alliance."""
        return _margin_or_none(_apportion.allied(self._document, *_terms(place, ballots_in, seats_in, or_tie)))

    def closest(
        self,
        place: str | None = None,
        *,
        ballots_in: str | tuple[str, str] | Mapping[str, int] | None = None,
        seats_in: str | None = None,
        or_tie: bool = False,
    ) -> Margin | None:
        """The smallest change of any kind that changes the result."""
        return _margin_or_none(_apportion.closest(self._document, *_terms(place, ballots_in, seats_in, or_tie)))

    def last_seats(self) -> list[Margin]:
        """For every place, the fewest votes that bring a party its last seat; the closest first."""
        return [_margin(found) for found in _apportion.last_seats(self._document)]

    def __str__(self) -> str:
        return _apportion.margins_text(self._document)
