"""Districts, regions and laws of several tiers."""

import json
import pickle

import pytest
from apportion import ApportionError, Count, Election, Rule, Tally, TieError

NORTH, SOUTH = {"A": 60, "B": 40}, {"A": 30, "B": 70, "C": 5}
LONG = {
    "district": ["North", "South", "North", "South", "South", "South"],
    "party": ["A", "A", "B", "B", "C", "A"],
    "votes": [60, 10, 40, 70, 5, 20],
    "seats": [3, 2, 3, 2, 2, 2],
}
SAINTE_LAGUE = {"divisor": "modified-sainte-lague", "first": "7/5"}
# Three districts and levelling seats by national votes, as Norway gives them since 2005.
LEVELLING = [
    {"name": "district seats", "method": SAINTE_LAGUE},
    {
        "name": "levelling seats",
        "kind": "top-up",
        "seats": 15,
        "method": SAINTE_LAGUE,
        "threshold": {"share": "4%", "of": "valid"},
        "overhang": "exclude",
        "place": {"in": "district", "method": "sainte-lague", "per": "seat", "room": "levelling"},
    },
]


def levelling(harbour=4200, coast_seats=5):
    def district(name, seats, votes):
        parties = [{"name": party, "votes": number} for party, number in votes.items()]
        return {"name": name, "seats": seats, "levelling": 1, "parties": parties}

    return Count.from_dict({
        "districts": [
            district("Coast", coast_seats, {"Harbour": harbour, "Meadow": 2100, "Forest": 900, "Hill": 300}),
            district("Plain", 4, {"Harbour": 1800, "Meadow": 3600, "Forest": 700, "Hill": 200}),
            district("Mountains", 3, {"Harbour": 1500, "Meadow": 800, "Forest": 1100, "Hill": 150}),
        ]
    })


def test_districts_have_outcomes_of_their_own():
    count = Count({"North": Tally(NORTH), "South": Tally(SOUTH)}, seats={"North": 3, "South": 2})
    outcome = Rule("dhondt").apply(count)
    assert outcome.seats == {"A": 2, "B": 3, "C": 0}
    assert [(place.name, place.certain) for place in outcome.districts] == [
        ("North", {"A": 2, "B": 1}),
        ("South", {"A": 0, "B": 2, "C": 0}),
    ]
    assert (outcome.at("North").total_seats, outcome.at("North").level, outcome.total_seats) == (3, "district", 5)
    with pytest.raises(ApportionError, match="there is no place 'West'"):
        outcome.at("West")
    election = Election(Rule("dhondt"), count, id="x")
    with pytest.raises(ApportionError, match="stand in its districts"):
        _ = election.tally
    assert election.count.to_dict()["districts"][0]["name"] == "North"
    assert Election.from_dict(election.to_dict()) == election == pickle.loads(pickle.dumps(election))


def test_a_long_table_is_a_count_whatever_library_holds_it():
    expected = Count({"North": Tally(NORTH), "South": Tally(SOUTH)}, seats={"North": 3, "South": 2})
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    for table in (LONG, pandas.DataFrame(LONG), polars.DataFrame(LONG), polars.DataFrame(LONG).to_arrow()):
        assert Count.from_table(table, "seats") == expected
        assert Count.from_table(table, {"North": 3, "South": 2}) == expected
    assert [d["seats"] for d in Count.from_table(LONG, 7).to_dict()["districts"]] == [7, 7]


def test_regions_and_inhabitants_are_columns():
    table = {**LONG, "land": ["N", "S", "N", "S", "S", "S"], "people": [500, 300, 500, 300, 300, 300]}
    count = Count.from_table(table, region="land", population="people")
    assert count.to_dict()["regions"] == [{"name": "N"}, {"name": "S"}]
    rule = Rule("dhondt", 8, seats_by={"method": "hare", "of": "population"})
    outcome = rule.apply(count)
    assert [(place.name, place.within, place.total_seats) for place in outcome.districts] == [
        ("North", "N", 5),
        ("South", "S", 3),
    ]
    assert [region.name for region in outcome.regions] == ["N", "S"]


def test_tiers_say_what_each_gave_and_where():
    outcome = Rule.of_tiers(LEVELLING).apply(levelling())
    districts, levels = outcome.tiers
    assert (districts.name, districts.total_seats) == ("district seats", 12)
    assert (levels.name, levels.total_seats) == ("levelling seats", 3)
    assert set(levels.places) == {"Coast", "Plain", "Mountains"}
    for place in outcome.districts:
        by_tier = [tier.places[place.name].get(name, 0) for tier in outcome.tiers for name in place.certain]
        assert sum(by_tier) == sum(place.certain.values()) == place.total_seats + 1
    assert sum(outcome.seats.values()) == 15


def test_a_law_is_read_back_and_said_in_words():
    rule = Rule.of_tiers(LEVELLING)
    assert rule == Rule.from_dict(rule.to_dict()) and rule.seats is None
    assert [tier["name"] for tier in rule.tiers] == ["district seats", "levelling seats"]
    assert str(rule).splitlines()[1].startswith("2. levelling seats: a house of 15 seats")
    assert str(Rule("hare", 98, threshold="7%")).startswith("98 seats by Hare quota")


def test_a_law_that_asks_how_a_tie_ends_shows_every_way():
    districts = {"North": Tally({"A": 10, "B": 10}), "South": Tally({"A": 90, "B": 60, "C": 40})}
    count = Count(districts, seats={"North": 1, "South": 3})
    tiers = [{"name": "local", "method": "dhondt"}, {"name": "list", "kind": "top-up", "seats": 6, "method": "dhondt"}]
    outcome = Rule.of_tiers([tiers[0], {**tiers[1], "overhang": "exclude"}]).apply(count)
    assert outcome.ways_complete and {way.error for way in outcome.ways} <= {None}
    for way in outcome.ways:
        assert sum(way.certain.values()) == 6
        assert all(outcome.certain[name] <= seats <= outcome.possible[name] for name, seats in way.certain.items())
    assert (outcome.ties[0].place, outcome.ties[0].tier) == ("North", "local")
    with pytest.raises(TieError):
        _ = outcome.seats


