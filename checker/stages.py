"""Methods in stages: each is made once more with exact ratios; then the absolute majority, and lists that ran out."""

from dataclasses import dataclass, field

from document import several, threshold
from figures import choose, claim, method, price, share
from report import Refused, refuse, table

ENDLESS = 10**30
KINDS = ("whole_quotas", "largest_remainders", "highest_averages", "most_votes")


@dataclass
class Stage:
    """How seats go, by which quota or divisors, to whom, and how many."""

    kind: str
    rule: dict | None = None
    each: int = ENDLESS
    total: int = ENDLESS
    seats: int = 0
    passing: list = field(default_factory=list)


def read(written):
    """A stage as documents write it."""
    kind = next(kind for kind in KINDS if kind in written)
    stage = Stage(kind, method(written[kind]) if written[kind] else None)
    if written.get("of") == "remainders":
        stage.kind = "averages_of_remainders"
    stage.each = written.get("each", 1 if kind in ("largest_remainders", "most_votes") else ENDLESS)
    stage.total = written.get("total", ENDLESS)
    for one in several(written.get("only")):
        one = {"share": one} if isinstance(one, str) else dict(one)
        stage.seats = max(stage.seats, one.pop("seats", 0))
        stage.passing += [threshold(one)] if one else []
    return stage


def plain(written):
    """A method in one form, to be compared."""
    return [read(one) for one in written["stages"]] if "stages" in written else method(written)


def of(tier, rule, inside, weighed):
    """The stages of a method, where what follows it has to know them; otherwise none."""
    asked = "stages" in rule or (tier.get("absolute_majority") and not inside) or tier.get("exhaustion") == "reassign"
    if "stages" in rule:
        return [read(one) for one in rule["stages"]]
    if "quota" in rule and (asked or weighed):
        each = ENDLESS if weighed else 1
        return [Stage("whole_quotas", rule), Stage("largest_remainders", each=each)]
    return [Stage("highest_averages", rule)] if "divisor" in rule and asked else None


