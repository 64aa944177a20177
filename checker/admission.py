"""Who takes part: every threshold judged once more with exact ratios, repairs, and the votes that count."""

from dataclasses import dataclass
from fractions import Fraction as F
from math import lcm

from document import by_members, threshold
from figures import method, price, ratio, rounded
from report import table, unfollowed


@dataclass
class Unit:
    """A place in one tier: who stands there, who takes part, and what the method counts of each."""

    place: str | None
    seats: int
    parties: list
    admitted: dict
    votes: dict
    counted: dict = None

    def active(self):
        return [party for party in self.parties if self.admitted[party] != "refused"]


def everywhere(course, tier):
    """Parties judged once for all places, where all of the threshold looks at the nation."""
    once = "threshold" in tier and course.places(tier) != [None] and is_national(threshold(tier["threshold"]))
    return judge(course, tier, None) if once else None


def is_national(known, inside=False):
    """Whether all of a threshold is judged on the votes of the nation; inside, whether nothing names another level."""
    kind, own = known
    if kind == "at":
        here = own["at"] == "nation"
        return (here or not inside) and is_national(threshold(own["pass"]), inside or here)
    if kind in ("any", "all"):
        return bool(own[kind]) and all(is_national(threshold(one), inside) for one in own[kind])
    return inside or kind in ("minority", "units", "places")


def unit(course, tier, place, seats, national):
    tally = course.document.tallies[place]
    idle = seats == 0 and tier.get("kind", "parallel") == "parallel" and not tier.get("partial")
    if national is None:
        idle = idle and "biproportional" not in tier["rule"]
        national = dict.fromkeys(tally.votes, "passed") if idle else judge(course, tier, place)
    made = Unit(place, seats, list(tally.votes), {name: national[name] for name in tally.votes}, dict(tally.votes))
    made.counted = counted(course, tier, made)
    return made


def judge(course, tier, place):
    """Holds a record of admission against the law; who takes part."""
    record, votes, noted, admitted = course.take("admission", tier, place), course.document.tallies[place].votes, {}, {}
    for name in votes:
        one = Judge(course, tier, name)
        passed = "threshold" not in tier or one.passes(threshold(tier["threshold"]), place, place)
        admitted[name], noted[name] = "passed" if passed else "refused", one.noted
    second = tier.get("admit_at_least") or 0
    fewest, weight = (second["parties"], second.get("weight", 1)) if isinstance(second, dict) else (second, None)
    if tier.get("none_passes") == "all" and "passed" not in admitted.values():
        admitted = dict.fromkeys(admitted, "repaired")
    share = tier.get("admitted_share")
    share = {"share": share} if isinstance(share, str) else share
    needed = ratio(share["share"]) * course.base(tier, place, share.get("of", "valid")) if share else 0
    for name in sorted(votes, key=votes.get, reverse=True):
        inside = [one for one in votes if admitted[one] != "refused"]
        if votes[name] and name not in inside and len(inside) < fewest:
            admitted[name] = "repaired" if weight is None else "weighed"
        elif votes[name] and name not in inside and sum(votes[one] for one in inside) < needed:
            admitted[name] = "repaired"
    weights = {"weighed": str(ratio(weight or 1))}
    course.check(record, parties=[table(comparisons=noted[name], weight=weights.get(admitted[name]))
                                  | {"party": name, "votes": votes[name], "admitted": admitted[name]}
                                  for name in votes])  # fmt: skip
    course.report.checked["comparisons of thresholds"] += sum(map(len, noted.values()))
    course.admitted[tier["index"], place] = [name for name in admitted if admitted[name] != "refused"]
    return admitted


