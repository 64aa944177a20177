"""One allocation: methods, ties, and what is refused."""

import pickle

import apportion
import numpy as np
import pytest
from apportion import ApportionError, Method, TieError, allocate

CASES = [
    # Each was given wrong by a library tried; the README of the crate has the wrong answers.
    ([600_000, 400_000], 500, "huntington-hill", [300, 200]),
    ([5_000_000, 1_000_000], 3, "dhondt", [3, 0]),
    ([2**53, 2**53 + 1], 1, "dhondt", [0, 1]),
    ([10, 5, 3], 2, "adams", [1, 1, 0]),
    ([5_621_436, 518_405, 498_788], 98, "hare", [83, 8, 7]),
    ([2**64 - 1, 1], 2**63, "dhondt", [2**63, 0]),
]


@pytest.mark.parametrize(("votes", "seats", "method", "expected"), CASES)
def test_the_cases_that_others_get_wrong_are_right(votes, seats, method, expected):
    assert allocate(votes, seats, method).seats == expected


def test_a_tie_is_open_until_somebody_settles_it():
    answer = allocate([15, 15, 19, 11], 6, "hare")
    assert (answer.certain, answer.tied, answer.left) == ([1, 1, 2, 1], [0, 1], 1)
    with pytest.raises(TieError, match="1 seat is tied among parties 1, 2") as caught:
        _ = answer.seats
    assert (caught.value.parties, caught.value.left) == ([0, 1], 1)


def test_an_answer_without_a_tie_has_nobody_tied():
    answer = allocate([15, 4], 6, "hare")
    assert (answer.certain, answer.tied, answer.left) == (answer.seats, [], 0)
    assert answer == allocate([15, 4], 6, "hare") != allocate([4, 15], 6, "hare")


@pytest.mark.parametrize("votes", [(340, 280), np.array([340, 280]), np.array([340, 280], np.uint16), range(340, 341)])
def test_votes_are_any_sequence_of_whole_numbers(votes):
    assert sum(allocate(votes, 7, "dhondt").seats) == 7


def test_a_method_is_a_name_a_table_or_read_once():
    power = {"divisor": "power", "p": "9/10"}
    assert Method(power).allocate([10, 5], 3) == allocate([10, 5], 3, power) == allocate([10, 5], 3, Method(power))
    assert Method("dhondt") == Method({"divisor": "dhondt"}) != Method("hare")
    assert hash(Method("dhondt")) == hash(Method({"divisor": "dhondt"}))
    assert str(Method("hare")) == "Hare quota with largest remainders"
    assert repr(Method("hare")) == "Method({'quota': 'hare'})"
    assert pickle.loads(pickle.dumps(Method(power))) == Method(power)


@pytest.mark.parametrize(
    ("votes", "seats", "method", "kind", "text"),
    [
        ([1, -2], 3, "hare", ApportionError, r"votes\[1\] is -2, but must be a whole number from 0 to 2\^64 - 1"),
        ([1, 2**64], 3, "hare", ApportionError, r"votes\[1\] is 18446744073709551616"),
        ([1, 2.5], 3, "hare", TypeError, r"votes\[1\] is 2.5"),
        ([1, None], 3, "hare", TypeError, r"votes\[1\] is None"),
        (np.array([1.0, 2.0]), 3, "hare", TypeError, r"votes\[0\] is .*1.0"),
        ("12", 3, "hare", TypeError, r"votes\[0\] is '1'"),
        (12, 3, "hare", TypeError, "votes must be a sequence of whole numbers, not int"),
        ({3, 4}, 3, "hare", TypeError, "votes must be a sequence of whole numbers, not set"),
        ([1, 2], -3, "hare", ApportionError, "seats is -3"),
        ([1, 2], 3.0, "hare", TypeError, "seats is 3.0"),
        ([1, 2], 3, "imperiali", ApportionError, "may be a quota or a divisor"),
        ([1, 2], 3, "d'hondt", ApportionError, "\"d'hondt\" is none of hare"),
        ([1, 2], 3, {"divisor": "power"}, ApportionError, "power"),
        ([1, 2], 3, None, TypeError, "method must be a name, a dict or a Method, not NoneType"),
        ([], 3, "hare", ApportionError, "there are no parties"),
        ([0, 0], 3, "hare", ApportionError, "no admitted party has votes, but there are 3 seats"),
        ([600, 300, 100], 5, {"quota": "imperiali"}, ApportionError, "gives out 6 seats, but there are 5"),
    ],
)
def test_an_error_names_the_value_and_the_place(votes, seats, method, kind, text):
    with pytest.raises(kind, match=text):
        allocate(votes, seats, method)


def test_all_errors_of_inputs_are_value_errors():
    assert issubclass(ApportionError, ValueError) and issubclass(TieError, ApportionError)
    assert apportion.TieError.__module__ == "apportion"
