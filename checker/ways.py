"""Laws that had to know how ties end: a course for each way, all ends of every tie, and what all of them have."""

from collections import Counter
from itertools import combinations

from answer import follow, seats_of
from report import refuse, same, unfollowed


class Together:
    """What is certain over several courses: what all have, and the ties that are open in all or were asked about."""

    def __init__(self, before, asked, courses):
        self.first, self.bookings, self.records = courses[0], before.bookings, before.records
        self.before, self.asked, self.courses = before, asked, courses
        places = before.document.places
        self.held_at = {place: Counter({name: min(one.held_at[place][name] for one in courses)
                        for name in before.document.tallies[None].votes}) for place in places}  # fmt: skip
        self.vacant = Counter({place: min(one.vacant[place] for one in courses) for place in places})
        unseated = [set(one.unseated.items()) for one in courses]
        self.unseated = dict(set.intersection(*unseated))

    def ties_at(self, place):
        common = [tie for tie in self.first.ties_at(place) if all(tie in one.ties_at(place) for one in self.courses)]
        if place is not None and all(one.held_at[place] == self.first.held_at[place] for one in self.courses):
            # However the tie ends, the place has the same.
            return common
        open = self.before.ties_at(place)
        ties = open + [tie for tie in common if tie not in open]
        if place in (None, self.asked["place"]):
            names = [one["party"] for one in self.asked["candidates"] if "party" in one]
            asked = self.before.shown(self.asked["tier"], self.asked["place"], names, self.asked["seats"])
            # A tie that was booked is open already when a later tier asks how it ends.
            is_booked = self.asked["about"] == "the seats" and asked in open
            ties += [asked] * (not is_booked)
        return sorted(ties)

    def total(self):
        return max(one.total() for one in self.courses)


def check(document, answer, certificate, report):
    """Every way by its course; what all of them have, for the answer."""
    before, ends = follow(document, certificate["course"], report, asks=True), []
    written = certificate.get("ways", [])
    refuse(len(written) != len(answer["ways"]), f"certificate: {len(written)} courses, not {len(answer['ways'])}")
    for number, (way, one) in enumerate(zip(answer["ways"], written), 1):
        refuse((one is None) != ("error" in way), f"certificate: way {number} has a course, or no answer")
        course = one and follow(document, one, report)
        if course:
            seats_of(document, way, course, report)
            ends.append((way["choices"], matched(number, way["choices"], course)))
        else:
            report.unchecked["ways in which the law has no answer"] += 1
            ends.append((way["choices"], None))
    asked = all_ends(ends, 0)
    refuse(before.asks and asked and before.asks != asked, "the ways are not those of the tie that the law comes to")
    courses = [chosen["course"] for _, chosen in ends if chosen]
    unfollowed(not courses, "a law without an answer however a tie ends")
    report.checked["ways in which ties end"] += len(ends)
    return Together(before, asked, courses)


def alike(document, certificate, course, report):
    """The other ways of a law that ends alike however its ties go: the same seats everywhere, and all ends of the ties."""
    ends = []
    for number, one in enumerate([certificate["course"], *certificate["alike"]], 1):
        other = follow(document, one, report)
        for place in document.places:
            where = f"certificate: way {number}: {place or 'the nation'}"
            right, found = ({"seats": +one.held_at[place], "vacant": one.vacant[place],
                             "ties": list(map(list, one.ties_at(place)))} for one in (course, other))  # fmt: skip
            same(where, found, right)
        choices = [{"tier": one["tier"], "place": one.get("place"), "parties": [winner for winner, _ in won(one)],
                    "places": [at for _, at in won(one)]} for one in other.chosen]  # fmt: skip
        ends.append((choices, matched(number, choices, other)))
    all_ends(ends, 0)
    report.checked["ways in which ties end"] += len(ends)


def matched(number, choices, course):
    """The records of a way's choices, in the order in which the law asked."""
    left, found = list(course.chosen), []
    for choice in choices:
        key = choice["tier"], choice.get("place"), winners(choice)
        record = next((one for one in left if (one["tier"], one.get("place"), won(one)) == key), None)
        refuse(record is None, f"answer: way {number}: no record says that {choice} was chosen")
        left.remove(record)
        found.append({key: record.get(key) for key in ("tier", "place", "about", "candidates", "seats")})
    refuse(left, f"answer: way {number}: more was chosen than it says")
    return {"course": course, "asked": found}


def winners(choice):
    """Who wins by the answer: parties, places, or parties in places."""
    parties, places = choice.get("parties", []), choice.get("places", [])
    none = [None] * max(len(parties), len(places))
    return list(zip(parties or none, places or none))


def won(record):
    return [(one.get("party"), one.get("at")) for one in record["winners"]]


def all_ends(ends, depth):
    """The question that the law asks after so many choices; its ends are all there, each with all that follow."""
    if any(len(choices) == depth for choices, _ in ends):
        refuse(len(ends) > 1, "two ways are one")
        return None
    questions = [chosen["asked"][depth] for _, chosen in ends if chosen]
    if not questions:
        return None
    asked = questions[0]
    for other in questions[1:]:
        same("ways: what the law asks next", other, asked)
    candidates = [(one.get("party"), one.get("at")) for one in asked["candidates"]]
    groups = {}
    for end in ends:
        groups.setdefault(tuple(winners(end[0][depth])), []).append(end)
    right = set(combinations(candidates, asked["seats"]))
    refuse(set(groups) != right, f"ways: {len(groups)} ends of a tie are followed, which are not its {len(right)}")
    for group in groups.values():
        all_ends(group, depth + 1)
    return asked
