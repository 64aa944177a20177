"""Each engine gives the seats that the library gives to sums made by hand."""

import csv
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import apportion
import pytest

HERE = Path(__file__).parent
ROWS = int(os.environ.get("ENGINE_ROWS", "100000"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stations")
    subprocess.run([sys.executable, HERE / "generate.py", str(ROWS), folder], check=True)
    return folder


@pytest.fixture(scope="session")
def by_hand(folder):
    """Votes, seats and open ties of each party, with nothing but a loop and `allocate`."""
    parquet = pytest.importorskip("pyarrow.parquet")
    votes = defaultdict(lambda: defaultdict(int))
    results = parquet.read_table(folder / "results").to_pydict()
    for district, party, count in zip(results["district"], results["party"], results["votes"], strict=True):
        votes[district][party] += count
    houses = parquet.read_table(folder / "houses").to_pydict()
    total = defaultdict(lambda: [0, 0, 0])
    left = 0
    for district, house in zip(houses["district"], houses["house"], strict=True):
        parties = sorted(votes[district])
        answer = apportion.allocate([votes[district][party] for party in parties], house, "dhondt")
        left += answer.left
        for at, party in enumerate(parties):
            total[party][0] += votes[district][party]
            total[party][1] += answer.certain[at]
            total[party][2] += at in answer.tied
    assert sum(seats for _, seats, _ in total.values()) + left == sum(houses["house"])
    return dict(total)


def totals(path):
    with open(path, newline="") as file:
        rows = csv.DictReader(file)
        return {row["party"]: [int(row[column]) for column in ("votes", "seats", "tied")] for row in rows}


@pytest.mark.parametrize("engine", ["duckdb", "polars", "datafusion"])
def test_an_engine_gives_the_seats_of_the_library(engine, folder, by_hand, tmp_path):
    pytest.importorskip(engine)
    out = tmp_path / "totals.csv"
    subprocess.run([sys.executable, HERE / f"{engine}_seats.py", folder, out], check=True)
    assert totals(out) == by_hand