def test_a_place_is_explained_and_measured():
    rule = Rule.of_tiers(LEVELLING)
    outcome = rule.apply(levelling())
    assert "Coast" in outcome.explain("Coast") and "Mountains" not in outcome.explain("Coast")
    margin = outcome.margins().gain("Harbour", "Coast")
    assert (margin.place, margin.proven) == ("Coast", True)

    def seats(more):
        return rule.apply(levelling(4200 + more)).at("Coast").certain["Harbour"]

    assert (seats(margin.votes), seats(margin.votes - 1)) == (seats(0) + 1, seats(0))
    last = outcome.margins().last_seats()
    assert [margin.votes for margin in last] == sorted(margin.votes for margin in last) and len(last) == 3
    for question in (outcome.explain, outcome.margins().closest):
        with pytest.raises(ApportionError, match="West"):
            question("West")


def two_districts(north_b=480, south_a=200, south_b=390):
    votes = {"North": Tally({"A": 500, "B": north_b}), "South": Tally({"A": south_a, "B": south_b})}
    return Rule("dhondt").apply(Count(votes, seats={"North": 2, "South": 3}))


def test_margins_say_where_ballots_change_whose_seats_they_move_and_whether_a_tie_is_enough():
    margins, now = two_districts().margins(), two_districts().certain["A"]
    switch = margins.switch("B", "A", ballots_in=("North", "South"))

    def moved(voters):
        outcome = two_districts(480 - voters, 200 + voters)
        return not outcome.ties and outcome.certain["A"] != now

    assert moved(switch.votes) and not any(map(moved, range(1, switch.votes)))
    spread = margins.gain("A", ballots_in={"North": 1, "South": 2})
    here = margins.gain("A", ballots_in="South")
    assert spread.votes % 3 == 0 and spread.place is None and here.place == "South"
    assert margins.gain("A", "South").votes == margins.gain("A", ballots_in="South", seats_in="South").votes
    assert margins.gain("A", ballots_in="North", seats_in="South") is None
    assert margins.gain("A", or_tie=True).votes == margins.gain("A").votes - 1
    assert margins.allied() is None
    with pytest.raises(TypeError, match="pair of places"):
        margins.gain("A", ballots_in=("North", "South"))
    with pytest.raises(TypeError, match="place names both"):
        margins.loss("A", "North", seats_in="South")
    with pytest.raises(ApportionError, match=r"ballots_in\['North'\] is 0"):
        margins.loss("A", ballots_in={"North": 0})
    with pytest.raises(ApportionError, match="West"):
        margins.closest(ballots_in={"West": 1})


def test_voters_move_between_lists_of_one_alliance():
    document = {
        "rule": {"method": "dhondt"},
        "seats": 5,
        "parties": [{"name": name, "votes": votes} for name, votes in {"A": 420, "B": 310, "C": 270}.items()],
        "alliances": [["B", "C"]],
    }
    allied = Election.from_dict(document).outcome().margins().allied()
    assert (allied.votes, allied.gains, allied.losses) == (21, {"C": 1}, {"B": 1})


def test_seats_of_a_place_are_checked_and_bounded():
    outcome = Rule.of_tiers(LEVELLING).apply(levelling())
    assert outcome.verify().kind == "correct"
    coast = outcome.at("Coast").certain
    assert outcome.verify(coast, "Coast").kind == "correct"
    moved = {**coast, "Harbour": coast["Harbour"] - 1, "Hill": coast["Hill"] + 1}
    assert outcome.verify(moved, "Coast").kind == "wrong"
    outlook = outcome.outlook({"Coast": 40})
    assert set(outlook.places) == {"Coast", "Plain", "Mountains"}
    for party in outlook.places["Coast"]:
        assert party.fewest <= coast[party.name] <= party.most
    with pytest.raises(ApportionError, match="West"):
        outcome.outlook({"West": 40})


def test_what_is_wrong_with_a_place_is_named():
    with pytest.raises(ApportionError, match="'seats' of 'West': there is no such district"):
        Count({"North": Tally(NORTH)}, seats={"West": 3})
    with pytest.raises(ApportionError, match=r"seats\[2\] is 4, but was 3 before in 'North'"):
        Count.from_table({**LONG, "seats": [3, 2, 4, 2, 2, 2]}, "seats")
    with pytest.raises(TypeError, match=r"party\[1\] is None, but must be a name"):
        Count.from_table({**LONG, "party": ["A", None, "B", "B", "C", "A"]}, 3)
    with pytest.raises(ApportionError, match="'rule' is no key of a count"):
        Count.from_dict({"rule": {"method": "hare"}, "districts": []})
    with pytest.raises(ApportionError, match="North"):
        Rule("dhondt").apply(Count({"North": Tally(NORTH), "South": Tally(SOUTH)}, seats={"South": 2}))
    with pytest.raises(ApportionError, match="in one place: see `tally`"):
        _ = Election(Rule("dhondt", 3), Tally(NORTH)).count
    with pytest.raises(ApportionError, match=r"^districts\[0\]|levelling"):
        Rule("dhondt").apply(levelling())


def test_official_districts_have_the_seats_on_record():
    with open("tests/data/districts.jsonl", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    answered = [Election.from_dict(document).outcome().as_recorded for document in documents]
    assert len(answered) > 5 and False not in answered
