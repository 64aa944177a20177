"""A question put to a method: its answer by the last claim served and the first refused, without asking a method."""

from dataclasses import dataclass, field
from fractions import Fraction as F

import admission
import stages
from figures import choose, claim, divisor_text, price
from report import Refused, refuse, table, unfollowed


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
    floor: int = 0
    cap: int | None = None
    whole: F = F(0)

    def most(self):
        """Whoever has no votes takes no more than its minimum."""
        return self.lower if not self.counted else 10**30 if self.upper is None else self.upper


class Claims:
    """The claims of a contest: of each entrant, those that its seats serve and the next that is refused."""

    def __init__(self, where, rule, entrants, seats, base, prove=True):
        self.rule, self.served, self.refused, ladder = rule, [], [], "divisor" in rule
        self.size = None if ladder else price(rule, base, seats)
        whole = [int(one.counted / self.size) if self.size else 0 for one in entrants]
        whole = [max(min(number, one.most()), one.lower) for number, one in zip(whole, entrants)]
        over = sum(whole) > seats
        for at, one in enumerate(entrants):
            fewest, most = one.lower, one.most()
            if not ladder:
                fewest, most = max(whole[at] - over, fewest), whole[at] if over else min(whole[at] + 1, most)
            if prove and not fewest <= one.seats <= max(most, fewest):
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


@dataclass
class Contest:
    """What a method is asked, and how ties go in it."""

    course: object
    tier: dict
    unit: object
    where: str
    entrants: list
    seats: int
    base: F
    settlements: list = field(default_factory=list)

    def ask(self, tied, seats, about):
        """Who wins a tie that the law goes on from; those in it stand for their first lists."""
        candidates = [{"party": self.entrants[at].parties[0]} for at in tied]
        return [tied[at] for at in self.course.choose(self.tier, self.unit.place, about, candidates, seats)]

    def judge(self, parties, known):
        return admission.Judge(self.course, self.tier, *parties).passes(known, self.unit.place, self.unit.place)

    def settle(self, given, tied, left, noted=True):
        """A tie as far as tie-breaks settle it: winners get their seat, and who is tied still is left."""
        for by in self.tier["chain"]:
            one = self.settlements[0] if self.settlements else None
            among = [self.entrants[at].parties[0] for at in tied]
            if not tied or (isinstance(by, dict) and not (one and one["by"] == by and one["among"] == among)):
                # Whether lots are used up, or are for another place, the record says.
                continue
            votes = None if noted else [one.votes for one in self.entrants]
            won, tied, left = choose(tied, left, key_of(by, self.entrants, votes))
            names = [self.entrants[at].parties[0] for at in sorted(won)]
            if won and noted:
                right = {"by": by, "winners": names, "among": among}
                refuse(one != right, f"{self.where}: {', '.join(names)} win among {', '.join(among)} by {by}")
                self.settlements.pop(0)
                self.course.report.checked["ties settled by tie-breaks"] += 1
            for at in won:
                given[at] += 1
        return tied, left


def key_of(by, entrants, votes=None):
    """Whom a tie-break lets win: those with the largest key."""
    votes = votes or [one.counted for one in entrants]
    if isinstance(by, dict):
        drawn = [next((at for at, one in enumerate(entrants) if name in one.parties), None)
                 for name in by.get("drawn", [])]  # fmt: skip
        return lambda at: -drawn.index(at) if at in drawn else -len(drawn)
    return {"most-votes": lambda at: votes[at], "fewest-votes": lambda at: -votes[at],
            "list-order": lambda at: -at}[by]  # fmt: skip


