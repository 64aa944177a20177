"""The election document: votes of every place with their sums, bounds of parties, and the law."""

from collections import defaultdict

from figures import method, ratio
from report import refuse


class Tally:
    """What was counted in one place: votes and rows by party, ballots beside them."""

    def __init__(self, written):
        self.rows = {row["name"]: dict(row) for row in written.get("parties") or []}
        self.votes = {name: row.get("votes") or 0 for name, row in self.rows.items()}
        self.counts = any(row.get("votes") is not None for row in self.rows.values())
        self.rankings = [(one["ranking"], one["count"]) for one in written.get("ballots") or []]
        for ranking, count in self.rankings:
            self.votes[ranking[0]] += count
        self.beside = {"other": 0, "against_all": 0} | (written.get("tally") or {})
        self.population = {"population": written["population"]} if "population" in written else {}

    def bases(self):
        """What shares may be taken of."""
        beside = self.beside
        votes = sum(self.votes.values()) + beside["other"]
        valid = votes + beside["against_all"]
        blank = valid + beside.get("blank", 0)
        cast = beside.get("cast", blank + beside.get("invalid", 0))
        known = {"registered": beside["registered"]} if "registered" in beside else {}
        return {"party-votes": votes, "valid": valid, "valid-and-blank": blank, "cast": cast} | known | self.population

    def add(self, inside):
        """Adds the places inside: seats of parties, and all ballots unless this place counts its own."""
        beside = defaultdict(int)
        for one in inside:
            for name, row in one.rows.items():
                plain = {key: row[key] for key in ("members", "minority") if key in row}
                here = self.rows.setdefault(name, {"name": name, **plain})
                for key in ("direct_seats", "held"):
                    here[key] = here.get(key, 0) + row.get(key, 0)
                self.votes[name] = self.votes.get(name, 0) + (0 if self.counts else one.votes[name])
            for key in set(one.beside) - {"cast", "registered"}:
                beside[key] += one.beside[key]
        for key, enough in (("cast", any), ("registered", all)):
            if inside and key not in self.beside and enough(key in one.beside for one in inside):
                beside[key] = sum(one.bases()[key] for one in inside)
        for key, number in () if self.counts else beside.items():
            self.beside[key] = self.beside.get(key, 0) + number


class Document:
    """An election document; places by name, the nation as None, regions before districts."""

    def __init__(self, written):
        self.written, self.flat, self.several = written, "rule" in written, "districts" in written
        self.places, self.level, self.within, self.seats = {None: written}, {None: "nation"}, {}, {}
        for level in ("region", "district"):
            for place in written.get(level + "s") or []:
                name = place["name"]
                self.places[name], self.level[name], self.within[name] = place, level, place.get("in")
        self.own, self.tallies = ({name: Tally(place) for name, place in self.places.items()} for _ in range(2))
        for name, place in self.places.items():
            inner = self.inside(name, "district") if self.several and self.level[name] != "district" else []
            self.tallies[name].add([self.own[one] for one in inner])
            sizes = [self.places[one].get("seats") for one in inner]
            known = place.get("seats") is None and sizes and None not in sizes
            self.seats[name] = sum(sizes) if known else place.get("seats")
        self.tiers = [dict(tier) for tier in ([written["rule"]] if self.flat else written["tiers"])]
        self.tiers[0] |= {"seats_by": written["seats_by"]} if "seats_by" in written else {}
        for at, tier in enumerate(self.tiers):
            tier["title"], tier["index"] = tier.get("name") or str(at + 1), at
            own = tier["method"]
            if tier.get("partial") and "stages" in own:
                own = own["stages"][0]["whole_quotas"]
            tier["rule"] = {"given": True} if own == "given" else method(own)
            tier["steps"], tier["chain"] = several(tier.get("place")), several(tier.get("tie_break"))

    def inside(self, place, level):
        """The places of a level in a place, or the place itself."""
        if self.level[place] == level:
            return [place]
        inner = [name for name, outer in self.within.items() if outer == place]
        return [name for one in inner for name in self.inside(one, level)]

    def around(self, place):
        """The place and all around it."""
        return [place] if place is None else [place, *self.around(self.within[place])]

    def upwards(self, place, level):
        """The place of a level that a place is or is in; itself where there is one alone."""
        outer = [one for one in self.around(place) if self.level[one] == level or not self.several]
        refuse(not outer, f"{place} is in no {level}")
        return outer[0]

    def base(self, place, base):
        bases = self.tallies[place].bases()
        refuse(base not in bases, f"{place or 'the nation'}: {base} was not counted")
        return bases[base]

    def votes_used(self):
        """What a certificate must say was counted."""
        kinds = ("other", "against_all", "blank", "invalid")
        return [({} if name is None else {"place": name}) | {"votes": tally.votes, "bases": tally.bases(),
                "beside": {key: tally.beside[key] for key in kinds if key in tally.beside}}
                for name, tally in self.tallies.items()]  # fmt: skip


def several(one_or_more):
    """A list of what documents may write as one."""
    return one_or_more if isinstance(one_or_more, list) else [one_or_more] if one_or_more else []


def threshold(written):
    """A threshold as its kind and what belongs to it; levels and places outermost."""
    written = {"share": written} if isinstance(written, str) else written
    inner = {key: value for key, value in written.items() if key != "at"}
    if written.get("at") == "any-district":
        return "places", {"units": 1, "in": "district", "pass": inner}
    if "at" in written:
        return "at", {"at": written["at"], "pass": inner}
    kinds = ("any", "all", "units", "share", "votes", "quota", "by_members", "direct_seats", "seats", "minority")
    return next(kind for kind in kinds if kind in written), {"of": "valid", "strict": False} | written


def by_members(shares, members):
    """The step with the largest number that is not above the party's members."""
    steps = [(int(number), ratio(share)) for number, share in shares.items() if int(number) <= members]
    return max(steps, default=(0, None))[1]
