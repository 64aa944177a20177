"""Checked by mypy and never run: what type-checked users write, and what their checker must refuse.

`warn_unused_ignores` of mypy's strict mode makes each `type: ignore` a test that the line beside it is an error.
"""

from typing import Literal, assert_type

import apportion
import numpy as np
from apportion import Allocation, Count, Election, Margin, Method, Outcome, PlaceOutcome, Rule, Tally, TierOutcome, Way

assert_type(apportion.allocate([3, 4], 5, "hare"), Allocation)
assert_type(apportion.allocate(np.array([3, 4]), 5, Method("hare")).seats, list[int])
apportion.allocate((3, 4), 5, {"divisor": "power", "p": "9/10"})
apportion.allocate(3, 5, "hare")  # type: ignore[arg-type]
apportion.allocate([3.5], 5, "hare")  # type: ignore[list-item]
apportion.allocate([3], 5, 7)  # type: ignore[arg-type]

outcome = Rule("hare", 98, threshold="7%").apply(Tally({"A": 3}))
assert_type(outcome, Outcome)
assert_type(outcome.seats, dict[str, int])
assert_type(outcome.verify().kind, Literal["correct", "tied", "wrong"])
assert_type(outcome.margins().closest(), Margin | None)
outcome.margins().closest().votes  # type: ignore[union-attr]
assert_type(outcome.margins().gain("A", ballots_in={"North": 2}, or_tie=True), Margin | None)
outcome.margins().gain("A", ballots_in=("North", "South"))  # type: ignore[arg-type]
assert_type(Election.from_toml("").outcome(), Outcome)
sum([Tally({"A": 1}), Tally({"A": 2})])

count = Count({"North": Tally({"A": 3})}, seats={"North": 2})
assert_type(Rule("hare").apply(count), Outcome)
assert_type(outcome.at("North"), PlaceOutcome)
assert_type(outcome.tiers, tuple[TierOutcome, ...])
assert_type(outcome.ways, tuple[Way, ...])
outcome.explain(3)  # type: ignore[arg-type]
Rule("hare").apply({"A": 3})  # type: ignore[arg-type]
