"""What tiers do with seats and votes of earlier ones: whole quotas, targets, houses that grow, seats back."""

from fractions import Fraction as F

import sharing
from figures import claim, method, price, ratio, rounded, share
from report import Refused, Unfollowed, refuse, table, unfollowed


def sizes(course, tier):
    """Seats that places got from one number, by what was counted of each."""
    by, document, of_matrix = tier["seats_by"], course.document, "biproportional" in tier["rule"]
    places = [one for one, level in document.level.items() if level == "district"] if of_matrix else course.places(tier)
    seats = document.written.get("seats") if document.flat or tier.get("seats") is None else tier["seats"]
    claims, least = [course.base(tier, place, by["of"]) for place in places], by.get("min", 0)
    given, tied, left = share(method(by["method"]), claims, seats, [0] * len(places), [least] * len(places))
    if tied and by.get("tie_break"):
        course.report.unchecked["tie-breaks between places"] += 1
    for at in course.choose(tier, None, "the seats of districts", [{"at": places[at]} for at in tied], left) \
            if tied and not by.get("tie_break") else ():  # fmt: skip
        given[tied[at]] += 1
    record = course.take("sizes", tier)
    found = [int(row["seats"]) for row in record["places"]]
    given = found if by.get("tie_break") and ends(given, tied, left, found) else given
    refuse(method(record["method"]) != method(by["method"]), f"{course.where(record)}: the method is not the law's")
    rows = [{"place": place, "claim": votes, "seats": size} for place, votes, size in zip(places, claims, given)]
    course.check(record, method=record["method"], of=by["of"], minimum=least, seats=seats, places=rows)
    course.sizes |= dict(zip(places, given))


def ends(given, tied, left, found):
    """Whether what is found is one end of a tie."""
    more = [one - other for one, other in zip(found, given)]
    return len(found) == len(given) and sum(more) == left and all(
        one == 0 or (one == 1 and at in tied) for at, one in enumerate(more))  # fmt: skip


def partial(course, tier, unit):
    """Whole quotas alone; the seats and votes that are left go on to later tiers."""
    place, rule, active = unit.place, tier["rule"], unit.active()
    limit, at = (None, course.document.upwards(place, tier["quota_at"])) if "quota_at" in tier else (unit.seats, place)
    base = tier.get("quota_base", "valid" if limit is None else "admitted")
    votes = sum(unit.counted[name] for name in active) if base == "admitted" else course.base(tier, at, base)
    enough = limit != 0 and any(unit.counted[name] for name in active)
    size = price(rule, votes, course.seats_of(at) if limit is None else limit) if enough else None
    rows, seats = course.document.tallies[place].rows, dict.fromkeys(unit.parties, 0)
    for name in active if size else ():
        bought = int(unit.counted[name] / size + 1 - rule["up_from"])
        seats[name] = min(bought, rows[name].get("max", bought))
    over = 0 if limit is None else max(sum(seats.values()) - limit, 0)
    rest = sorted((unit.counted[name] - size * number, name) for name, number in seats.items() if number and over)
    equal = [name for left, name in rest if over and left == rest[over - 1][0]]
    if over and (tier.get("excess") != "smallest-remainders" or equal[1:]):
        raise Unfollowed("ties of whole quotas beyond the seats")
    for _, name in rest[:over]:
        seats[name] -= 1
    left = 0 if limit is None else limit - sum(seats.values())
    record = course.take("partial", tier, place)
    refuse(method(record["method"])["quota"] != rule["quota"], f"{course.where(record)}: the quota is not the law's")
    up_from = None if rule["up_from"] == 1 else str(rule["up_from"])
    bought = [{"party": name, "votes": int(unit.counted[name]), "seats": seats[name]} for name in active]
    course.check(record, method=record["method"], parties=bought, left=left,
                 **table(quota=size and str(size), up_from=up_from, seats=limit))  # fmt: skip
    course.left[place] = left
    paid = {name: F(unit.votes[name]) - (size or 0) * seats[name] for name in unit.parties}
    course.unused[place] = {name: max(number, F(0)) for name, number in paid.items() if limit != 0}
    if tier.get("kind") == "top-up":
        seats = {name: max(number - course.held(place, name), 0) for name, number in seats.items()}
    return sharing.Given(seats)


