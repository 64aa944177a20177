"""Laws made ready for many draws: the same answers as one by one."""

import numpy as np
import pytest
from apportion import ApportionError, Count, Election, OpenTie, Prepared, Rule, Tally
from hypothesis import given
from hypothesis import strategies as st

NAMES = ["A", "B", "C"]
RULE = Rule("dhondt", 5, threshold="20%")


def draws(width):
    return st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=8)


@given(draws(3), st.booleans())
def test_rows_are_answered_as_one_by_one(rows, parallel):
    answer = Prepared(RULE, Tally(dict.fromkeys(NAMES, 0))).apply(np.array(rows), parallel=parallel)
    for at, row in enumerate(rows):
        try:
            outcome = RULE.apply(Tally(dict(zip(NAMES, row, strict=True))))
        except ApportionError as error:
            assert answer.errors[at] == str(error)
            assert answer.seats[at].tolist() == [0, 0, 0]
            continue
        assert answer.seats[at].tolist() == list(outcome.certain.values())
        ties = [tie for tie in answer.ties if tie.place == at]
        assert [([NAMES[at] for at in tie.parties], tie.left) for tie in ties] == [
            (list(tie.parties), tie.left) for tie in outcome.ties
        ]


def districts():
    parties = [{"name": name, "votes": 1} for name in NAMES]
    places = [{"name": "North", "seats": 3, "parties": parties}, {"name": "South", "seats": 2, "parties": parties[:2]}]
    return Count.from_dict({"districts": places})


def test_places_that_only_receive_seats_come_last():
    prepared = Prepared(Rule("dhondt", 5), districts())
    assert prepared.inputs == [("North", "A"), ("North", "B"), ("North", "C"), ("South", "A"), ("South", "B")]
    assert prepared.outputs == [*prepared.inputs, ("", "A"), ("", "B"), ("", "C")]
    answer = prepared.apply([[60, 40, 10, 10, 30]])
    assert answer.seats.tolist() == [[2, 1, 0, 0, 2, 2, 3, 0]]
    assert {party: seats.tolist() for party, seats in prepared.seats_of(answer).items()} == {"A": [2], "B": [3], "C": [0]}
    assert prepared.seats_of(answer, "South")["B"].tolist() == [2]


def test_ties_and_errors_spoil_no_other_row():
    prepared = Prepared(Rule("dhondt", 3), Tally({"A": 0, "B": 0}))
    answer = prepared.apply(np.array([[10, 5], [0, 0], [5, 5]]))
    assert answer.seats.tolist() == [[2, 1], [0, 0], [1, 1]]
    assert answer.ties == [OpenTie(2, [0, 1], 1)]
    assert list(answer.errors) == [1]
    assert answer.open == []


def test_a_table_of_one_place_has_a_column_a_party():
    prepared = Prepared(RULE, Tally(dict.fromkeys(NAMES, 0)))
    by_table = prepared.apply({"C": [10], "A": [50], "B": [40]})
    assert by_table.seats.tolist() == prepared.apply([[50, 40, 10]]).seats.tolist()
    with pytest.raises(ApportionError, match="'D', which is no party"):
        prepared.apply({"D": [1], "A": [1], "B": [1], "C": [1]})


def test_other_columns_and_counts_are_refused():
    prepared = Prepared(RULE, Tally(dict.fromkeys(NAMES, 0)))
    with pytest.raises(ApportionError, match="there are 2 columns, but the law takes 3"):
        prepared.apply([[1, 2]])
    with pytest.raises(TypeError):
        Prepared(RULE)
    with pytest.raises(TypeError):
        Prepared(Election(RULE, Tally({"A": 1})), Tally({"A": 1}))
