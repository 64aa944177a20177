"""Many elections at once: rows of an array, groups of a long table."""

import threading

import numpy as np
import pytest
from apportion import ApportionError, OpenTie, TieError, allocate, allocate_groups, allocate_rows
from hypothesis import given
from hypothesis import strategies as st

METHODS = ["hare", "droop", "dhondt", "sainte-lague", "huntington-hill", "adams", {"divisor": "power", "p": "9/10"}]
# Few and equal numbers, so that ties and zeros come; and giants.
VOTES = st.one_of(st.integers(0, 12), st.sampled_from([10**6, 2**53, 2**53 + 1, 2**62]))


def one_by_one(votes, seats, method):
    answers = [allocate(row, seats, method) for row in votes]
    ties = [OpenTie(at, answer.tied, answer.left) for at, answer in enumerate(answers) if answer.left]
    return [answer.certain for answer in answers], ties


def rows_of(parties):
    return st.lists(st.lists(VOTES, min_size=parties, max_size=parties), min_size=1)


@given(
    st.integers(1, 9).flatmap(rows_of),
    st.integers(0, 40),
    st.sampled_from(METHODS),
    st.booleans(),
)
def test_rows_are_answered_as_one_by_one(votes, seats, method, parallel):
    try:
        expected = one_by_one(votes, seats, method)
    except ApportionError:
        with pytest.raises(ApportionError, match=r"^row \d+: "):
            allocate_rows(np.array(votes), seats, method, parallel=parallel)
        return
    answer = allocate_rows(np.array(votes), seats, method, parallel=parallel)
    assert (answer.certain.tolist(), answer.ties) == expected


@given(
    st.lists(st.tuples(st.lists(VOTES, min_size=1, max_size=9), st.integers(0, 40)), min_size=1),
    st.sampled_from(METHODS),
)
def test_groups_are_answered_as_one_by_one(districts, method):
    labels = [f"D{at}" for at, (votes, _) in enumerate(districts) for _ in votes]
    column = [vote for votes, _ in districts for vote in votes]
    houses = {f"D{at}": seats for at, (_, seats) in enumerate(districts)}
    try:
        expected = [allocate(votes, seats, method) for votes, seats in districts]
    except ApportionError:
        with pytest.raises(ApportionError, match=r"^group 'D\d+': "):
            allocate_groups(column, labels, houses, method)
        return
    answer = allocate_groups(column, labels, houses, method)
    assert answer.certain.tolist() == [seat for one in expected for seat in one.certain]
    starts = np.cumsum([0] + [len(votes) for votes, _ in districts])
    open_ties = [(at, one) for at, one in enumerate(expected) if one.left]
    assert answer.ties == [OpenTie(f"D{at}", [starts[at] + row for row in one.tied], one.left) for at, one in open_ties]
    as_column = [houses[label] for label in labels]
    assert allocate_groups(column, labels, as_column, method).certain.tolist() == answer.certain.tolist()


def test_seats_say_no_while_a_row_is_tied():
    answer = allocate_rows(np.array([[2, 1], [5, 5]]), 3, "dhondt")
    assert answer.certain.tolist() == [[2, 1], [1, 1]]
    with pytest.raises(TieError, match=r"1 of the elections are tied, first 1: 1 left among \[0, 1\]") as caught:
        _ = answer.seats
    assert (caught.value.parties, caught.value.left) == ([0, 1], 1)


def test_an_array_in_any_order_and_of_any_whole_type_has_the_same_seats():
    votes = np.random.default_rng(7).integers(0, 100, (50, 6))
    expected = allocate_rows(votes, 10, "dhondt").certain.tolist()
    for other in [np.asfortranarray(votes), votes.astype(np.uint8), votes.astype(">i8"), np.repeat(votes, 2, 1)[:, ::2]]:
        assert allocate_rows(other, 10, "dhondt").certain.tolist() == expected
    assert allocate_rows(votes.tolist(), 10, "dhondt").certain.tolist() == expected


