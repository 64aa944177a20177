"""The answer: its votes, seats and ties against what the courses of the law come to."""

from course import Course
from report import Asked, Refused, refuse, same


def follow(document, written, report, asks=False):
    """Walks through the law, and holds what its tiers book against the bookings of the certificate."""
    course = Course(document, written["records"], report)
    try:
        course.run()
        refuse(asks, "certificate: course: the law has to know how a tie ends, and it goes on to its end")
    except Asked as asked:
        where = f"certificate: course: record {course.at + 1}"
        refuse(not asks or course.at < len(course.records), f"{where}: the law has to know how a tie ends")
        course.asks = asked.args[0]
    right = [{"tier": tier} | ({} if place is None else {"place": place}) | {"seats": dict(seats)}
             for (tier, place), seats in course.bookings.items() if tier and seats]  # fmt: skip
    ordered = [sorted(all, key=lambda one: (one["tier"], one.get("place", ""))) for all in (written["bookings"], right)]
    same("bookings", *ordered)
    report.checked["bookings of tiers at places"] += len(right)
    return course


def seats_of(document, answer, course, report):
    """Seats of parties in the nation and in every place."""
    places = [(None, answer), *((one["name"], one) for key in ("regions", "districts") for one in answer.get(key, []))]
    refuse([place for place, _ in places] != list(document.places), "answer: the places are not those of the document")
    for place, one in places:
        votes, held, where = document.tallies[place].votes, course.held_at[place], f"answer: {place or 'the nation'}"
        listed = course.first.held_at[place]
        names = [*votes, *(name for name in document.tallies[None].votes if name not in votes and listed[name])]
        # Sums of votes beyond 64 bits are cut in answers.
        right = [{"name": name, "votes": min(votes.get(name, 0), 2**64 - 1), "seats": held[name]} for name in names]
        same(where, [{key: party[key] for key in ("name", "votes", "seats")} for party in one["parties"]], right)
        report.checked["seats of parties in places"] += len(names)
        same(f"{where}: filled", one.get("filled", sum(held.values())), sum(held.values()))
        vacant = sum(course.vacant.values()) if place is None else course.vacant[place]
        same(f"{where}: vacant", one.get("vacant", 0), vacant)
        ties = [(tie.get("tier", ""), tie.get("place", ""), sorted(tie.get("parties", [])), tie["seats"])
                for tie in one["ties"]]  # fmt: skip
        same(f"{where}: ties", [list(tie) for tie in sorted(ties)], [list(tie) for tie in course.ties_at(place)])
        report.checked["open ties"] += len(ties)
        if place is not None:
            try:
                size = course.first.seats_of(place)
            except Refused:
                size = sum(held.values())
            same(f"{where}: seats", one["seats"], size)


def tiers_of(document, answer, course):
    """What each tier gave, in all and by place."""
    titles = [tier["title"] for tier in document.tiers if len(document.tiers) > 1]
    same("answer: tiers", [one["name"] for one in answer.get("tiers", [])], titles)
    for one in answer.get("tiers", []):
        where, sums = f"answer: tier {one['name']}", {}
        places = {at: seats for (tier, at), seats in course.bookings.items() if tier == one["name"]}
        for seats in places.values():
            for name, number in seats.items():
                sums[name] = sums.get(name, 0) + number
        given = {party["name"]: party["seats"] for party in one["parties"]}
        same(f"{where}: parties", given, {name: number for name, number in sums.items() if number})
        same(f"{where}: seats", one["seats"], sum(sums.values()))
        found = [(place["name"], place["parties"]) for place in one.get("places", [])]
        found = {at: {party["name"]: party["seats"] for party in parties} for at, parties in found}
        same(f"{where}: places", found, {at: dict(seats) for at, seats in places.items() if at is not None})


def totals_of(answer, course):
    """The seats that were to be given out."""
    same("answer: seats", answer["seats"], course.total())
    found = {(one["place"], one["party"]): one["winners"] for one in answer.get("unseated", [])}
    same("answer: unseated", found, dict(course.unseated))


def matrix_of(answer, course):
    """The upper apportionment and the divisors of a matrix, where the law has one alone."""
    matrices = [record for record in course.records if record["kind"] == "matrix"]
    if "divisors" in answer and len(matrices) == 1:
        for key in ("parties", "districts"):
            right = {one["name"]: one["divisor"] for one in matrices[0][key] if "divisor" in one}
            same(f"answer: divisors: {key}", answer["divisors"][key], right)
    contests = [one for one in course.records if one.get("about") == "the seats of parties in all districts"]
    if "upper" in answer and len(contests) == 1:
        right = [{"name": one["parties"][0], "voters": one.get("counted", str(one["votes"])), "seats": one["seats"]}
                 for one in contests[0]["entries"]]  # fmt: skip
        same("answer: upper: parties", answer["upper"]["parties"], right)
        right = [contests[0]["tie"]["seats"]] if "tie" in contests[0] else []
        same("answer: upper: ties", [tie["seats"] for tie in answer["upper"]["ties"]], right)
