"""Biproportional seats: the house to parties by their voters, then a matrix whose cells divisors or cycles prove."""

import re
from fractions import Fraction as F

import admission
import contest
import sharing
from figures import divisor, method
from report import Refused, refuse, same, table


def check(course, tier, place):
    document, law = course.document, tier["rule"]["biproportional"]
    districts = document.inside(place, "district")
    sizes = [course.seats_of(name) for name in districts]
    parties, house = list(document.tallies[place].votes), sum(sizes)
    course.asked += house
    if "party_seats" not in law:
        parties = admission.unit(course, tier, place, house, None).active()
    votes = [[document.tallies[at].votes.get(name, 0) for at in districts] for name in parties]
    seats = [law.get("party_seats", {}).get(name, 0) for name in parties]
    if "party_seats" not in law and house:
        seats, tied, left = upper(course, tier, place, law, parties, votes, sizes)
        if tied:
            course.waits = True
            tie = ([parties[at] for at in tied], left)
            given = sharing.Given(dict(zip(parties, seats)), [tie])
            return course.book_given(tier, place, given)
    if parties:
        lower(course, tier, place, law, parties, districts, votes, seats, sizes)


def upper(course, tier, place, law, parties, votes, sizes):
    """The house to parties by their voters."""
    rows, entrants = course.document.own[place].rows, []
    for name, row in zip(parties, votes):
        counted = sum(admission.voters(law["voters"], number, size) for number, size in zip(row, sizes))
        own, whole = rows.get(name, {}), course.document.tallies[place].votes[name]
        entrants.append(contest.Entrant([name], whole, F(counted), 0, own.get("min", 0), own.get("max")))
    rule = method(law.get("upper", law))
    base, about = sum(one.counted for one in entrants), "the seats of parties in all districts"
    unit = admission.Unit(place, sum(sizes), parties, {}, {})
    tied, left, _ = contest.question(course, tier, unit, rule, entrants, sum(sizes), base, about)
    return [one.seats for one in entrants], tied, left


def lower(course, tier, place, law, parties, districts, votes, seats, sizes):
    """The matrix: sums of rows and columns, bounds, and every cell's votes rounded to its seats."""
    record, document = course.take("matrix", tier, place), course.document
    where, rule = course.where(record), method(law)
    refuse(method(record["method"]) != rule, f"{where}: the divisors are not the law's")
    here = [[document.tallies[at].rows.get(name, {}) for at in districts] for name in parties]
    least, most = ([[cell.get(key, none) for cell in row] for row in here] for key, none in (("min", 0), ("max", None)))
    for column, size in enumerate(sizes) if law.get("winner_takes_one") else ():
        top = max(row[column] for row in votes)
        first = [at for at, row in enumerate(votes) if row[column] == top]
        for at in first if top and len(first) <= size else ():
            least[at][column] = max(least[at][column], 1)
    given = [[int(cell) for cell in line] for line in record["seats"]]
    printed = [{one["name"]: one["divisor"] for one in lines if "divisor" in one}
               for lines in (record["parties"], record["districts"])]  # fmt: skip
    lines = [[table(divisor=of.get(name)) | {"name": name, "seats": number} for name, number in zip(names, numbers)]
             for of, names, numbers in zip(printed, (parties, districts), (seats, sizes))]  # fmt: skip
    ties = record.get("ties", [])
    course.check(record, method=record["method"], parties=lines[0], districts=lines[1], votes=votes, minimums=least,
                 maximums=most, seats=given, **table(ties=ties, lots=record.get("lots")))  # fmt: skip
    for key, names, axis in (("parties", parties, 0), ("districts", districts, 1)):
        for tie in ties:
            open = [name for name in names if any(cell[axis] == name for cell in tie["cells"])]
            same(f"{where}: {key} of a tie", [name for name, _ in tie[key]], open)
    tied = {(parties.index(name), districts.index(at)) for tie in ties for name, at in tie["cells"]}
    left = [{name: sum(int(dict(tie[key]).get(name, 0)) for tie in ties) for name in names}
            for key, names in (("parties", parties), ("districts", districts))]  # fmt: skip
    for name, row, number in zip(parties, given, seats):
        same(f"{where}: the seats of {name}", sum(row) + left[0][name], number)
    for at, column, number in zip(districts, zip(*given), sizes):
        same(f"{where}: the seats of {at}", sum(column) + left[1][at], number)
    cells = Cells(where, rule, votes, given, least, most, tied, (parties, districts))
    if any(printed):
        cells.by_divisors(*printed)
    if not tied:
        cells.by_cycles()
    how = "divisors" if any(printed) else "cycles of exchanges"
    course.report.checked[f"cells of matrices by {how}"] += sum(map(len, given))
    if record.get("lots"):
        course.report.unchecked["lots for cells: who wins them (equal claims are checked)"] += 1
    if tied and not any(printed):
        course.report.unchecked["ties of matrices without divisors"] += 1
    for column, at in enumerate(districts):
        course.book(tier, at, {name: row[column] for name, row in zip(parties, given)})
    for tie in ties:
        course.book(tier, place, {name: int(number) for name, number in tie["parties"]})
        course.ties.append({"tier": tier, "place": place, "cells": tie["cells"], "districts": tie["districts"], "parties": [],
                            "seats": sum(int(number) for _, number in tie["parties"])})  # fmt: skip
        course.waits = True