def top_up(course, tier, unit):
    """The whole house once more, and what each party lacks of its target."""
    overhang, outside = tier.get("overhang", "error"), []
    levels, whole = isinstance(overhang, dict), any(step.get("what") == "all" for step in tier["steps"])
    active = [name for name in unit.active() if unit.counted[name]]
    held, house = standing(course, tier, unit, active)
    target = level(course, tier, unit, overhang["level"], active, house, held) if levels else None
    if whole:
        return target or targets(course, tier, unit, active, house)
    while active:
        target = target if levels else targets(course, tier, unit, active, house)
        tied, met = {name for parties, _ in target.ties for name in parties}, overhang == "exclude-met"

        def over(most):
            return [name for name in active if held[name] > most(name) or (met and held[name] == most(name) > 0)]

        sure = over(lambda name: target.seats[name] + (name in tied))
        if not levels and sure != over(lambda name: target.seats[name]) and (not sure or overhang == "keep"):
            end(course, tier, unit, target)
            tied, sure = set(), over(lambda name: target.seats[name])
        goes_on = sure and overhang in ("exclude", "exclude-met", "return")
        record = course.take("top-up", tier, unit.place)
        rows = [{"party": name, "held": held[name], "target": target.seats[name]} for name in active]
        if (sure and overhang == "error") or (not levels and record["overhang"] != overhang):
            raise Refused(f"{course.where(record)}: the overhang is not the law's")
        course.check(record, seats=unit.seats, house=house, overhang=record["overhang"], parties=rows,
                     **table(leaving=sure if goes_on else []))  # fmt: skip
        if not goes_on:
            lacks = {name: max(target.seats[name] - held[name], 0) if name in active else 0 for name in unit.parties}
            return sharing.Given(lacks, target.ties, target.vacant)
        if overhang == "return":
            outside += sure
            give_back(course, tier, unit, {name: held[name] - target.seats[name] for name in sure}, outside)
            held, house = standing(course, tier, unit, active)
        else:
            house, active = house - sum(held[name] for name in sure), [name for name in active if name not in sure]
    return sharing.Given(dict.fromkeys(unit.parties, 0))


def end(course, tier, unit, target):
    """How ties of a target end."""
    for parties, seats in target.ties:
        for at in course.choose(tier, unit.place, "the target", [{"party": name} for name in parties], seats):
            target.seats[parties[at]] += 1
    target.ties = []


def standing(course, tier, unit, active):
    """The seats held, and the house less the seats of those who take no part."""
    held = {name: course.held(unit.place, name) for name in course.document.tallies[None].votes}
    outside = 0 if tier.get("outsiders") == "keep" else sum(held.values()) - sum(held[name] for name in active)
    return held, unit.seats - outside


def targets(course, tier, unit, active, house):
    return sharing.allocate(course, tier, unit, active, house, dict.fromkeys(unit.parties, 0), "the target")


def level(course, tier, unit, rule, active, house, held):
    """The house in which shares cover what parties need, but for seats that may stay unlevelled."""
    proof = course.records[course.at]
    target = targets(course, tier, unit, active, int(proof["seats"]))
    needs = {name: need(course, tier, unit, rule, name, held[name]) for name in active}
    if any(needs[name] > target.seats[name] for parties, _ in target.ties for name in parties):
        end(course, tier, unit, target)
    record, unlevelled, size = course.take("levelled", tier, unit.place), rule.get("unlevelled", 0), int(proof["seats"])
    rows = [{"party": name, "needs": needs[name], "share": target.seats[name]} for name in active]
    course.check(record, house=house, size=size, unlevelled=unlevelled, parties=rows)
    missing = sum(max(needs[name] - target.seats[name], 0) for name in active)
    # In a house of one seat fewer, the last claim served is refused: by divisors, shares only grow with the house.
    [last] = proof["last_served"]["parties"]
    fewer = missing + (target.seats[last] <= needs[last])
    if size < house or missing > unlevelled or (size > house and fewer <= unlevelled):
        raise Refused(f"{course.where(record)}: {size} seats are not the smallest house that covers what is needed")
    return sharing.Given(target.seats | {name: max(target.seats[name], needs[name]) for name in active}, target.ties)


