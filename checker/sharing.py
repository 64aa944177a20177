"""The seats of a place to those who take part: a bonus, alliances and lone lists, then inside alliances."""

from dataclasses import dataclass, field
from fractions import Fraction as F

from contest import Contest, Entrant, key_of, question
from figures import choose, method, ratio
from report import refuse, unfollowed


@dataclass
class Given:
    """What a tier gives at a place: certain seats by party, open ties, seats that nobody may take."""

    seats: dict
    ties: list = field(default_factory=list)
    vacant: int = 0


@dataclass
class Node:
    """A list, or several together, with the fewest seats of alliances that it stands for."""

    lists: list
    inner: list = None
    least: int = 0


def allocate(course, tier, unit, active, seats, start, about):
    given, rows = Given(dict.fromkeys(unit.parties, 0)), course.document.tallies[unit.place].rows
    minimum = len(course.document.tiers) > 1 and any(rows[name].get("min") for name in active)
    if active and (seats or minimum):
        sharing = Sharing(course, tier, unit, active, start, about)
        nodes = sharing.group()
        sharing.winner, sharing.bonus = sharing.bonus_of(nodes, seats)
        sharing.spread(given, nodes, seats - sharing.bonus)
        if sharing.bonus:
            given.seats[sharing.winner] += sharing.bonus
        given.ties.sort(key=lambda tie: [unit.parties.index(name) for name in tie[0]])
    return given


