"""Small elections with every provision of a law in one place or in several, and with ties in plenty: a document a line.

    python3 tests/checker/elections.py 300 > elections.jsonl
"""

import json
import random
import sys

DIVISORS = ["dhondt", "sainte-lague", {"divisor": "modified-sainte-lague", "first": "7/5"}, "adams", "huntington-hill"]
QUOTAS = ["hare", "droop", "hagenbach-bischoff"]
STAGES = [
    [{"whole_quotas": "droop"}, {"largest_remainders": {}, "total": 2},
     {"highest_averages": "dhondt", "only": {"seats": 1}}, {"highest_averages": "dhondt"}],
    [{"whole_quotas": "hare"}, {"highest_averages": "dhondt"}],
    [{"whole_quotas": {"quota": "hare"}}, {"largest_remainders": {}, "only": "10%"}, {"most_votes": {}, "each": 3}],
    [{"whole_quotas": "droop"}, {"highest_averages": "sainte-lague", "of": "remainders"}, {"most_votes": {}, "each": 9}],
    [{"most_votes": {}, "total": 2}, {"largest_remainders": {"quota": "hare"}, "each": 4}, {"highest_averages": "adams"}],
]  # fmt: skip
THRESHOLDS = ["5%", "10%", {"share": "20%", "strict": True}, {"votes": 3}, {"any": ["20%", {"votes": 5}]}]
TIE_BREAKS = ["most-votes", "fewest-votes", "list-order", {"drawn": ["B", "A"]}]


def one_place(rng):
    """A law of one tier with some of its provisions."""
    def some(one_in):
        return rng.randrange(one_in) == 0

    names = "ABCDE"[: rng.randint(2, 5)]
    rule = {"method": rng.choice([*DIVISORS, *QUOTAS, {"stages": rng.choice(STAGES)}, {"stages": rng.choice(STAGES)}])}
    known = isinstance(rule["method"], dict) and "stages" in rule["method"]
    provisions = {
        "threshold": lambda: rng.choice(THRESHOLDS),
        "admit_at_least": lambda: rng.choice([2, {"parties": 2, "weight": "7/10", "min": rng.randrange(3)}]),
        "admitted_share": lambda: "60%",
        "none_passes": lambda: "all",
        "bonus": lambda: rng.choice([1, {"seats": 1, "from": "30%", "step": "20%", "most": 3}]),
        "cap": lambda: {"points": "8%"} | ({"of": "valid"} if some(2) else {}) | ({"most": 4} if some(3) else {}),
        "absolute_majority": lambda: True if some(2) else {"drawn": ["B", "A"]},
        "exhaustion": lambda: "reassign",
        "alliance_method": lambda: rng.choice([*DIVISORS, *QUOTAS, {"stages": rng.choice(STAGES)}]),
        "tie_break": lambda: rng.sample(TIE_BREAKS, rng.randint(1, 2)),
        "excess": lambda: "smallest-remainders",
        "vacancies": lambda: True,
        "quota_base": lambda: "valid",
    }
    for key in rng.sample(list(provisions), rng.randint(1, 5)):
        rule[key] = provisions[key]()
    document = {"rule": rule, "seats": rng.randint(1, 12), "parties": []}
    for name in names:
        row = {"name": name, "votes": rng.choice([0, 1, 2, 3, 5, 8, 10, 10, 20, 30, rng.randrange(60)])}
        row |= {"max": rng.randint(1, 5)} if some(6) else {}
        row |= {"min": min(rng.randint(0, 2), row.get("max", 2))} if some(8) else {}
        row |= {"held": rng.randint(1, 2)} if some(10) and not known else {}
        document["parties"].append(row)
    if some(2):
        inner = list(names[1:3]) if len(names) < 5 or some(2) else [list(names[1:3]), names[3]]
        document["alliances"] = [{"members": inner, "min": rng.randint(1, 3)} if some(3) else inner]
    if some(2):
        document["tally"] = {"blank": rng.randrange(5), "other": rng.randrange(5)}
    return document


def several_places(rng):
    """A law of two tiers over districts, whose ties later tiers ask about."""
    def district(name):
        votes = [rng.choice([0, 1, 2, 3, 3, 4, 6, 6, 9]) for _ in "ABC"]
        rows = [{"name": party, "votes": number} for party, number in zip("ABC", votes)]
        return {"name": name, "seats": rng.randint(1, 3), "levelling": rng.randint(0, 2), "parties": rows}

    districts = [district(name) for name in ("North", "South", "West")[: rng.randint(2, 3)]]
    seats, method = sum(one["seats"] for one in districts), rng.choice(DIVISORS[:3])
    room = {"in": "district", "method": "sainte-lague", "per": rng.choice(["votes", "seat"]), "room": "levelling"}
    place = rng.choice([room, {"in": "district", "method": "dhondt"}, {"in": "district", "method": "hare"}, None])
    rooms = sum(one["levelling"] for one in districts)
    second = rng.choice([
        {"kind": "top-up", "seats": seats + (rooms if place is room else rng.randint(1, 3)), "method": method,
         "overhang": rng.choice(["exclude", "keep", "exclude-met", "return", {"level": {}}]), "place": place},
        {"kind": "continue", "at": "nation", "method": method, "seats": rng.randint(1, 3)},
        {"at": "nation", "method": method, "seats": rng.randint(1, 4), "place": place},
    ])  # fmt: skip
    for one in districts if "room" not in (second.get("place") or {}) else ():
        del one["levelling"]
    first = {"method": rng.choice([*DIVISORS[:3], *QUOTAS])}
    tiers = [{key: one for key, one in tier.items() if one is not None} for tier in (first, second)]
    return {"tiers": tiers, "districts": districts}


def main(number):
    for seed in range(number):
        rng = random.Random(seed)
        print(json.dumps((several_places if seed % 3 == 0 else one_place)(rng) | {"id": f"random-{seed}"}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
