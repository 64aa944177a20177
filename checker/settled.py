"""Seats placed by a statute's own steps: whole quotas of each place, and steps until both totals hold."""

from fractions import Fraction as F

from report import Refused, refuse, same


def check(placing):
    course, unit, rule, places = placing.course, placing.unit, placing.step["settle"], placing.places
    record = course.take("settled", placing.tier, placing.outer)
    where, parties, sizes = course.where(record), unit.active(), [course.seats_of(place) for place in places]
    seats = [[int(number) for number in row] for row in record["seats"]]
    if len(seats) != len(parties) or any(len(row) != len(places) for row in seats):
        raise Refused(f"{where}: the seats are no table of {len(parties)} parties in {len(places)} places")
    whole = [[whole_quota(placing, rule, parties, name, place) for place in places] for name in parties]
    now = [sum(column) for column in zip(*seats)]
    rows = [{"place": name, "counted": size, "seats": here} for name, size, here in zip(places, sizes, now)]
    course.check(record, parties=parties, places=rows, seats=seats, whole=whole, steps=record["steps"])
    for name, row in zip(parties, seats):
        same(f"{where}: the seats of {name}", sum(row), placing.seats[name])
    same(f"{where}: all seats", sum(now), sum(sizes))
    cells = {(name, at): row[column] for name, row in zip(parties, seats) for column, at in enumerate(places)}
    before = take_back(where, record["steps"], cells, placing)
    for column, at in enumerate(places):
        if rule["take"] in ("party", "one", "smallest"):
            same(f"{where}: seats of {at} before the steps", sum(before[name, at] for name in parties), sizes[column])
        for name, row in zip(parties, whole):
            if before[name, at] < row[column]:
                raise Refused(f"{where}: {name} in {at} has fewer seats than whole quotas before the steps")
    if rule["take"] == "ascending":
        same(f"{where}: seats of places", now, sizes)
    course.report.checked["seats placed by a statute's own steps"] += sum(now)
    course.report.unchecked["a statute's own steps: which seat is next to move (sums, quotas are checked)"] += 1
    return {at: {name: cells[name, at] for name in parties} for at in places}


def whole_quota(placing, rule, parties, name, place):
    """The whole quotas of a party in a place."""
    course, seats = placing.course, placing.seats
    votes, size = course.document.tallies[place].votes, course.seats_of(place)
    own = votes.get(name, 0)
    if not size or not own or not seats[name]:
        return 0
    if rule["take"] == "ascending":
        most = max(votes.get(one, 0) for one in parties if seats[one])
        return int(own == most) if size == 1 else own // (course.base(placing.tier, place, "valid") // size)
    quota = F(sum(votes.get(one, 0) for one in parties if rule.get("base") == "all" or seats[one]), size)
    return int(own / (int(quota) if rule.get("rounding") == "down" else quota))


def take_back(where, steps, cells, placing):
    """The seats before the steps; by how many a giver was over is held against them."""
    before, over = dict(cells), dict.fromkeys(placing.seats, 0)
    for number, step in reversed(list(enumerate(steps, 1))):
        if step["step"] == "swap":
            changes = [(step["giver"], 1), (step["receiver"], -1)] if "receiver" in step else []
        else:
            change = {"given-back": 1, "taken": -1}.get(step["step"]) or -int(step["seats"])
            changes = [([step["party"], step["at"]], change)]
        for pair, change in changes:
            refuse(tuple(pair) not in before, f"{where}: step {number}: {pair} is no pair of the placing")
            before[tuple(pair)] += change
            over[pair[0]] += change
        if step["step"] == "swap":
            same(f"{where}: step {number}: over", step["over"], over[step["giver"][0]])
    return before