class Progress:
    """Seats on their way through the stages."""

    def __init__(self, contest, stages, inside):
        self.contest, self.stages, self.inside, self.entrants = contest, stages, inside, contest.entrants
        self.had = [one.lower for one in self.entrants]
        after = contest.tier.get("exhaustion") == "reassign"
        self.most = [ENDLESS if after and one.counted else max(one.most(), one.lower) for one in self.entrants]
        self.taken = [[0] * len(self.had) for _ in stages]
        self.tie, self.steps, self.vacant = None, [], 0
        self.passing = [self.passes(stage) for stage in stages]

    def run(self):
        """All stages, and what follows them."""
        self.all_stages(True)
        if not self.inside:
            self.majority()
        if self.contest.tier.get("exhaustion") == "reassign":
            self.exhaustion()

    def written(self, record):
        """The states after the stages as the certificate writes them; their names are words."""
        names, none = [one["name"] for one in record["stages"]], [None] * len(self.steps)
        passing = [one if False in one else None for one in self.passing] + none
        refuse(len(names) != len(self.steps), f"{len(names)} stages, not {len(self.steps)}")
        return [table(passing=able) | {"name": name, "seats": seats}
                for name, seats, able in zip(names, self.steps, passing)]  # fmt: skip

    def all_stages(self, shown=False):
        self.vacant = 0
        for at, stage in enumerate(self.stages):
            if self.left():
                self.ask()
                self.step(at, stage)
            self.steps += [list(self.had)] if shown else []
        if self.left():
            self.ask()
            refuse(any(map(int.__lt__, self.had, self.most)), f"{self.contest.where}: the stages leave seats")
            self.vacant = self.left()

    def left(self):
        return self.contest.seats - sum(self.had) - (self.tie[2] if self.tie else 0)

    def before(self, stages, at):
        """Seats by minimums and the first so many stages."""
        return self.entrants[at].lower + sum(taken[at] for taken in self.taken[:stages])

    def ask(self):
        """How an open tie ends that what follows depends on."""
        if self.tie:
            index, tied, seats = self.tie
            for at in self.contest.ask(tied, seats, "the seats of a stage"):
                self.had[at] += 1
                self.taken[index][at] += 1
            self.tie = None

    def passes(self, stage):
        passes = [True] * len(self.entrants)
        for known in stage.passing:
            able = [self.contest.judge(one.parties, known) for one in self.entrants]
            passes = [before and now for before, now in zip(passes, able)]
        return passes

    def step(self, index, stage):
        """The seats of one stage."""
        if not stage.total:
            return
        supply, allowed = min(self.left(), stage.total - sum(self.taken[index])), []
        for at, one in enumerate(self.entrants):
            able = one.held + self.had[at] >= stage.seats and self.passing[index][at]
            room = min(self.most[at] - self.had[at], stage.each - self.taken[index][at])
            allowed.append(min(room, supply) if able else 0)
        counted, votes = [one.counted for one in self.entrants], range(len(allowed))
        size = self.price(index, stage)
        rests = [size and counted[at] - size * self.before(index + 1, at) for at in votes]
        if stage.kind == "whole_quotas":
            given, tied, left = self.whole_quotas(rests, size, supply, allowed)
        elif stage.kind == "highest_averages":
            held = [one.held + had for one, had in zip(self.entrants, self.had)]
            given, tied, left = share(stage.rule, counted, min(supply, sum(allowed)), held, upper=allowed)
        elif stage.kind == "averages_of_remainders":
            rests = [max(counted[at] - size * self.before(index, at), 0) for at in votes]
            allowed = [most if rest else 0 for most, rest in zip(allowed, rests)]
            given, tied, left = share(stage.rule, rests, min(supply, sum(allowed)), self.taken[index], upper=allowed)
        else:
            given, tied, left = rounds(supply, allowed, counted if stage.kind == "most_votes" else rests)
        tied, left = self.contest.settle(given, tied, left)
        for at, more in enumerate(given):
            self.had[at] += more
            self.taken[index][at] += more
        self.tie = (index, tied, left) if tied else None

    def price(self, index, stage):
        """What a seat costs: by the stage's own quota, or by that of the whole quotas before."""
        quota = stage.rule if stage.rule and "quota" in stage.rule else None
        if quota is None and stage.kind in ("largest_remainders", "averages_of_remainders"):
            quota = next(one.rule for one in reversed(self.stages[:index]) if one.kind == "whole_quotas")
        return quota and price(quota, self.contest.base, self.contest.seats)

    def whole_quotas(self, rests, size, supply, allowed):
        """Whole quotas; where they are too many, the smallest remainders pay for it."""
        given = [min(max(int(rest / size), 0), most) for rest, most in zip(rests, allowed)]
        over, losers = sum(given) - supply, [at for at, seats in enumerate(given) if seats]
        if over <= 0:
            return given, [], 0
        refuse(self.contest.tier.get("excess") != "smallest-remainders" or over > len(losers),
               f"{self.contest.where}: whole quotas beyond the seats")  # fmt: skip
        gone, tied, left = choose(losers, over, lambda at: size * given[at] - rests[at])
        for at in gone + tied:
            given[at] -= 1
        return given, tied, len(tied) - left

    def majority(self):
        """A list with more than half of the votes, and not of the seats, gets one more."""
        contest, seats, law = self.contest, self.contest.seats, self.contest.tier.get("absolute_majority")
        whole = contest.course.base(contest.tier, contest.unit.place, "valid") if law else 0
        first = next((at for at, one in enumerate(self.entrants) if 2 * one.votes > whole), None)
        if not law or first is None or 2 * self.had[first] > seats or self.had[first] >= self.most[first]:
            return
        self.ask()
        stage, losers = self.last_winners(first) if 2 * self.had[first] <= seats else (None, [])
        if not losers:
            return
        loser = self.loser(losers, law["drawn"] if isinstance(law, dict) else [])
        self.had[loser], self.had[first] = self.had[loser] - 1, self.had[first] + 1
        self.taken[stage][loser] -= 1
        names = [self.entrants[at].parties[0] for at in (first, loser)]
        record = contest.course.take("majority", contest.tier, contest.unit.place)
        contest.course.check(record, winner=names[0], loser=names[1])
        self.steps.append(list(self.had))

    def last_winners(self, first):
        """The last stage that gave seats beyond whole quotas, and the others that won the smallest claim in it."""
        for index, stage in reversed(list(enumerate(self.stages))):
            won = [at for at in range(len(self.had)) if at != first and self.taken[index][at]]
            if stage.kind == "whole_quotas" or not won:
                continue
            claims, size = {}, self.price(index, stage)
            for at in won:
                one, seats = self.entrants[at], self.before(index + 1, at) - 1
                rest = size and one.counted - size * self.before(index, at)
                claims[at] = (claim(stage.rule, one.counted, one.held + seats) if stage.kind == "highest_averages"
                              else claim(stage.rule, rest, self.taken[index][at] - 1) if "averages" in stage.kind
                              else one.counted if stage.kind == "most_votes"
                              else one.counted - size * seats)  # fmt: skip
            return index, [at for at in won if claims[at] == min(claims.values())]
        return None, []

    def loser(self, losers, drawn):
        """Who of equal claims gives the seat up: as lots say, or whom tie-breaks do not let keep theirs."""
        by_lot = [at for name in drawn for at in losers if name in self.entrants[at].parties]
        if by_lot or not losers[1:]:
            return (by_lot or losers)[0]
        keep = [0] * len(self.had)
        tied, left = self.contest.settle(keep, losers, len(losers) - 1, noted=False)
        if not tied:
            return next(at for at in losers if not keep[at])
        return self.contest.ask(tied, 1, "the seat given up to the absolute majority")[0]

    def exhaustion(self):
        """Seats beyond the candidates return, and the stages go on with the other lists."""
        upper = [ENDLESS if one.upper is None else one.upper for one in self.entrants]
        tied = self.tie[1] if self.tie else []
        if all(had + (at in tied) <= upper[at] for at, had in enumerate(self.had)):
            return
        self.ask()
        contest = self.contest
        for at, (had, most) in enumerate(zip(self.had, upper)):
            if had > most:
                record = contest.course.take("exhausted", contest.tier, contest.unit.place)
                contest.course.check(record, parties=self.entrants[at].parties, would_have=had, most=most)
        self.most = [min(pair) for pair in zip(self.most, upper)]
        self.had = [min(pair) for pair in zip(self.had, upper)]
        self.steps.append(list(self.had))
        self.all_stages()
        self.steps.append(list(self.had))


def rounds(supply, allowed, keys):
    """One seat each in order of the keys, again and again while each may take more."""
    given, supply = [0] * len(allowed), min(supply, sum(allowed))
    while supply:
        takers = [at for at, most in enumerate(allowed) if given[at] < most]
        won, tied, left = choose(takers, supply, lambda at: keys[at])
        for at in won:
            given[at] += 1
        if tied:
            return given, tied, left
        supply -= len(won)
    return given, [], 0


def prove(contest, stages, inside, record):
    """Makes a contest in stages once more: its seats, the tie, and what is vacant."""
    progress = Progress(contest, stages, inside)
    progress.run()
    seats = [int(entry["seats"]) for entry in record["entries"]]
    if seats != progress.had:
        raise Refused(f"{contest.where}: stages give {progress.had}, not {seats}")
    contest.course.report.checked["contests in stages, made once more"] += 1
    return progress