class Cells:
    """A matrix of seats, with the signposts between which votes over divisors lie."""

    def __init__(self, where, rule, votes, given, least, most, tied, names):
        self.where, self.rule, self.votes, self.given, self.least, self.most = where, rule, votes, given, least, most
        self.tied, self.names = tied, names
        # Printed divisors are those of a sequence that grows by 1.
        self.step = {"sainte-lague": 2, "modified-sainte-lague": 2, "danish": 3}.get(rule["divisor"], 1)
        for (row, column), seats in self.all():
            top = most[row][column]
            beyond = top is not None and seats + ((row, column) in tied) > top
            if seats < least[row][column] or beyond or (seats > least[row][column] and not votes[row][column]):
                raise Refused(f"{where}: {self.name(row, column)} has {seats} seats, beyond its bounds")

    def all(self):
        return [((row, column), seats) for row, line in enumerate(self.given) for column, seats in enumerate(line)]

    def name(self, row, column):
        return f"{self.names[0][row]} in {self.names[1][column]}"

    def ends(self, row, column, seats):
        """The cell's votes to the power of the root, and the signposts below and above; None where bounds hold it."""
        votes, most = F(self.votes[row][column]) ** self.rule["root"], self.most[row][column]
        below = divisor(self.rule, seats - 1) if seats > self.least[row][column] else None
        return votes, below, divisor(self.rule, seats) if votes and (most is None or seats < most) else None

    def by_divisors(self, of_parties, of_districts):
        """Votes over both divisors lie between the signposts of the seats; of a tied cell, on one."""
        power = self.rule["root"]
        for (row, column), seats in self.all():
            texts = of_parties.get(self.names[0][row]), of_districts.get(self.names[1][column])
            if None in texts:
                continue
            votes, below, above = self.ends(row, column, seats)
            quotient = self.step ** power * votes / (number(texts[0], power) * number(texts[1], power))
            is_tied = (row, column) in self.tied and quotient != above
            if is_tied or (below is not None and quotient < below) or (above is not None and quotient > above):
                raise Refused(f"{self.where}: {self.name(row, column)} has {seats} seats, and divisors round to others")

    def by_cycles(self):
        """No cycle of exchanges has larger claims: a seat more is votes / d(s), one fewer d(s - 1) / votes."""
        rows, edges = len(self.given), []
        for (row, column), seats in self.all():
            votes, below, above = self.ends(row, column, seats)
            if above == 0:
                # A first divisor of 0 comes before all claims that are not: larger than any number of such cells.
                edges.append((row, rows + column, (1, votes)))
            elif above is not None:
                edges.append((row, rows + column, (0, votes / above)))
            if below is not None:
                edges.append((rows + column, row, (-1, 1 / votes) if below == 0 else (0, below / votes)))
        best = [(0, F(1))] * (rows + len(self.given[0]))
        for _ in range(len(best) + 1):
            grown = False
            for start, end, (zeros, factor) in edges:
                here = best[start][0] + zeros, best[start][1] * factor
                if here > best[end]:
                    best[end], grown = here, True
            if not grown:
                return
        raise Refused(f"{self.where}: an exchange of seats between cells has larger claims")


def number(text, power):
    """A printed divisor, to the power of the root."""
    if found := re.fullmatch(r"√\((.+)\)|\((.+)\)\^\(1/\d+\)", text):
        return F(found[1] or found[2])
    return F(text) ** power