def need(course, tier, unit, rule, name, held):
    """What a party needs: what it holds, or with a provisional tier the sum of what it needs in each place."""
    if "of" not in rule:
        return held
    places = course.document.inside(unit.place, tier["steps"][0]["in"] if tier["steps"] else "district")
    both = [(course.held(one, name), course.provisional.get((rule["of"], one), {}).get(name, 0)) for one in places]
    mean = rule.get("by") == "mean"
    needed = sum(max(direct, -((direct + first) // -2) if mean else first) for direct, first in both)
    least = sum(first for _, first in both) if mean else 0
    return max(needed, least) + held - sum(direct for direct, _ in both)


def give_back(course, tier, unit, excess, outside):
    """Seats beyond a target go back where they were won with the smallest claims, and on to the next in turn there."""
    document, first, vacated = course.document, course.document.tiers[0], {}
    for name, number in excess.items():
        places = [one for one in course.places(first) if unit.place in document.around(one)]
        for _ in range(number):
            claims = {at: claim(first["rule"], document.tallies[at].votes.get(name, 0), course.held(at, name) - 1)
                      for at in places if course.held(at, name)}  # fmt: skip
            place, *more = [at for at in claims if claims[at] == min(claims.values())]
            if more:
                pairs = [{"party": name, "at": at} for at in (place, *more)]
                place = pairs[course.choose(tier, unit.place, "the seat that goes back", pairs, 1)[0]]["at"]
            vacated[place] = vacated.get(place, 0) + 1
            returned(course, tier, place, name, -1)
    for place in [one for one in document.places if one in vacated]:
        admitted = course.admitted.get((0, place), course.admitted.get((0, None)))
        votes = document.tallies[place].votes
        takers = [name for name in votes if name not in outside and (admitted is None or name in admitted)]
        counted, held = [votes[name] for name in takers], [course.held(place, name) for name in takers]
        given, tied, left = share(first["rule"], counted, vacated[place], held)
        unfollowed(tied and tier["chain"], "tie-breaks for seats that were given back")
        candidates = [{"party": takers[at]} for at in tied]
        for at in course.choose(tier, place, "the seat that was given back", candidates, left) if tied else ():
            given[tied[at]] += 1
        for name, seats in zip(takers, given):
            if seats:
                returned(course, tier, place, name, seats)


def returned(course, tier, place, name, seats):
    course.check(course.take("returned", tier, place), party=name, seats=seats)
    course.book(tier, place, {name: seats})


def linked(course, tier, unit):
    """A part of what parties lack of their share of the house, then Hare over what is too much or too little."""
    link, active = tier["link"], unit.active()
    held = {name: course.held(unit.place, name) for name in unit.parties}
    house = max(link["house"] - sum(held[name] for name in unit.parties if name not in active), 0)
    votes = sum(unit.counted[name] for name in active)
    gaps = {name: (house * unit.counted[name] / votes - held[name]) * ratio(link["share"]) for name in active}
    seats = {name: int(rounded(gap, "nearest")) if gap >= 1 else 0 for name, gap in gaps.items()}
    rows = [{"party": name, "held": held[name], "linked": seats[name]} for name in active]
    course.check(course.take("linked", tier, unit.place), house=house, seats=unit.seats, parties=rows)
    more, none = unit.seats - sum(seats.values()), dict.fromkeys(unit.parties, 0)
    if more > 0:
        given = sharing.allocate(course, tier, unit, active, more, none, "the seats that the link leaves")
        return sharing.Given({name: given.seats[name] + seats.get(name, 0) for name in none}, given.ties)
    given, tied, left = share(method("hare"), list(seats.values()), unit.seats, [0] * len(seats))
    unfollowed(tied and tier["chain"], "tie-breaks of linked seats")
    return sharing.Given(none | dict(zip(seats, given)), [([active[at] for at in tied], left)] if tied else [])