def test_lists_hold_any_64_bit_number():
    assert allocate_rows([[1, 2**63], [2**64 - 1, 5]], 3, "hare").seats.tolist() == [[0, 3], [3, 0]]
    assert allocate_groups([2**63 + 1, 2**63], ["a", "a"], 1, "dhondt").seats.tolist() == [1, 0]


def test_votes_are_not_changed_and_the_array_may_be_read_only():
    votes = np.array([[3, 1], [0, 9]])
    votes.flags.writeable = False
    assert allocate_rows(votes, 4, "sainte-lague").seats.tolist() == [[3, 1], [0, 4]]
    assert votes.tolist() == [[3, 1], [0, 9]]


@pytest.mark.parametrize(
    ("votes", "kind", "text"),
    [
        ([[1, 2], [3, -1]], ApportionError, r"votes\[1, 1\] is -1, but must not be negative"),
        (np.array([[1.0, 2.0]]), TypeError, "whole numbers, not float64, which may have been rounded"),
        (np.array([[1.0, float("nan")]]), TypeError, r"votes\[0, 1\] is nan"),
        ([[1, 2.5]], TypeError, r"votes\[0, 1\] is 2.5"),
        (np.array([[1, 2.5]]), TypeError, r"not float64: votes\[0, 1\] is 2.5"),
        ([[1, None]], TypeError, r"votes\[0, 1\] is None"),
        ([[1, 2**64]], ApportionError, r"votes\[0, 1\] is 18446744073709551616"),
        ([["1", "2"]], TypeError, "whole numbers, not <U1"),
        ([[True, False]], TypeError, "whole numbers, not bool"),
        ([1, 2], TypeError, r"must have 2 dimension\(s\), not 1"),
        ([[1, 2], [0, 0]], ApportionError, "row 1: no admitted party has votes"),
        (np.empty((3, 0), np.int64), ApportionError, "there are no parties"),
    ],
)
def test_an_error_names_the_value_and_the_cell(votes, kind, text):
    with pytest.raises(kind, match=text):
        allocate_rows(votes, 9, "dhondt")


def test_no_rows_have_no_seats():
    assert allocate_rows(np.empty((0, 3), np.int64), 9, "dhondt").seats.shape == (0, 3)
    assert allocate_groups([], [], 9, "dhondt").seats.tolist() == []


@pytest.mark.parametrize(
    ("votes", "groups", "seats", "text"),
    [
        ([1, 2, 3], ["a", "b", "a"], 2, "group 'a' comes back at row 2: sort the rows by group first"),
        ([1, 2], ["a", "b"], {"a": 1}, "there are no seats for group 'b'"),
        ([1, 2], ["a", "b"], {"a": 1, "b": 2, "c": 3}, "there are seats for group 'c', but no votes"),
        ([1, 2, 3], ["a", "b", "b"], [1, 2, 3], r"group 'b' has other seats in row 2 \(3\) than before"),
        ([1, 2], ["a", "b"], [1], "there are 2 votes, but 1 rows of seats"),
        ([1, 2], ["a"], 1, r"there are 2 votes, but groups of the shape \(1,\)"),
        ([1, 2], ["a", None], 1, r"groups\[1\] is None: a group has no label"),
        ([1, 2], [1.0, float("nan")], 1, r"groups\[1\] is nan: a group has no label"),
        ([1, -2], ["a", "b"], 1, r"votes\[1\] is -2"),
        ([1, 2], ["a", "b"], -1, r"seats\[0\] is -1"),
        ([1, 0], ["a", "b"], 1, "group 'b': no admitted party has votes, but there are 1 seats"),
    ],
)
def test_an_error_names_the_group(votes, groups, seats, text):
    with pytest.raises(ApportionError, match=text):
        allocate_groups(votes, groups, seats, "dhondt")


def test_other_threads_run_meanwhile():
    votes = np.random.default_rng(7).integers(1, 10**6, (400_000, 8))
    turns = 0
    stop = threading.Event()

    def count():
        nonlocal turns
        while not stop.wait(0.0005):
            turns += 1

    thread = threading.Thread(target=count)
    thread.start()
    try:
        before = turns
        allocate_rows(votes, 630, {"divisor": "power", "p": "9/10"})
        assert turns > before + 3
    finally:
        stop.set()
        thread.join()
