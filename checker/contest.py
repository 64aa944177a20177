"""A question put to a method: its answer by the last claim served and the first refused, without asking a method."""

from dataclasses import dataclass, field
from fractions import Fraction as F

from figures import claim, divisor_text, method, price
from report import Refused, refuse, table, unfollowed


@dataclass
class Given:
    """What a tier gives at a place: certain seats by party, open ties, seats that nobody may take."""

    seats: dict
    ties: list = field(default_factory=list)
    vacant: int = 0


@dataclass
class Entrant:
    """Whoever competes: a list, or an alliance as one."""

    parties: list
    votes: int = 0
    counted: F = F(0)
    held: int = 0
    lower: int = 0
    upper: int | None = 0
    seats: int = 0

    def most(self):
        """Whoever has no votes takes no more than its minimum."""
        return self.lower if not self.counted else 10**30 if self.upper is None else self.upper


class Claims:
    """The claims of a contest: of each entrant, those that its seats serve and the next that is refused."""

    def __init__(self, where, rule, entrants, seats, base):
        self.rule, self.served, self.refused, ladder = rule, [], [], "divisor" in rule
        self.size = None if ladder else price(rule, base, seats)
        whole = [int(one.counted / self.size) if self.size else 0 for one in entrants]
        whole = [max(min(number, one.most()), one.lower) for number, one in zip(whole, entrants)]
        over = sum(whole) > seats
        for at, one in enumerate(entrants):
            fewest, most = one.lower, one.most()
            if not ladder:
                fewest, most = max(whole[at] - over, fewest), whole[at] if over else min(whole[at] + 1, most)
            if not fewest <= one.seats <= max(most, fewest):
                raise Refused(f"{where}: {one.parties[0]} has {one.seats} seats, not {fewest} to {most}")
            for side, stands, seat in (self.served, one.seats > fewest, 0), (self.refused, one.seats < most, 1):
                if stands and (ladder or self.size):
                    seat += one.held + one.seats
                    rest = 0 if ladder else one.counted - self.size * whole[at]
                    side.append((claim(rule, one.counted, seat - 1) if ladder else (0, rest), at, seat))
        self.last = min(self.served, key=lambda one: one[0], default=None)
        self.first = max(self.refused, key=lambda one: one[0], default=None)

    def written(self, one, entrants):
        """A claim as the certificate writes it."""
        if one is None:
            return None
        key, at, seat = one
        value = {"remainder": str(key[1])} if self.size else {"divisor": divisor_text(self.rule, seat - 1)}
        return {"parties": entrants[at].parties, "seat": seat} | value

    def prove(self, where, entrants, tied, settled):
        """No claim refused comes before one served; equal ones are those of the tie, or a tie-break is on record."""
        in_tie = [one for one in self.refused if one[1] in tied]
        others = [one for one in self.refused if one[1] not in tied]
        if len(in_tie) != len(tied) or len({one[0] for one in in_tie}) > 1:
            raise Refused(f"{where}: those in the tie have no equal claims")
        for ahead, behind in ((self.served, others), (self.served, in_tie), (in_tie, others)):
            if not ahead or not behind:
                continue
            last, first = min(ahead, key=lambda one: one[0]), max(behind, key=lambda one: one[0])
            here, there = (", ".join(entrants[one[1]].parties) for one in (last, first))
            equal = [{one[1] for one in side if one[0] == last[0]} for side in (ahead, behind)]
            if last[0] < first[0]:
                raise Refused(f"{where}: {there}'s claim to seat {first[2]} comes before {here}'s to seat {last[2]}")
            if last[0] == first[0] and not (equal[0] <= settled[0] and equal[1] <= settled[0] | settled[1]):
                raise Refused(f"{where}: {here} and {there} have equal claims, and nothing says who is first")


def question(course, tier, place, rule, entrants, seats, base, about, excess=None):
    """Holds a contest's record against what was asked, and proves its seats: those, and the tie."""
    record = course.take("contest", tier, place)
    where = course.where(record)
    unfollowed("divisor" not in rule and "quota" not in rule, f"methods such as {', '.join(rule)}")
    refuse(method(record["method"]) != rule, f"{where}: the method is not the law's")
    refuse(len(record["entries"]) != len(entrants), f"{where}: {len(record['entries'])} entries, not {len(entrants)}")
    for one, entry in zip(entrants, record["entries"]):
        one.seats = int(entry["seats"])
    claims = Claims(where, rule, entrants, seats, base)
    entries = [table(counted=None if one.counted == one.votes else str(one.counted), held=one.held or None,
                     minimum=one.lower or None, maximum=one.upper)
               | {"parties": one.parties, "votes": one.votes, "seats": one.seats} for one in entrants]  # fmt: skip
    tie, vacant = record.get("tie", {"entries": [], "seats": 0}), int(record.get("vacant", 0))
    course.check(record, **table(
        method=record["method"], about=about, seats=seats, entries=entries, excess=excess, vacant=vacant or None,
        quota=claims.size and str(claims.size), tie=record.get("tie"), settled=record.get("settled"),
        last_served=claims.written(claims.last, entrants), first_refused=claims.written(claims.first, entrants),
    ))  # fmt: skip
    tied, left = [names(entrants).index(one) for one in tie["entries"]], int(tie["seats"])
    total = sum(one.seats for one in entrants)
    if total + left + vacant != seats or (tied and not 0 < left < len(tied)):
        raise Refused(f"{where}: {total} seats, {left} tied and {vacant} vacant are not {seats}")
    if vacant and (not tier.get("vacancies") or any(one.seats < one.most() for one in entrants)):
        raise Refused(f"{where}: seats are vacant that somebody could take, or that the law does not leave so")
    settled = settle(course, tier, where, record.get("settled", []), entrants)
    differ = len({entrants[at].counted for at in tied}) > 1
    by_votes = differ and ("most-votes" in tier["chain"] or "fewest-votes" in tier["chain"])
    if by_votes or (tied and "list-order" in tier["chain"]):
        raise Refused(f"{where}: the tie is open, and the law's tie-break settles it")
    if not vacant:
        claims.prove(where, entrants, tied, settled)
    course.report.checked["contests by last claim served and first refused"] += 1
    return tied, left, vacant


