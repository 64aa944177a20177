"""Laws, counts and documents, and the questions about what comes out."""

import copy
import json
import pickle
import random
import subprocess
import sys
from pathlib import Path

import apportion
import numpy as np
import pytest
from apportion import ApportionError, Election, Method, Rule, Tally, Tie, TieError

VOTES = {"Nur Otan": 5_621_436, "Ak Zhol": 518_405, "CPPK": 498_788, "OSDP": 116_534}
# Constitutional Law on Elections, art. 97-1, as of 15 January 2012.
MAJILIS = Rule("hare", 98, threshold={"share": "7%", "of": "valid"}, admit_at_least=2)
DOCUMENT = {"seats": 3, "rule": {"method": "dhondt"}, "parties": [{"name": "A", "votes": 9}, {"name": "B", "votes": 4}]}


@pytest.fixture
def outcome():
    return MAJILIS.apply(Tally(VOTES))


def test_the_majilis_of_2012_has_its_seats(outcome):
    assert outcome.seats == {"Nur Otan": 83, "Ak Zhol": 8, "CPPK": 7, "OSDP": 0}
    assert [party.admitted for party in outcome.parties] == [True, True, True, False]
    assert outcome.parties[3].reason == "1.73% of valid votes, below 7%"
    assert (outcome.total_seats, outcome.vacant, outcome.ties, outcome.warnings) == (98, 0, (), ())


