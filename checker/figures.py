"""Exact figures: ratios, methods, the price of a seat, and claims to seats."""

import heapq
from fractions import Fraction as F

from report import refuse, unfollowed

QUOTAS = {"hare": (0, "exact"), "hagenbach-bischoff": (1, "exact"), "droop": (1, "next"), "imperiali": (2, "exact"),
          "reinforced-imperiali": (3, "exact")}  # fmt: skip
DIVISORS = {  # d(s), to the power of the root
    "dhondt": lambda s, _: s + 1, "sainte-lague": lambda s, _: 2 * s + 1, "danish": lambda s, _: 3 * s + 1,
    "imperiali": lambda s, _: s + 2, "adams": lambda s, _: s, "dean": lambda s, _: F(2 * s * (s + 1), 2 * s + 1),
    "huntington-hill": lambda s, _: s * (s + 1), "macau": lambda s, _: 2**s,
    "modified-sainte-lague": lambda s, rule: 2 * s + 1 if s else rule["first"],
    "stationary": lambda s, rule: s + rule["r"], "power": lambda s, rule: (s + 1) ** rule["p"].numerator,
    "custom": lambda s, rule: listed(s, rule["divisors"]),
}  # fmt: skip


def ratio(text):
    """7%, 7.5%, 0.07, 7/5, 20, exactly."""
    text = str(text).replace(" ", "")
    return F(text[:-1]) / 100 if text.endswith("%") else F(text)


def rounded(number, rounding):
    """A ratio as a quota rounds it; "exact" leaves it."""
    down = number.numerator // number.denominator
    rest = number - down
    up = {"down": 0, "up": rest > 0, "nearest": 2 * rest >= 1, "half-down": 2 * rest > 1, "next": 1}
    return number if rounding == "exact" else F(down + up[rounding])


def method(written):
    """A method as documents write it, in one form: a quota, divisors with their parameters, or another."""
    if isinstance(written, str):
        written = {"quota" if written in QUOTAS else "divisor": written}
    if "quota" in written:
        added, rounding = QUOTAS[written["quota"]]
        return {"quota": (added, written.get("rounding", rounding)), "up_from": ratio(written.get("up_from", 1))}
    if "divisor" in written:
        own = {key: ratio(written[key]) for key in ("first", "r", "p") if key in written}
        own |= {"divisors": [ratio(one) for one in written["divisors"]]} if "divisors" in written else {}
        root = 2 if written["divisor"] == "huntington-hill" else own.get("p", F(1)).denominator
        return {"divisor": written["divisor"], "root": root} | own
    return written


def price(rule, votes, seats):
    """The votes that one seat costs by a quota; None where that is nothing."""
    added, rounding = rule["quota"]
    return (rounded(F(votes) / (seats + added), rounding) if seats + added else 0) or None


def listed(s, own):
    """Beyond a list of divisors, its last step repeats."""
    step = own[-1] - own[-2] if len(own) > 1 else own[-1]
    return own[s] if s < len(own) else own[-1] + (s - len(own) + 1) * step


def divisor(rule, s):
    """d(s) to the power of the root."""
    unfollowed(rule["divisor"] == "macau" and s > 4096, "powers of 2 of thousands of digits")
    refuse(rule["divisor"] not in DIVISORS, f"there is no divisor {rule['divisor']!r}")
    return F(DIVISORS[rule["divisor"]](s, rule))


def divisor_text(rule, s):
    plain = f"2^{s}" if rule["divisor"] == "macau" and s else str(divisor(rule, s))
    return plain if rule["root"] == 1 else f"root {rule['root']} of {plain}"


def claim(rule, votes, s):
    """votes / d(s) as a key that sorts; a divisor of zero comes before all others, by votes."""
    under = divisor(rule, s)
    return (0, F(votes) ** rule["root"] / under) if under else (1, F(votes))


def choose(all, places, key):
    """So many of all with the largest keys: who is in, and those equal at the cut for how many of the places."""
    if not 0 < places < len(all):
        return (all, [], 0) if places else ([], [], 0)
    ranked = sorted(all, key=key, reverse=True)
    cut = key(ranked[places - 1])
    if key(ranked[places]) < cut:
        return ranked[:places], [], 0
    ahead = [one for one in ranked if key(one) > cut]
    return ahead, sorted(one for one in all if key(one) == cut), places - len(ahead)


def share(rule, claims, seats, held, lower=None, upper=None):
    """Seats by a method: the certain ones, who is tied for the rest, and how many that are.

    In rounds, nobody gets a second seat before all have one, and the largest claims come first.
    """
    unfollowed(seats > 10**6, "millions of seats, outside a contest")
    given, ladder, size = list(lower or [0] * len(claims)), "divisor" in rule, None

    def bid(at):
        rest = (-given[at], claims[at]) if size is None else (0, claims[at] - size * given[at])
        key = claim(rule, claims[at], held[at] + given[at]) if ladder else rest
        return (-key[0], -key[1]), at

    def takes(at):
        return claims[at] and (upper is None or given[at] < upper[at])

    if "quota" in rule:
        size = price(rule, sum(claims), seats)
        given = [max(int(F(votes) / size), least) for votes, least in zip(claims, given)]
    unfollowed(sum(given) > seats, "whole quotas beyond the seats, outside a contest")
    heap, last, equal = [bid(at) for at in range(len(claims)) if takes(at)], None, []
    heapq.heapify(heap)
    for _ in range(seats - sum(given)):
        key, at = heapq.heappop(heap)
        equal, last = [*equal, at] if key == last else [at], key
        given[at] += 1
        if "quota" not in rule and takes(at):
            heapq.heappush(heap, bid(at))
    tied = [at for key, at in heap if key == last]
    for at in equal if tied else ():
        given[at] -= 1
    return given, sorted(equal + tied) if tied else [], len(equal) if tied else 0
