"""Seats placed: which smaller place each went to, by claims that are made of the document's votes once more."""

from fractions import Fraction as F

import settled
from document import several
from figures import claim, method, share
from house import ends
from report import Refused, refuse, unfollowed


def check(course, tier, unit, given):
    """Walks through the steps of a tier's placing, and books what they place."""
    here = [(unit.place, given.seats)]
    course.vacant[unit.place] += given.vacant
    for step in tier["steps"]:
        following = []
        for outer, seats in here:
            placing = Placing(course, tier, unit, step, outer, seats)
            unfollowed(course.at == len(course.records), "open ties of placing")
            following += (settled.check(placing) if "settle" in step else placing.check()).items()
        here = following
    for at, row in here:
        course.book(tier, at, row)


class Placing:
    """One step of placing inside one place."""

    def __init__(self, course, tier, unit, step, outer, seats):
        self.course, self.tier, self.unit, self.step, self.outer, self.seats = course, tier, unit, step, outer, seats
        self.places, self.whole = course.document.inside(outer, step["in"]), step.get("what") == "all"
        self.rule = {"rounds": True} if step.get("by") == "unused" else method(step.get("method") or "hare")

    def beside(self, name):
        """Whether a party's seats stay beside whole targets."""
        return self.whole and (self.seats[name] == 0 or self.unit.admitted[name] == "refused")

    def claim(self, name, place):
        """What a party places a seat with, before any divisor."""
        course, per = self.course, self.step.get("per", "votes")
        own = F(course.document.tallies[place].votes.get(name, 0))
        if self.step.get("by") == "unused":
            own = course.unused.get(place, {}).get(name, F(0))
        if per == "votes" or not own:
            return own
        size = 1 if per == "share" else course.seats_of(place) + (per == "quota")
        return own * size / course.base(self.tier, place, "valid")

    def check(self):
        course, names = self.course, self.unit.parties
        record = course.take("placed", self.tier, self.outer)
        self.where = course.where(record)
        pairs = [(name, at) for name in names for at in self.places]
        self.held = {(name, at): 0 if self.beside(name) else course.held(at, name) for name, at in pairs}
        found = {(one["party"], one["at"]): int(one["seats"]) for one in record["placed"]}
        self.cells = dict.fromkeys(pairs, 0) | found
        rows = [{"party": name, "at": at, "held": self.held[name, at], "seats": self.cells[name, at]}
                for name, at in pairs if self.cells[name, at] or self.held[name, at]]  # fmt: skip
        refuse(written_out(record["step"]) != written_out(self.step), f"{self.where}: the step is not the law's")
        seats = {name: number for name, number in self.seats.items() if number}
        one_by_one = not self.whole and ("room" in self.step or self.step.get("order") == "seats")
        moves = {"moves": self.follow(record.get("moves", []))} if one_by_one and seats else {}
        course.check(record, step=record["step"], seats=seats, placed=rows, **moves)
        for name in () if one_by_one else names:
            self.alone(name)
        course.report.checked["seats placed"] += sum(self.seats.values())
        had = self.held if self.whole else dict.fromkeys(pairs, 0)
        return {at: {name: self.cells[name, at] - had[name, at] for name in names} for at in self.places}

    def alone(self, name):
        """A party's seats among its places by a method, or in rounds by unused votes; direct seats as the law says."""
        claims, direct = [self.claim(name, at) for at in self.places], [self.held[name, at] for at in self.places]
        found, due = [self.cells[name, at] for at in self.places], self.seats[name]
        handling = self.step.get("direct", "keep")
        lower = direct if self.whole and handling == "minimum" else None
        held = [0] * len(found) if self.whole else direct
        given, tied, left = share(self.rule, claims, due, held, lower) if due else ([0] * len(found), [], 0)
        if self.whole and not tied and handling != "cover":
            given = [max(placed, kept) for placed, kept in zip(given, direct)]
        for at, placed, kept in zip(self.places, given, direct) if self.whole else ():
            if kept > placed:
                self.course.unseated[at, name] += kept - placed
        if tied and self.whole and handling == "keep":
            self.course.report.unchecked["ends of ties of placing"] += 1
            return
        if not ends(given, tied, left, found) or (tied and not self.step.get("tie_break")):
            raise Refused(f"{self.where}: {name} has {found} seats in its places, by its claims {given}")

    def follow(self, moves):
        """Follows seats placed one by one: each is the largest claim of those that are open."""
        step, rounds = self.step, self.step.get("by") == "unused"
        order = self.order() if step.get("order") == "seats" else None
        claims = {pair: self.claim(*pair) for pair in self.held}
        before = dict.fromkeys(self.held, 0) if rounds else dict(self.held)
        room, left, placed, made = self.room(), dict(self.seats), dict.fromkeys(self.held, 0), []

        def key(pair):
            return (-before[pair], claims[pair]) if rounds else claim(self.rule, claims[pair], before[pair])

        for number, move in enumerate(moves):
            pair = move["party"], move["at"]
            turn = [pair[0]] if order is None else order[number] if number < len(order) else []
            open = [one for one in self.held if claims[one] and left[one[0]] and room[one[1]]
                    and (order is None or one[0] == pair[0])]  # fmt: skip
            best = max(open, key=key, default=None)
            if pair not in open or pair[0] not in turn or key(best) > key(pair):
                raise Refused(f"{self.where}: move {number + 1}, {' in '.join(pair)}, is not the next by its claim")
            made.append({"party": pair[0], "at": pair[1], "before": before[pair], "claim": str(claims[pair])})
            before[pair], left[pair[0]], placed[pair] = before[pair] + 1, left[pair[0]] - 1, placed[pair] + 1
            room[pair[1]] -= 1
        refuse(placed != self.cells or any(left.values()), f"{self.where}: the moves do not come to the seats placed")
        self.course.report.checked["seats placed one by one, each the largest claim"] += len(moves)
        self.course.report.unchecked["placing one by one: who of equal claims is first"] += 1
        return made

    def room(self):
        """The seats that each place can take."""
        room, document = self.step.get("room"), self.course.document
        named = {place: document.places[place].get(room, 0) for place in self.places if isinstance(room, str)}
        left = {place: self.course.left.get(place, 0) for place in self.places}
        return left if room == "left" else named or dict.fromkeys(self.places, 10**30 if room is None else room)

    def order(self):
        """Whose turn it is at each move: parties by the claims with which their seats were won, equal ones together."""
        unit, won = self.unit, []
        for name, number in self.seats.items():
            held = self.course.held(unit.place, name) if number else 0
            won += [(claim(self.tier["rule"], unit.counted[name], held + seat), name) for seat in range(number)]
        won.sort(key=lambda one: one[0], reverse=True)
        return [[other for key, other in won if key == mine] for mine, _ in won]


def written_out(step):
    """A step of placing in one form."""
    plain = {"per": "votes", "order": "claims", "what": "new", "direct": "keep", "tie_break": step.get("tie_break")}
    own = {key: value for key, value in step.items() if value != plain.get(key)}
    own |= {"method": method(step["method"])} if "method" in step else {}
    return own | {"chain": several(step.get("tie_break"))}