def test_all_real_elections_have_the_seats_on_record():
    lines = Path("tests/data/elections.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 60
    for line in lines:
        document = json.loads(line)
        for election in (Election.from_json(line), Election.from_dict(document)):
            assert election.outcome().as_recorded is True, document["id"]


def test_a_certificate_names_the_last_remainder_served_and_the_first_refused(outcome):
    contest = outcome.certificate()["course"]["records"][-1]
    assert (contest["kind"], contest["quota"]) == ("contest", "6638629/98")
    assert contest["last_served"]["parties"] == ["Ak Zhol"] and contest["first_refused"]["parties"] == ["CPPK"]
    assert "certificate" not in outcome.to_dict()


def test_a_certificate_writes_what_readers_of_json_would_round_as_text():
    certificate = Rule("dhondt", 1).apply(Tally({"A": 2**53 + 1, "B": 2**53})).certificate()
    assert certificate["count"][0]["votes"] == {"A": "9007199254740993", "B": 9007199254740992}


def test_a_program_of_its_own_accepts_an_answer_with_its_certificate(tmp_path):
    document = "examples/elections/kz-2012.toml"
    outcome = Election.from_file(document).outcome()
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps(outcome.to_dict() | {"certificate": outcome.certificate()}), encoding="utf-8")
    ran = subprocess.run([sys.executable, "checker", document, answer], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout


@pytest.mark.parametrize("year", [2007, 2012, 2016, 2021, 2023])
def test_an_election_is_read_from_a_file_and_written_again(year):
    election = Election.from_file(f"examples/elections/kz-{year}.toml")
    assert election.outcome().as_recorded is True
    assert Election.from_toml(election.to_toml()) == election
    assert Election.from_json(election.to_json()) == election
    assert Election.from_dict(election.to_dict()) == election
    again = pickle.loads(pickle.dumps(election))
    assert again == election and again.outcome() == election.outcome()


def test_a_rule_and_a_tally_are_parts_of_an_election():
    election = Election(MAJILIS, Tally(VOTES), id="kz", date="2012-01-15")
    assert (election.rule, election.tally) == (MAJILIS, Tally(VOTES))
    assert election.to_dict()["id"] == "kz"
    assert MAJILIS.method == Method("hare") and MAJILIS.seats == 98
    assert Rule.from_dict(MAJILIS.to_dict()) == MAJILIS != MAJILIS.with_seats(99)
    assert copy.deepcopy(MAJILIS) == MAJILIS and pickle.loads(pickle.dumps(Tally(VOTES))) == Tally(VOTES)


def test_tallies_add_in_any_order():
    places = [Tally({"A": 3 * at, "B": 7 + at}, blank=at, registered=40) for at in range(9)]
    whole = sum(places)
    assert whole.votes == {"A": 108, "B": 99}
    assert whole.to_dict()["tally"] == {"blank": 36, "registered": 360}
    random.Random(7).shuffle(places)
    assert sum(places) == whole


def test_ranked_ballots_count_for_their_first_party():
    tally = Tally({"A": 5, "B": 2}, ballots=[{"ranking": ["B", "A"], "count": 4}])
    assert tally.votes == {"A": 5, "B": 6}
    assert Rule("dhondt", 1).apply(tally).seats == {"A": 0, "B": 1}


def test_parties_may_have_more_than_votes():
    tally = Tally([{"name": "A", "votes": 90}, {"name": "B", "votes": 6, "minority": True}, {"name": "C", "votes": 4}])
    rule = Rule("dhondt", 10, threshold={"any": ["5%", {"minority": True}]})
    assert rule.apply(tally).seats == {"A": 10, "B": 0, "C": 0}
    assert [party.admitted for party in rule.apply(tally).parties] == [True, True, False]


def test_numbers_of_numpy_and_pandas_are_numbers():
    assert Tally({"A": np.int64(7), "B": np.uint16(3)}).votes == {"A": 7, "B": 3}
    pandas = pytest.importorskip("pandas")
    assert Tally(pandas.Series({"A": 7, "B": 3})) == Tally({"A": 7, "B": 3})


def test_an_open_tie_has_no_seats():
    tied = Rule("dhondt", 3).apply(Tally({"A": 10, "B": 10}))
    assert tied.certain == {"A": 1, "B": 1}
    assert tied.ties == (Tie(("A", "B"), 1),)
    assert tied.warnings == ("open tie: 1 seat is tied among A, B",)
    with pytest.raises(TieError, match="open tie: 1 left among A, B") as caught:
        _ = tied.seats
    assert (caught.value.parties, caught.value.left) == (["A", "B"], 1)
    assert tied.possible == {"A": 2, "B": 2}
    with pytest.raises(TieError):
        tied.verify()
    assert tied.verify({"A": 2, "B": 1}).kind == "tied"


def test_an_explanation_names_the_steps(outcome):
    text = outcome.explain()
    assert "7%" in text and "quota" in text and "Ak Zhol" in text


def test_claimed_seats_are_checked(outcome):
    assert outcome.verify().kind == "correct"
    wrong = outcome.verify({"Nur Otan": 82, "Ak Zhol": 9, "CPPK": 7})
    assert wrong.kind == "wrong" and "Ak Zhol" in str(wrong)
    with pytest.raises(ApportionError, match="97 seats"):
        outcome.verify({"Nur Otan": 82, "Ak Zhol": 8, "CPPK": 7})
    with pytest.raises(ApportionError, match="'Auyl' has seats claimed, but is no party"):
        outcome.verify({"Auyl": 98})


def test_a_margin_is_the_fewest_votes_that_do_it(outcome):
    margin = outcome.margins().gain("Ak Zhol")
    assert margin.gains == {"Ak Zhol": 1}

    def seats(more):
        return MAJILIS.apply(Tally({**VOTES, "Ak Zhol": VOTES["Ak Zhol"] + more})).certain["Ak Zhol"]

    assert seats(margin.votes) == 9 and seats(margin.votes - 1) == 8
    assert outcome.margins().loss("OSDP") is None
    closest = outcome.margins().closest()
    assert closest.votes <= margin.votes and str(closest) in closest.text
    switch = outcome.margins().switch("Nur Otan", "Ak Zhol")

    def moved(votes):
        after = {**VOTES, "Nur Otan": VOTES["Nur Otan"] - votes, "Ak Zhol": VOTES["Ak Zhol"] + votes}
        return MAJILIS.apply(Tally(after)).certain

    assert moved(switch.votes) != outcome.certain and moved(switch.votes - 1) == outcome.certain
    assert "from Nur Otan to Ak Zhol" in str(switch)
    assert "Ak Zhol" in str(outcome.margins())
    with pytest.raises(ApportionError, match="Auyl"):
        outcome.margins().gain("Auyl")


def test_an_outlook_narrows_as_ballots_come_in(outcome):
    assert outcome.outlook(0).is_decided
    wide = outcome.outlook(1_000_000)
    assert not wide.is_decided and "Nur Otan" in str(wide)
    assert all(party.fewest <= outcome.certain[party.name] <= party.most for party in wide.parties)


def test_a_notebook_shows_a_picture_and_escapes_names():
    html = Rule("dhondt", 3).apply(Tally({"<script>": 10, "B & C": 10}))._repr_html_()
    assert "<svg " in html and "<table>" in html and "<p>open tie" in html
    assert "<script>" not in html and "&lt;script&gt;" in html and "B &amp; C" in html


def test_every_law_of_the_catalogue_can_be_applied_or_says_why_not():
    laws = apportion.laws()
    assert len(laws) >= 55 and list(laws) == sorted(laws)
    tally = Tally({"A": 600_000, "B": 250_000, "C": 150_000})
    answered = 0
    for law in laws.values():
        assert law.name and law.date and law.sources and law.words
        try:
            outcome = law.election(tally, 100).outcome()
        except ApportionError as error:
            assert str(error)
            continue
        answered += 1
        # A bonus or a cap stays within the house; tiers have seats of their own.
        assert sum(outcome.certain.values()) <= outcome.total_seats
    assert answered > 40
    with pytest.raises(ApportionError, match="es-2023 has no number of seats"):
        laws["es-2023"].election(tally)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"seats": -3}, "^seats: .*-3"),
        ({"rule": {"method": "d'hondt"}}, "^rule.method: .*\"d'hondt\" is none of"),
        ({"rule": {"method": "dhondt", "treshold": "7%"}}, "^rule.treshold: unknown field `treshold`"),
        ({"rule": {"method": "dhondt", "threshold": "7,5%"}}, "^rule.threshold: .*\"7,5%\" is not a ratio"),
        ({"parties": [{"name": "A", "votes": 1}, {"name": "A", "votes": 2}]}, '"A"'),
        ({"parties": [{"name": "A", "votes": 1.5}]}, r"^parties\[0\].votes: .*1.5"),
        ({"parties": [{"name": "A", "votes": float("nan")}]}, "^nan stands in a document where a number must"),
        ({"parties": [{"name": "A", "votes": 2**64}]}, r"^parties\[0\].votes: .*"),
        ({"parties": [{"name": "A"}]}, '"A" has no votes: missing field `votes`'),
        ({"ballots": [{"ranking": ["D"], "count": 1}]}, '"D"'),
    ],
)
def test_an_error_in_a_document_names_the_place(change, text):
    with pytest.raises(ApportionError, match=text):
        Election.from_dict({**DOCUMENT, **change})


