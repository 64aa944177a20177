"""Seats placed: which smaller place each went to, by claims that are made of the document's votes once more."""

from fractions import Fraction as F

import settled
from document import several
from figures import claim, method, share
from house import ends
from report import Asked, Refused, refuse, unfollowed


def check(course, tier, unit, given):
    """Walks through the steps of a tier's placing, and books what they place."""
    here = [(unit.place, given.seats)]
    for step in tier["steps"]:
        following = []
        for outer, seats in here:
            placing = Placing(course, tier, unit, step, outer, seats)
            if not placing.goes_on():
                return stay(course, tier, unit, given, placing)
            following += (settled.check(placing) if "settle" in step else placing.check()).items()
        here = following
    course.vacant[unit.place] += given.vacant
    for at, row in here:
        course.book(tier, at, row)


def stay(course, tier, unit, given, placing):
    """An open tie of placing: nothing is placed, and the seats stay with the place that gave them."""
    last = tier is course.document.tiers[-1] and not tier["steps"][1:] and not placing.whole
    if not last:
        raise Asked(None)
    step = placing.step
    one_by_one = "settle" in step or step.get("order") == "seats" or step.get("by") == "unused"
    unfollowed(one_by_one or step.get("tie_break"), "open ties of placing in an order of its own")
    placing.look()
    names, left = placing.tie_in_room() if placing.is_one_by_one() else placing.tie_of_party()
    where = course.where({"kind": "placed", "tier": tier["title"], "place": unit.place})
    refuse(not names, f"{where}: the record is missing, and no tie stands in its way")
    course.book_given(tier, unit.place, given)
    course.ties.append({"tier": tier, "place": unit.place, "parties": names, "seats": left, "is_given": True})