def settle(course, tier, where, settled, entrants):
    """What tie-breaks settled: who won by one, and who lost and has not won by another."""
    at_of, won, lost = {name: at for at, one in enumerate(entrants) for name in one.parties}, set(), set()
    for one in settled:
        by = one["by"]
        drawn = [at_of.get(name) for name in by["drawn"]] if isinstance(by, dict) else []
        keys = {"most-votes": lambda at: -entrants[at].counted, "fewest-votes": lambda at: entrants[at].counted,
                "list-order": lambda at: at}  # fmt: skip
        key = keys[by] if isinstance(by, str) else lambda at: drawn.index(at) if at in drawn else len(drawn)
        winners, among = ({at_of[name] for name in one[which]} for which in ("winners", "among"))
        if by not in tier["chain"] or not winners < among or max(map(key, winners)) >= min(map(key, among - winners)):
            raise Refused(f"{where}: {', '.join(one['winners'])} do not win among {', '.join(one['among'])} by {by}")
        won, lost = won | winners, lost | (among - winners)
        course.report.checked["ties settled by tie-breaks"] += 1
    return won, lost


def names(entrants):
    return [one.parties for one in entrants]


def allocate(course, tier, unit, active, seats, start, about):
    """The seats of a place to those who take part: to alliances and lone lists first, then inside alliances."""
    given, rows = Given(dict.fromkeys(unit.parties, 0)), course.document.tallies[unit.place].rows
    minimum = len(course.document.tiers) > 1 and any(rows[name].get("min") for name in active)
    if active and (seats or minimum):
        own = [] if unit.place is None else course.document.places[unit.place].get("alliances") or []
        nodes = group(unit, [*(course.document.written.get("alliances") or []), *own], active)
        spread(course, tier, unit, nodes, seats, start, about, given, active)
        given.ties.sort(key=lambda tie: [unit.parties.index(name) for name in tie[0]])
    return given


def spread(course, tier, unit, nodes, seats, start, about, given, active, inside=False):
    entrants = [entrant(course, unit, node, start) for node in nodes]
    rule = method(tier["alliance_method"]) if inside and "alliance_method" in tier else tier["rule"]
    base, of = sum(one.counted for one in entrants), tier.get("quota_base", "admitted")
    if of != "admitted" and not inside:
        base = max(course.base(tier, unit.place, of) - max(sum(unit.counted[name] for name in active) - base, 0), 0)
    tied, left, vacant = [], 0, 0
    if any(one.counted or one.lower for one in entrants) and not (inside and not any(one.counted for one in entrants)):
        excess = tier.get("excess") if tier.get("excess") != "error" else None
        tied, left, vacant = question(course, tier, unit.place, rule, entrants, seats, base, about, excess)
    given.vacant += vacant
    unfollowed(any(isinstance(nodes[at], tuple) for at in tied), "ties of alliances")
    for node, one in zip(nodes, entrants):
        if isinstance(node, tuple):
            spread(course, tier, unit, node, one.seats, start, about, given, active, True)
        else:
            given.seats[node] += one.seats
    if tied:
        given.ties.append(([nodes[at] for at in tied], left))


def entrant(course, unit, node, start):
    made, rows = Entrant(lists(node)), course.document.tallies[unit.place].rows
    for name in made.parties:
        least, most = rows[name].get("min", 0), rows[name].get("max")
        made.votes, made.counted = made.votes + unit.votes[name], made.counted + unit.counted[name]
        made.held, made.lower = made.held + start[name], made.lower + max(least - start[name], 0)
        made.upper = None if most is None or made.upper is None else made.upper + max(most - start[name], 0)
    return made


def group(unit, alliances, active):
    """Lists and alliances in the order of their first lists: a name, or a tuple of nodes."""

    def first(node):
        return min(unit.parties.index(name) for name in lists(node))

    def taking_part(members):
        unfollowed(isinstance(members, dict), "alliances with fewest seats")
        nodes = [one if isinstance(one, str) else taking_part(one) for one in members]
        nodes = sorted((one for one in nodes if isinstance(one, tuple) or one in active), key=first)
        return tuple(nodes) if len(nodes) > 1 else nodes[0] if nodes else None

    nodes = [node for node in map(taking_part, alliances) if node is not None]
    allied = [name for node in nodes for name in lists(node)]
    return sorted(nodes + [name for name in active if name not in allied], key=first)


def lists(node):
    return [node] if isinstance(node, str) else [name for inner in node for name in lists(inner)]
