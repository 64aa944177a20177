"""Prints what the package costs beside the library and the peers: `python python/tests/measure.py`.

The best of some rounds, on one core. The library's own figures, on numbers like these, are measured by
`cargo run --release -p apportion-python --example floor`, which this runs.
"""

import itertools
import subprocess
import time
from importlib import import_module
from pathlib import Path

import apportion
import apportionment.methods
import numpy as np
import votelib.evaluate.proportional as votelib

PARTIES, SEATS, ROWS = 8, 630, 1_000_000


def best(work, calls=1, rounds=9):
    """Microseconds of processor time of one call: the best of some rounds, as what else the machine does only adds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work(calls)
        taken.append((time.process_time() - start) / calls)
    return min(taken) * 1e6


def line(what, taken, beside):
    print(f"{what:44}{taken:12.3f} µs{taken - beside:+14.3f} µs{taken / beside:10.2f}x")


def floor():
    """Microseconds of the library's own `allocate`, and of a row of `allocate_rows`."""
    command = ["cargo", "run", "--release", "--quiet", "-p", "apportion-python", "--example", "floor"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    return [float(nanoseconds) / 1e3 for nanoseconds in done.stdout.split()]


def one(library):
    chance = np.random.default_rng(1)
    inputs = [chance.integers(1, 10**7, PARTIES).tolist() for _ in range(64)]

    def each(answer, calls, rounds=9):
        def work(calls):
            for votes in itertools.islice(itertools.cycle(inputs), calls):
                answer(votes)

        return best(work, calls, rounds)

    nothing = each(lambda votes: None, 5_000, 60)

    def asked(answer):
        return each(answer, 5_000, 60) - nothing

    print(f"D'Hondt, {PARTIES} parties, {SEATS} seats, one election a call, without the loop, beside Rust's allocate")
    dhondt = apportion.Method("dhondt")
    named = asked(lambda votes: apportion.allocate(votes, SEATS, "dhondt"))
    line("Rust", library, library)
    line("allocate(votes, 630, 'dhondt')", named, library)
    seats = asked(lambda votes: apportion.allocate(votes, SEATS, "dhondt").seats)
    line("allocate(votes, 630, 'dhondt').seats", seats, library)
    line("Method('dhondt').allocate(votes, 630)", asked(lambda votes: dhondt.allocate(votes, SEATS)), library)
    evaluator = votelib.HighestAverages("d_hondt")
    print("beside allocate(votes, 630, 'dhondt')")
    line("apportionment 1.0", each(lambda votes: apportionment.methods.compute("dhondt", votes, SEATS), 200), named)
    line("votelib 0.4.0", each(lambda votes: evaluator.evaluate(dict(enumerate(votes)), SEATS), 20, 3), named)


def many(library):
    print(f"\nThe same in {ROWS:,} elections a call, time per election, beside Rust's allocate_rows")
    votes = np.random.default_rng(2).integers(1, 10**7, (ROWS, PARTIES))
    unsigned, labels = votes.astype(np.uint64), np.repeat(np.arange(ROWS), PARTIES)

    def rows(given):
        return best(lambda _: apportion.allocate_rows(given, SEATS, "dhondt")) / ROWS

    line("Rust", library, library)
    line("allocate_rows, uint64", rows(unsigned), library)
    line("allocate_rows, int64", rows(votes), library)
    groups = best(lambda _: apportion.allocate_groups(votes.ravel(), labels, SEATS, "dhondt")) / ROWS
    line("allocate_groups, with labels", groups, library)
    columns = {f"P{at}": votes[:, at] for at in range(PARTIES)}
    for frames in ("pandas", "polars"):
        line(f"allocate_rows, a frame of {frames}", rows(import_module(frames).DataFrame(columns)), library)


def law():
    names = zip("ABCD", [5_621_436, 518_405, 498_788, 116_534], strict=True)
    parties = [{"name": name, "votes": votes} for name, votes in names]
    rule = {"method": "hare", "threshold": "7%", "admit_at_least": 2}
    document = {"seats": 98, "rule": rule, "parties": parties}

    def work(calls):
        for _ in range(calls):
            apportion.Election.from_dict(document).outcome()

    print(f"\nA document of four parties with 7%, read and answered: {best(work, 2_000):.1f} µs")


if __name__ == "__main__":
    allocate, allocate_rows = floor()
    one(allocate)
    many(allocate_rows)
    law()