class Placing:
    """One step of placing inside one place."""

    def __init__(self, course, tier, unit, step, outer, seats):
        self.course, self.tier, self.unit, self.step, self.outer, self.seats = course, tier, unit, step, outer, seats
        self.places, self.whole = course.document.inside(outer, step["in"]), step.get("what") == "all"
        self.rule = {"rounds": True} if step.get("by") == "unused" else method(step.get("method") or "hare")
        self.chosen = []

    def goes_on(self):
        """Whether what is placed is on record; how its ties end comes before it."""
        kind = {"kind": "settled" if "settle" in self.step else "placed", "tier": self.tier["title"]}
        kind |= {} if self.outer is None else {"place": self.outer}
        while self.course.comes_to("the place of a seat") and self.course.at < len(self.course.records):
            record = self.course.records[self.course.at]
            about, winners = "the place of a seat", len(record["winners"])
            self.course.knows(self.tier, self.outer, about, record["candidates"], winners)
            self.chosen.append(record)
        record = self.course.records[self.course.at] if self.course.at < len(self.course.records) else {}
        return {key: record.get(key) for key in kind} == kind and record.get("place") == self.outer

    def is_one_by_one(self):
        return not self.whole and ("room" in self.step or self.step.get("order") == "seats")

    def look(self):
        """The seats that are held in each place, which must be known."""
        self.pairs = [(name, at) for name in self.unit.parties for at in self.places]
        self.held = {(name, at): 0 if self.beside(name) else self.course.held(at, name) for name, at in self.pairs}

    def by_method(self, name):
        """What a party has to place, its claims, and the seats from which they go on."""
        held = [0 if self.whole else self.held[name, at] for at in self.places]
        return self.seats[name], [self.claim(name, at) for at in self.places], held

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

    def tie_of_party(self):
        """The first tie of a party among its places: its name for each of them, and the seats."""
        for name in self.unit.parties:
            due, claims, held = self.by_method(name)
            tied, left = share(self.rule, claims, due, held)[1:] if due else ([], 0)
            if tied:
                return [name] * len(tied), left
        return [], 0

    def tie_in_room(self):
        """The first tie where the largest claim of all is placed next: the parties of its pairs, and the seats."""
        room, left, before = self.room(), dict(self.seats), dict(self.held)
        claims, chosen = {pair: self.claim(*pair) for pair in self.held}, list(self.chosen)

        def is_open(pair):
            return claims[pair] and left[pair[0]] and room[pair[1]]

        def serve(pairs):
            for pair in pairs:
                before[pair], left[pair[0]], room[pair[1]] = before[pair] + 1, left[pair[0]] - 1, room[pair[1]] - 1

        while bids := {pair: claim(self.rule, claims[pair], before[pair]) for pair in filter(is_open, self.pairs)}:
            equal = [pair for pair in bids if bids[pair] == max(bids.values())]
            while equal := [pair for pair in equal if is_open(pair)]:
                alone = not equal[1:]
                fits = [pair for pair in equal if alone or (sum(one[0] == pair[0] for one in equal) <= left[pair[0]]
                        and sum(one[1] == pair[1] for one in equal) <= room[pair[1]])]  # fmt: skip
                serve(fits)
                equal = [pair for pair in equal if pair not in fits]
                tied, seats = linked(equal, left, room)
                if tied and not chosen:
                    return [name for name, _ in tied], seats
                if tied:
                    won = [(one["party"], one["at"]) for one in chosen.pop(0)["winners"]]
                    serve(won)
                    equal = [pair for pair in equal if pair not in won]
        return [], 0

    def check(self):
        course, names = self.course, self.unit.parties
        self.look()
        record, pairs = course.take("placed", self.tier, self.outer), self.pairs
        self.where = course.where(record)
        found = {(one["party"], one["at"]): int(one["seats"]) for one in record["placed"]}
        self.cells = dict.fromkeys(pairs, 0) | found
        rows = [{"party": name, "at": at, "held": self.held[name, at], "seats": self.cells[name, at]}
                for name, at in pairs if self.cells[name, at] or self.held[name, at]]  # fmt: skip
        refuse(written_out(record["step"]) != written_out(self.step), f"{self.where}: the step is not the law's")
        seats = {name: number for name, number in self.seats.items() if number}
        one_by_one = self.is_one_by_one()
        moves = {"moves": self.follow(record.get("moves", []))} if one_by_one and seats else {}
        course.check(record, step=record["step"], seats=seats, placed=rows, **moves)
        for name in () if one_by_one else names:
            self.alone(name)
        course.report.checked["seats placed"] += sum(self.seats.values())
        had = self.held if self.whole else dict.fromkeys(pairs, 0)
        return {at: {name: self.cells[name, at] - had[name, at] for name in names} for at in self.places}

    def alone(self, name):
        """A party's seats among its places by a method, or in rounds by unused votes; direct seats as the law says."""
        due, claims, held = self.by_method(name)
        found, direct = [self.cells[name, at] for at in self.places], [self.held[name, at] for at in self.places]
        handling = self.step.get("direct", "keep")
        lower = direct if self.whole and handling == "minimum" else None
        given, tied, left = share(self.rule, claims, due, held, lower) if due else ([0] * len(found), [], 0)
        if self.whole and not tied and handling != "cover":
            given = [max(placed, kept) for placed, kept in zip(given, direct)]
        for at, placed, kept in zip(self.places, given, direct) if self.whole else ():
            if kept > placed:
                self.course.unseated[at, name] += kept - placed
        if tied and self.whole and handling == "keep":
            self.course.report.unchecked["ends of ties of placing"] += 1
            return
        pairs = [{"party": name, "at": self.places[at]} for at in tied]
        known = self.step.get("tie_break") or any(one["candidates"] == pairs and len(one["winners"]) == left and all(
            found[at] > given[at] for at in tied if pairs[tied.index(at)] in one["winners"]) for one in self.chosen)
        if not ends(given, tied, left, found) or (tied and not known):
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


def linked(pairs, left, room):
    """The first of pairs with all that share a party or a place with it, step by step, and how many win at once."""
    tied, grown = pairs[:1], True
    while grown:
        more = [pair for pair in pairs if any(pair[0] == one[0] or pair[1] == one[1] for one in tied)]
        tied, grown = more, len(more) > len(tied)
    names, places = {name for name, _ in tied}, {at for _, at in tied}
    if not tied:
        return [], 0
    return tied, left[tied[0][0]] if len(names) == 1 else room[tied[0][1]] if len(places) == 1 else 1


def written_out(step):
    """A step of placing in one form."""
    plain = {"per": "votes", "order": "claims", "what": "new", "direct": "keep", "tie_break": step.get("tie_break")}
    own = {key: value for key, value in step.items() if value != plain.get(key)}
    own |= {"method": method(step["method"])} if "method" in step else {}
    return own | {"chain": several(step.get("tie_break"))}
