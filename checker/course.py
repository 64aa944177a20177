"""One course of a law: its tiers in turn, its records in order, and the seats held so far."""

from collections import Counter, defaultdict

import admission
import house
import matrix
import placed
import sharing
from report import Asked, Refused, Unfollowed, refuse, same, table


class Course:
    def __init__(self, document, records, report):
        self.document, self.records, self.report, self.at = document, records, report, 0
        self.held_at, self.bookings = defaultdict(Counter), defaultdict(Counter)
        self.ties, self.vacant, self.unseated = [], Counter(), Counter()
        self.left, self.unused, self.provisional, self.admitted, self.chosen = {}, {}, {}, {}, []
        self.first, self.asks = self, None
        self.sizes, self.waits, self.asked = dict(document.seats), False, 0

    def take(self, kind, tier=None, place=None):
        """The next record, which must be the one that the law comes to."""
        wanted = where(kind, tier and tier["title"], place)
        refuse(self.at == len(self.records), f"a record is missing: {wanted}")
        record = self.records[self.at]
        if self.where(record) != wanted:
            raise Refused(f"record {self.at + 1} is {self.where(record)}, where the law comes to {wanted}")
        self.at += 1
        self.report.checked[f"records: {kind}"] += 1
        return record

    def check(self, record, **fields):
        """Holds a record against what it must say."""
        head = {key: record[key] for key in ("kind", "tier", "place") if key in record}
        same(self.where(record), record, head | fields)

    def where(self, record):
        return where(record["kind"], record.get("tier"), record.get("place"))

    def ahead(self, kind):
        """The next record of a kind; what is before it is of ties that it hangs on."""
        found = next((record for record in self.records[self.at:] if record["kind"] == kind), None)
        if found is None:
            raise Asked(None) if self.at == len(self.records) else Refused(f"a record is missing: {kind}")
        return found

    def comes_to(self, about):
        """Whether the next record is the end of a tie about this, or there is none."""
        return self.at == len(self.records) or self.records[self.at].get("about") == about

    def knows(self, tier, place, about, candidates, seats):
        """Who wins a tie in this course, as positions; None where that is open."""
        record = self.records[self.at] if self.at < len(self.records) else {}
        wanted = table(place=place) | {"tier": tier["title"], "about": about, "candidates": candidates}
        if record.get("kind") != "chosen" or {key: record.get(key) for key in wanted} != wanted:
            return None
        self.check(self.take("chosen", tier, place), about=about, candidates=candidates, winners=record["winners"])
        won = [candidates.index(one) for one in record["winners"]]
        refuse(won != sorted(set(won)) or len(won) != seats, f"{self.where(record)}: not {seats} of those tied win")
        self.chosen.append(record | {"seats": seats})
        return won

    def choose(self, tier, place, about, candidates, seats):
        """Who wins a tie that the law goes on from, as positions."""
        won = self.knows(tier, place, about, candidates, seats)
        if won is None:
            raise Asked({"tier": tier["title"], "place": place, "about": about, "candidates": candidates,
                         "seats": seats})  # fmt: skip
        return won

    def held(self, place, party):
        """Seats of a party in a place and inside it, which must be known."""
        open = [tie for tie in self.ties if place in self.document.around(tie["place"])]
        if any(party in tie["parties"] for tie in open):
            if open[1:]:
                raise Unfollowed("the sum of several ties that a later tier asks for")
            [tie] = open
            self.choose(tie["tier"], tie["place"], "the seats", named(tie["parties"]), tie["seats"])
            raise Refused("a tie ends after its seats were booked")
        return self.held_at[place][party]

    def book(self, tier, place, seats):
        for party, given in seats.items():
            if given:
                self.bookings[tier["title"], place][party] += given
                for outer in self.document.around(place):
                    self.held_at[outer][party] += given

    def book_given(self, tier, place, given):
        self.vacant[place] += given.vacant
        self.book(tier, place, given.seats)
        for parties, seats in given.ties:
            won = self.knows(tier, place, "the seats", named(parties), seats)
            if won is None:
                self.ties.append({"tier": tier, "place": place, "parties": parties, "seats": seats})
            else:
                self.book(tier, place, {parties[at]: 1 for at in won})

    def without_ties(self, tier, place, given):
        """What a tier gave, with the end of every tie."""
        for parties, seats in given.ties:
            for at in self.choose(tier, place, "the seats", named(parties), seats):
                given.seats[parties[at]] += 1
        given.ties = []

    def seats_of(self, place):
        """The seats of a place, its own or those inside."""
        if self.sizes[place] is not None:
            return self.sizes[place]
        inside = [name for name, outer in self.document.within.items() if outer == place]
        refuse(not inside, f"{place} has no seats")
        return sum(map(self.seats_of, inside))

    def idle(self, tier, place):
        """The districts inside a place that do not count: of a matrix, those without seats."""
        inner = "biproportional" in tier["rule"] and self.document.level[place] != "district"
        return [one for one in self.document.inside(place, "district") if self.seats_of(one) == 0] if inner else []

    def base(self, tier, place, base):
        return self.document.base(place, base) - sum(self.document.base(one, base) for one in self.idle(tier, place))

    def ties_at(self, place):
        """The open ties that a place shows: who is tied, and for how many seats; of cells, its own lists."""
        ties = [tie for tie in self.ties if tie["place"] == place or place is None]
        shown = [self.shown(tie["tier"]["title"], tie["place"], tie["parties"], tie["seats"]) for tie in ties]
        for tie in self.ties:
            here = [name for name, at in tie.get("cells", []) if at == place]
            seats = int(dict(tie["districts"])[place]) if here else 0
            shown += [self.shown(tie["tier"]["title"], place, here, seats)] if here else []
        return sorted(shown)

    def shown(self, tier, place, parties, seats):
        """A tie as an answer has it; laws of one tier do not name it."""
        return tier if self.document.tiers[1:] else "", place or "", sorted(parties), seats

    def total(self):
        """The seats that were to be given out."""
        open = sum(tie["seats"] for tie in self.ties if not {"cells", "is_given"} & set(tie))
        known = sum(self.held_at[None].values()) + open + sum(self.vacant.values())
        return self.asked if self.document.flat else known

    def run(self):
        """Walks through the law; the records must be just those that it makes."""
        for place, tally in self.document.own.items():
            seats = {name: row["direct_seats"] for name, row in tally.rows.items() if row.get("direct_seats")}
            if seats and not self.document.flat:
                self.check(self.take("direct", None, place), seats=seats)
                self.book({"title": None}, place, seats)
        for tier in self.document.tiers:
            if not self.waits:
                self.tier(tier)
        if self.at < len(self.records):
            raise Refused(f"the law does not make record {self.at + 1}, {self.where(self.records[self.at])}")

    def places(self, tier):
        """The places of a tier: districts for the first where there are any, unless it is a matrix of them."""
        first = tier["index"] == 0 and "biproportional" not in tier["rule"]
        level, all = tier.get("at") or ("district" if first else "nation"), self.document.level
        return [place for place in all if all[place] == level] if self.document.several else [None]

    def tier(self, tier):
        if "seats_by" in tier:
            house.sizes(self, tier)
        if "biproportional" in tier["rule"]:
            return [matrix.check(self, tier, place) for place in self.places(tier)]
        everywhere = admission.everywhere(self, tier)
        for unit, given in [self.one_place(tier, place, everywhere) for place in self.places(tier)]:
            if tier["steps"] or tier.get("provisional"):
                self.without_ties(tier, unit.place, given)
            if tier.get("provisional"):
                self.provisional[tier.get("name"), unit.place] = given.seats
            elif tier["steps"]:
                placed.check(self, tier, unit, given)
            else:
                self.book_given(tier, unit.place, given)

    def one_place(self, tier, place, everywhere):
        unit = admission.unit(self, tier, place, self.tier_seats(tier, place), everywhere)
        self.asked += unit.seats
        kind, rows = tier.get("kind", "parallel"), self.document.tallies[place].rows
        if "given" in tier["rule"]:
            return unit, sharing.Given({name: rows[name].get("given", 0) for name in unit.parties})
        if tier.get("partial") or kind in ("top-up", "linked"):
            own = house.partial if tier.get("partial") else house.top_up if kind == "top-up" else house.linked
            return unit, own(self, tier, unit)
        earlier = kind == "continue"
        start = {name: rows[name].get("held", 0) + (self.held(place, name) if earlier else 0) for name in unit.parties}
        return unit, sharing.allocate(self, tier, unit, unit.active(), unit.seats, start, "the seats")

    def tier_seats(self, tier, place):
        seats = None if self.document.flat else tier.get("seats")
        if seats == "left":
            return sum(left for name, left in self.left.items() if place in self.document.around(name))
        of_place = "seats_by" in tier or (seats is None and "quota_at" not in tier)
        return self.seats_of(place) if of_place else seats or 0


def named(parties):
    """Parties as candidates."""
    return [{"party": name} for name in parties]


def where(kind, tier, place):
    return ", ".join(part for part in (kind, tier and f"tier {tier}", place or "the nation") if part)