class Sharing:
    """One place's seats as they are asked for."""

    def __init__(self, course, tier, unit, active, start, about):
        self.course, self.tier, self.unit, self.active = course, tier, unit, active
        self.start, self.about = start, about
        self.rows, self.winner, self.bonus = course.document.tallies[unit.place].rows, None, 0
        self.weighed = any(unit.admitted[name] == "weighed" for name in active)

    def group(self):
        """Lists and alliances in the order of their first lists."""

        def first(node):
            return min(self.unit.parties.index(name) for name in node.lists)

        def taking_part(written):
            members, least = (written["members"], written["min"]) if isinstance(written, dict) else (written, 0)
            inner = [(Node([one]) if one in self.active else None) if isinstance(one, str) else taking_part(one)
                     for one in members]  # fmt: skip
            inner = sorted((one for one in inner if one), key=first)
            if not inner:
                return None
            node = Node([name for one in inner for name in one.lists], inner) if inner[1:] else inner[0]
            node.least = max(node.least, least)
            return node

        own = [] if self.unit.place is None else self.course.document.places[self.unit.place].get("alliances") or []
        nodes = map(taking_part, [*(self.course.document.written.get("alliances") or []), *own])
        nodes = [node for node in nodes if node]
        allied = [name for node in nodes for name in node.lists]
        return sorted(nodes + [Node([name]) for name in self.active if name not in allied], key=first)

    def entrant(self, node):
        """A node as it competes: bounds are of new seats, those of an alliance its members' sums."""
        made, tier, second = Entrant(node.lists, cap=0), self.tier, self.tier.get("admit_at_least")
        for name in node.lists:
            row, counted = self.rows[name], self.unit.counted[name]
            weighed = self.unit.admitted[name] == "weighed"
            beside = self.start[name] + (self.bonus if name == self.winner else 0)
            least, most, cap = row.get("min", 0), row.get("max"), self.cap(name)
            made.votes, made.held = made.votes + self.unit.votes[name], made.held + self.start[name]
            made.counted += counted * (ratio(second.get("weight", 1)) if weighed else 1)
            made.whole += counted
            made.lower += max(least - beside, 0)
            made.upper = None if most is None or made.upper is None else made.upper + max(most - beside, 0)
            made.floor += max(second.get("min", 0) - self.start[name], 0) if weighed else 0
            made.cap = None if cap is None or made.cap is None else made.cap + max(cap - beside, 0)
        bonus = self.bonus if self.winner in node.lists else 0
        made.lower = max(made.lower, node.least - made.held - bonus)
        return made

    def cap(self, name):
        """The most seats of a list by its share of the votes and some points of the house."""
        cap, unit = self.tier.get("cap"), self.unit
        if not cap:
            return None
        own, whole = unit.counted[name], sum(unit.counted[one] for one in unit.active())
        if cap.get("of", "admitted") != "admitted":
            own, whole = unit.votes[name], self.course.base(self.tier, unit.place, cap["of"])
        allowed = (F(own, whole) + ratio(cap["points"])) * cap.get("house", unit.seats) if whole else 10**30
        return min(int(allowed), cap.get("most", 10**30))

    def bonus_of(self, nodes, seats):
        """The winner's bonus, before other seats are given out."""
        bonus = self.tier.get("bonus")
        if not bonus or not seats or not nodes:
            return None, 0
        bonus = bonus if isinstance(bonus, dict) else {"seats": bonus}
        entrants, of = [self.entrant(node) for node in nodes], bonus.get("of", "valid")
        most, whole = max(one.votes for one in entrants), self.course.base(self.tier, self.unit.place, of)
        above = F(most, whole) - ratio(bonus.get("from", 0)) if whole else 0
        extra = bonus["seats"] + (int(above / ratio(bonus["step"])) if "step" in bonus else 0)
        extra = 0 if above < 0 else min(extra, bonus.get("most", extra))
        if not extra:
            return None, 0
        tied = [at for at, one in enumerate(entrants) if one.votes == most]
        votes = [one.votes for one in entrants]
        for by in self.tier["chain"]:
            if isinstance(by, dict) and tied[1:] and not self.course.comes_to("the bonus"):
                # Whether lots are used up, or are for another place, the record says.
                tied = [at for at in tied if entrants[at].parties[0] == self.course.ahead("bonus")["party"]] or tied
                self.course.report.unchecked["lots for a bonus: who wins them"] += 1
            elif tied[1:]:
                won, tied, _ = choose(tied, 1, key_of(by, entrants, votes))
                tied = won or tied
        if tied[1:]:
            tied = self.ask(entrants, tied, 1, "the bonus")
        name = entrants[tied[0]].parties[0]
        upper = self.entrant(Node([name])).upper
        given = extra if upper is None else min(extra, upper)
        record = self.course.take("bonus", self.tier, self.unit.place)
        self.course.check(record, party=name, votes=most, of=of, whole=whole, seats=given)
        return name, given

    def ask(self, entrants, tied, seats, about):
        contest = Contest(self.course, self.tier, self.unit, "", entrants, 0, F(0))
        return contest.ask(tied, seats, about)

    def spread(self, given, nodes, seats, inside=False):
        """Gives seats to nodes, and on to the lists inside them."""
        round, tied, left, vacant = self.give(nodes, seats, inside)
        given.vacant += vacant
        if any(nodes[at].inner for at in tied):
            unfollowed(not self.course.comes_to("seats of alliances"), "open ties of alliances")
            for at in self.ask([Entrant(node.lists) for node in nodes], tied, left, "seats of alliances"):
                round[at] += 1
            tied = []
        for node, number in zip(nodes, round):
            if node.inner:
                self.spread(given, node.inner, number, True)
            else:
                given.seats[node.lists[0]] += number
        if tied:
            given.ties.append(([nodes[at].lists[0] for at in tied], left))

    def give(self, nodes, seats, inside):
        """Shares seats among nodes: once more without those below what they have at least, or above their cap."""
        entrants, result, left = [self.entrant(node) for node in nodes], [0] * len(nodes), seats
        active = list(range(len(nodes)))
        while True:
            competing = [entrants[at] for at in active]
            tied, open, vacant = self.round(competing, left, len(active) == len(nodes), inside)
            below = next((at for at, one in enumerate(competing) if one.seats < one.floor), None)
            if below in tied:
                self.win(competing, tied, open, "seats before a minimum")
                tied, open, below = [], 0, next((at for at, one in enumerate(competing) if one.seats < one.floor), None)
            if below is not None:
                floor = competing[below].floor
                self.record("floor", parties=competing[below].parties, seats=floor)
                result[active.pop(below)], left = floor, left - floor
                continue
            over = [at for at, one in enumerate(competing) if one.cap is not None and one.seats > one.cap]
            reached = any(competing[at].cap is not None and competing[at].seats >= competing[at].cap for at in tied)
            if tied and (over or reached):
                self.win(competing, tied, open, "seats before the cap")
                tied, open = [], 0
                over = [at for at, one in enumerate(competing) if one.cap is not None and one.seats > one.cap]
            for at in over:
                one = competing[at]
                self.record("capped", parties=one.parties, would_have=one.seats, most=one.cap)
            for at, one in zip(active, competing):
                result[at] = one.seats
            if not over:
                return result, [active[at] for at in tied], open, vacant
            for at in over:
                result[active[at]] = competing[at].cap
                left -= competing[at].cap
            active = [at for place, at in enumerate(active) if place not in over]

    def round(self, competing, left, first, inside):
        """One question to the method, where there is somebody to ask about."""
        votes = any(one.counted for one in competing)
        nobody = not votes and not any(one.lower for one in competing)
        for one in competing:
            one.seats = 0
        if nobody and (not left or not (first and competing)):
            refuse(left and not self.tier.get("vacancies"), "seats that nobody may take")
            return [], 0, left
        if inside and not votes:
            for one in competing:
                one.seats = one.lower
            return [], 0, 0
        tier, unit = self.tier, self.unit
        rule = method(tier["alliance_method"]) if inside and "alliance_method" in tier else tier["rule"]
        base, of = sum(one.whole for one in competing), tier.get("quota_base", "admitted")
        if of != "admitted" and not inside:
            gone = max(sum(unit.counted[name] for name in self.active) - base, 0)
            base = max(self.course.base(tier, unit.place, of) - gone, 0)
        return question(self.course, tier, unit, rule, competing, left, base, self.about, inside, self.weighed)

    def win(self, competing, tied, seats, about):
        for at in self.ask(competing, tied, seats, about):
            competing[at].seats += 1

    def record(self, kind, **fields):
        self.course.check(self.course.take(kind, self.tier, self.unit.place), **fields)