class Judge:
    """Judges a party by a threshold, and notes every comparison as the certificate writes it."""

    def __init__(self, course, tier, party, *allies):
        self.course, self.tier, self.party, self.allies, self.noted = course, tier, party, allies, []

    def note(self, what, place, has, needs, of=None, strict=False, **more):
        side, other = F(has), ratio(needs) * (1 if of is None else of)
        met = side > other if strict else side >= other
        written = table(what=what, place=place, of=None if of is None else str(F(of)), strict=strict, **more)
        self.noted.append(written | {"has": str(has), "needs": str(ratio(needs)), "met": met})
        return met

    def votes(self, place):
        tallies, idle = self.course.document.tallies, self.course.idle(self.tier, place)
        own = {at: sum(tallies[at].votes.get(name, 0) for name in (self.party, *self.allies)) for at in (place, *idle)}
        return own[place] - sum(own[one] for one in idle)

    def passes(self, known, place, stands):
        (kind, own), course, tallies = known, self.course, self.course.document.tallies
        if kind in ("any", "all"):
            parts = [self.passes(threshold(part), place, stands) for part in own[kind]]
            return any(parts) if kind == "any" else all(parts)
        if kind == "at":
            inner = threshold(own["pass"])
            at = place if is_national(inner) else course.document.upwards(stands, own["at"])
            return self.passes(inner, at, stands)
        if kind in ("units", "places"):
            return self.in_places(own, place)
        own_alone = kind in ("minority", "direct_seats", "seats", "by_members") or own.get("of") == "voters"
        unfollowed(self.allies and own_alone, "thresholds beside votes for alliances")
        row = tallies[None].rows[self.party]
        if kind == "minority":
            return bool(row.get("minority"))
        if kind == "direct_seats":
            has = tallies[place].rows.get(self.party, {}).get("direct_seats", 0)
            return self.note("direct-seats", place, has, own["direct_seats"])
        if kind == "seats":
            return self.note("seats", place, course.held(place, self.party), own["seats"])
        if kind == "votes":
            return self.note("votes", place, self.votes(place), own["votes"], strict=own["strict"])
        if kind == "quota":
            rule, seats = method(own), course.seats_of(place)
            if not seats + rule["quota"][0]:
                self.noted.append(table(what="no-quota", place=place) | {"met": False})
                return False
            size = price(rule, course.base(self.tier, place, own["of"]), seats) or 0
            return self.note("quota", place, self.votes(place), own.get("times", 1), size, own["strict"])
        share = by_members(own["by_members"], row.get("members", 1)) if kind == "by_members" else own["share"]
        if share is None:
            return True
        if own["of"] == "voters":
            return self.note("voters", place, *self.voters(place, share), own["strict"])
        whole = course.base(self.tier, place, own["of"])
        return self.note("share", place, self.votes(place), share, whole, own["strict"], base=own["of"])

    def voters(self, place, share):
        """A party's voter numbers and those of all, to the scale at which all are whole."""
        how, tallies = self.tier["rule"]["biproportional"]["voters"], self.course.document.tallies
        own = whole = F(0)
        sizes = {at: self.course.seats_of(at) for at in self.course.document.inside(place, "district")}
        for at, size in sizes.items():
            rest = voters(how, tallies[at].beside.get("other", 0), size)
            whole += rest + sum(voters(how, number, size) for number in tallies[at].votes.values())
            own += voters(how, tallies[at].votes.get(self.party, 0), size)
        scale = lcm(*[size for size in sizes.values() if size]) if how == "exact" else 1
        return own * scale, share, whole * scale

    def in_places(self, own, place):
        """In how many places of a level the party passes; of a matrix, those count in which it has votes."""
        course, noted, passed = self.course, self.noted, 0
        of_matrix = "biproportional" in self.tier["rule"]
        idle = course.idle(self.tier, None)
        counts = [at for at, level in course.document.level.items() if level == own["in"] and at not in idle]
        for at in counts:
            self.noted = []
            passed += self.passes(threshold(own["pass"]), at, at) and not (of_matrix and self.votes(at) == 0)
        self.noted = noted
        needed = len(counts) if own["units"] == "all" else own["units"]
        return self.note("places", place, passed, needed, level=own["in"])


def voters(how, votes, seats):
    """A district's votes as voters of a biproportional law."""
    if seats == 0:
        return F(0)
    return F(votes) if how == "votes" else F(votes, seats) if how == "exact" else rounded(F(votes, seats), "nearest")


def counted(course, tier, unit):
    """What the method counts of each party: first choices, spare ballots, fragments, or unused votes."""
    active = unit.active()
    votes = {name: F(unit.votes[name]) if name in active else F(0) for name in unit.parties}
    for ranking, ballots in course.document.tallies[unit.place].rankings if tier.get("spare_votes") else ():
        to = next((name for name in ranking if name in active), ranking[0])
        votes[to] += ballots if to != ranking[0] else 0
    if "fragments" in tier:
        gained = fragments(course, tier, unit)
        votes = {name: number + gained[name] if number else number for name, number in votes.items()}
    if tier.get("votes") == "unused":
        inside = course.document.inside(unit.place, "district")
        left = {name: sum((course.unused.get(at, {}).get(name, F(0)) for at in inside), F(0)) for name in unit.parties}
        votes = {name: left[name] if name in active else F(0) for name in unit.parties}
    return votes


def fragments(course, tier, unit):
    """Votes of single-seat districts that count for lists."""
    record, gained = course.take("fragments", tier, unit.place), dict.fromkeys(unit.parties, 0)
    for district in course.document.inside(unit.place, "district"):
        votes = course.document.tallies[district].votes
        second = (sorted(votes.values(), reverse=True) + [0, 0])[1]
        for name, own in votes.items():
            surplus = max(own - second - 1, 0) if tier["fragments"] == "losers-and-surplus" else 0
            gained[name] += surplus if course.held(district, name) else own
    course.check(record, fragments=tier["fragments"], gained=gained)
    return gained