def question(course, tier, unit, rule, entrants, seats, base, about, inside=False, weighed=False):
    """Holds a contest's record against what was asked, and proves its seats: those, and the tie."""
    where = course.where({"kind": "contest", "tier": tier["title"], "place": unit.place})
    contest = Contest(course, tier, unit, where, entrants, seats, base)
    unfollowed(not {"divisor", "quota", "stages"} & set(rule), f"methods such as {', '.join(rule)}")
    ahead, staged, steps = course.ahead("contest"), stages.of(tier, rule, inside, weighed), None
    is_other = stages.plain(ahead["method"]) != (stages.plain(rule) if "stages" in rule else rule)
    refuse(is_other, f"{where}: the method is not the law's")
    if len(ahead["entries"]) != len(entrants):
        raise Refused(f"{where}: {len(ahead['entries'])} entries, not {len(entrants)}")
    for one, entry in zip(entrants, ahead["entries"]):
        one.seats = int(entry["seats"])
    tie, vacant = ahead.get("tie", {"entries": [], "seats": 0}), int(ahead.get("vacant", 0))
    tied, left = [[one.parties for one in entrants].index(one) for one in tie["entries"]], int(tie["seats"])
    if staged:
        contest.settlements = list(ahead.get("settled", []))
        progress = stages.prove(contest, staged, inside, ahead)
        steps = progress.written(ahead)
        tied, left, vacant = (*progress.tie[1:], progress.vacant) if progress.tie else ([], 0, progress.vacant)
        refuse(contest.settlements, f"{where}: more is settled than tie-breaks settle")
        tie = {"entries": [entrants[at].parties for at in tied], "seats": left}
    record = course.take("contest", tier, unit.place)
    # Minimums that take all seats leave nothing for a method to decide.
    decided = not staged and sum(one.lower for one in entrants) == seats
    refuse(decided and any(one.seats != one.lower for one in entrants), f"{where}: minimums take all seats")
    prove = not staged and not decided
    claims = Claims(where, rule, entrants, seats, base, prove) if "stages" not in rule else None
    entries = [table(counted=None if one.counted == one.votes else str(one.counted), held=one.held or None,
                     minimum=one.lower or None, maximum=one.upper)
               | {"parties": one.parties, "votes": one.votes, "seats": one.seats} for one in entrants]  # fmt: skip
    excess = tier.get("excess") if tier.get("excess") != "error" else None
    course.check(record, **table(
        method=record["method"], about=about, seats=seats, entries=entries, excess=excess, vacant=vacant or None,
        quota=claims and claims.size and str(claims.size), tie=tie if tied else None, settled=record.get("settled"),
        last_served=claims and claims.written(claims.last, entrants), stages=steps,
        first_refused=claims and claims.written(claims.first, entrants),
    ))  # fmt: skip
    total = sum(one.seats for one in entrants)
    if total + left + vacant != seats or (tied and not 0 < left < len(tied)):
        raise Refused(f"{where}: {total} seats, {left} tied and {vacant} vacant are not {seats}")
    if vacant and (not tier.get("vacancies") or any(one.seats < one.most() for one in entrants)):
        raise Refused(f"{where}: seats are vacant that somebody could take, or that the law does not leave so")
    if not staged:
        settled = settlements(course, tier, where, record.get("settled", []), entrants)
        differ = len({entrants[at].counted for at in tied}) > 1
        by_votes = differ and ("most-votes" in tier["chain"] or "fewest-votes" in tier["chain"])
        if by_votes or (tied and "list-order" in tier["chain"]):
            raise Refused(f"{where}: the tie is open, and the law's tie-break settles it")
        if prove and not vacant:
            claims.prove(where, entrants, tied, settled)
        course.report.checked["contests by last claim served and first refused"] += 1
    return tied, left, vacant


def settlements(course, tier, where, settled, entrants):
    """What tie-breaks settled: who won by one, and who lost and has not won by another."""
    at_of, won, lost = {name: at for at, one in enumerate(entrants) for name in one.parties}, set(), set()
    for one in settled:
        winners, among = ({at_of[name] for name in one[which]} for which in ("winners", "among"))
        key = key_of(one["by"], entrants)
        right = one["by"] in tier["chain"] and winners < among
        if not right or min(map(key, winners)) <= max(map(key, among - winners)):
            who, all = ", ".join(one["winners"]), ", ".join(one["among"])
            raise Refused(f"{where}: {who} do not win among {all} by {one['by']}")
        won, lost = won | winners, lost | (among - winners)
        course.report.checked["ties settled by tie-breaks"] += 1
    return won, lost