def test_an_error_in_a_text_or_file_names_the_place(tmp_path):
    with pytest.raises(ApportionError, match=r"line 2"):
        Election.from_toml("seats = 3\nrule = \n")
    with pytest.raises(ApportionError, match=r"^seats: .*line 1 column 12"):
        Election.from_json('{"seats": -3}')
    bad = tmp_path / "bad.json"
    bad.write_text('{"seats": 3')
    with pytest.raises(ApportionError, match=r"bad\.json: .*line 1"):
        Election.from_file(bad)
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(ApportionError, match=r"bad\.json: "):
        Election.from_file(bad)
    with pytest.raises(ApportionError, match=r"should end with .toml or .json"):
        Election.from_file("election.yaml")
    with pytest.raises(FileNotFoundError):
        Election.from_file(tmp_path / "none.toml")


def test_what_a_tally_or_rule_does_not_know_is_named():
    with pytest.raises(ApportionError, match="unknown field `blanc`"):
        Tally({"A": 1}, blanc=3)
    with pytest.raises(ApportionError, match="'votes' is no key of a tally"):
        Tally.from_dict({"parties": [], "votes": 3})
    with pytest.raises(ApportionError, match="unknown field `tiebreak`"):
        Rule("hare", 3, tiebreak="list-order")
    with pytest.raises(ApportionError, match="there are 3 seats"):
        Rule("hare", 3).apply(Tally({"A": 0}))


def test_laws_stand_side_by_side_and_one_that_fails_says_why() -> None:
    election = Election(Rule("dhondt", 7), Tally({"A": 53, "B": 24, "C": 23}))
    laws = {"Sainte-Laguë": Rule("sainte-lague", 7), "90%": Rule("hare", 7, threshold="90%")}
    comparison = election.compare(laws, margins=True)
    own, other, none = comparison.laws
    assert [party["seats"] for party in own["parties"]] == [4, 2, 1]
    assert other["moved"] == 1 and other["closest"]["votes"] >= 1
    assert "error" in none and "parties" in none and not none["parties"]
    assert "moved" in str(comparison) and comparison.to_markdown().startswith("| party | votes |")


def test_indices_are_those_that_are_published() -> None:
    election = Election(Rule("dhondt", 3), Tally({"Large": 4200, "Small": 1400}))
    indices = election.outcome().indices()
    assert indices["wasted_votes"]["least"]["published"] == 0.0
    assert indices["wasted_votes"]["most"]["exact"] == "1/4"
