"""Beside votelib 0.4.0 and apportionment 1.0 on random inputs, their known errors listed.

Where they give seats, these must be ours or one way in which our open tie can go. Errors of apportionment, each with a test
below that fails once it is mended:

- A tie is settled by list order in silence.
- Votes are divided as 64-bit floats: 2^53 and 2^53 + 1 are taken for equal.
- Where remainders are tied at the cut, a party further down loses its seat to them, although its remainder is larger.
"""

import random

import apportionment.methods
import pytest
import votelib.evaluate.proportional as votelib
from apportion import allocate

VOTELIB = {
    "dhondt": votelib.HighestAverages("d_hondt"),
    "sainte-lague": votelib.HighestAverages("sainte_lague"),
    "hare": votelib.LargestRemainder("hare"),
}
APPORTIONMENT = {
    "dhondt": "dhondt",
    "sainte-lague": "saintelague",
    "hare": "hamilton",
    "huntington-hill": "huntington",
    "adams": "adams",
    "dean": "dean",
}


def random_votes(seed):
    """Small and equal numbers for ties, and big ones; none is zero, which peers read in ways of their own."""
    chance = random.Random(seed)
    most = chance.choice([6, 30, 1_000, 10**6, 10**9])
    votes = [chance.randint(1, most) for _ in range(chance.randint(2, 9))]
    return votes, chance.randint(len(votes), 60)


def allows(answer, seats):
    """Whether seats are ours, or one way in which our tie can go."""
    extra = [theirs - ours for theirs, ours in zip(seats, answer.certain, strict=True)]
    within = all(one in (0, 1) if at in answer.tied else one == 0 for at, one in enumerate(extra))
    return within and sum(extra) == answer.left


@pytest.mark.parametrize("method", APPORTIONMENT)
def test_apportionment_gives_these_seats_or_a_way_of_the_tie(method):
    ties = 0
    for seed in range(400):
        votes, seats = random_votes(seed)
        answer = allocate(votes, seats, method)
        ties += answer.left > 0
        if method == "hare" and answer.left > 0:
            continue  # a known error
        theirs = apportionment.methods.compute(APPORTIONMENT[method], votes, seats, fractions=True)
        assert allows(answer, [int(seat) for seat in theirs]), (votes, seats)
    assert ties > 5


@pytest.mark.parametrize("method", VOTELIB)
def test_votelib_gives_these_seats_or_the_same_tie(method):
    ties = 0
    for seed in range(400):
        votes, seats = random_votes(seed)
        answer = allocate(votes, seats, method)
        theirs = VOTELIB[method].evaluate(dict(enumerate(votes)), seats)
        # A tie of theirs stands among the parties as a key, with the seats it has.
        certain = [theirs.get(at, 0) for at in range(len(votes))]
        tied = [key for key in theirs if not isinstance(key, int)]
        assert certain == answer.certain, (votes, seats)
        assert [sorted(tie) for tie in tied] == ([answer.tied] if answer.left else []), (votes, seats)
        assert [theirs[tie] for tie in tied] == ([answer.left] if answer.left else [])
        ties += answer.left > 0
    assert ties > 5


def test_known_error_apportionment_settles_a_tie_in_silence():
    assert apportionment.methods.compute("dhondt", [10, 10], 3) == [2, 1]
    assert allocate([10, 10], 3, "dhondt").tied == [0, 1]


def test_known_error_apportionment_takes_near_votes_for_equal():
    assert apportionment.methods.compute("dhondt", [2**53, 2**53 + 1], 1) == [1, 0]
    assert allocate([2**53, 2**53 + 1], 1, "dhondt").seats == [0, 1]


def test_known_error_apportionment_takes_the_seat_of_a_larger_remainder():
    # Quotas of 4/3 votes: remainders 0.5, 0, 0, 0.5, 0.25 and 0.75, and the last one's seat is beyond doubt.
    votes = [6, 4, 4, 2, 3, 1]
    assert apportionment.methods.compute("hamilton", votes, 15, fractions=True) == [5, 3, 3, 2, 2, 0]
    answer = allocate(votes, 15, "hare")
    assert (answer.certain, answer.tied, answer.left) == ([4, 3, 3, 1, 2, 1], [0, 3], 1)
