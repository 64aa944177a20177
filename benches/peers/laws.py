"""Whole laws by votelib and interregnum beside this library, on elections that were held, and where their answers are wrong.

    python -m venv .venv && .venv/bin/pip install -r benches/peers/requirements.txt ./python
    .venv/bin/python benches/peers/laws.py

Each is timed from counted votes to seats, the reading of its documents left out: the median of at least three calls.
`apportion` is the Python package, by documents (`Election`) and prepared (`Prepared`, one of a thousand rows); where it is
not installed, only the others are timed. What is right is the official result in `tests/data`.
"""

import json
import statistics
import time
from fractions import Fraction
from pathlib import Path

import interregnum
import votelib.evaluate.core as core
import votelib.evaluate.proportional as proportional
import votelib.evaluate.threshold as threshold
import yaml
from interregnum.district import unserialize_node

try:
    import apportion
    import numpy as np
except ImportError:
    apportion = None

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = Path(interregnum.__file__).parent / "tests" / "examples"
DATA = {
    document["id"]: document
    for name in ["districts.jsonl", "elections.jsonl", "tiers.jsonl"]
    for document in map(json.loads, (ROOT / "tests/data" / name).read_text().splitlines())
}


def seconds(call, at_least=3):
    """The median of some calls, and what the last gave."""
    times = []
    while len(times) < at_least or (sum(times) < 0.3 and len(times) < 200):
        start = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def votes_of(place):
    if "votes" in place:
        return dict(place["votes"])
    return {party["name"]: party.get("votes", 0) for party in place["parties"]}


def recorded(place):
    """Seats on record, of those who won some."""
    if isinstance(place.get("seats"), dict):
        return {name: seats for name, seats in place["seats"].items() if seats}
    return {party["name"]: party["seats"] for party in place.get("parties", []) if party.get("seats")}


def by_votelib(document):
    """The law of a document as votelib composes it, ready to be called; none where it has no such parts."""
    rule = document.get("rule") or {}
    if document.get("tiers") or "admit_at_least" in rule and rule["admit_at_least"] != 2:
        return None
    method = rule["method"]
    if method == {"divisor": "dhondt"}:
        evaluator = proportional.HighestAverages("d_hondt")
    elif method == {"quota": "hare"}:
        evaluator = proportional.LargestRemainder("hare")
    else:
        return None
    share = Fraction(rule["threshold"]["share"].rstrip("%")) / 100
    law = core.Conditioned(threshold.RelativeThreshold(share), evaluator)
    if "districts" not in document:
        votes, seats = votes_of(document), document["seats"]
        return lambda: law.evaluate(votes, seats)
    votes = {place["name"]: votes_of(place) for place in document["districts"]}
    seats = {place["name"]: place["seats"] for place in document["districts"]}
    everywhere = core.ByConstituency(law)
    return lambda: everywhere.evaluate(votes, seats)


def by_interregnum(path):
    """An election of interregnum's own, read anew for each call, and what it gave by district; its time is that of the law."""
    file = EXAMPLES / path
    document = yaml.load(file.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    times = []
    for _ in range(3):
        node = unserialize_node(document, cwd=file.parent)
        start = time.perf_counter()
        node.build()()
        times.append(time.perf_counter() - start)

    def at(name):
        district = node.find_district(name)
        if district is None or district.result is None:
            return None
        return {entry.name.name: entry.seats for entry in district.result.allocation if entry.seats}

    return statistics.median(times), at


def by_apportion(document):
    """Seconds by document and prepared."""
    if apportion is None:
        return None, None
    once, _ = seconds(lambda: apportion.Election.from_dict(document).outcome)
    prepared = apportion.Prepared(apportion.Election.from_dict(document))
    places = document.get("districts") or [document]
    row = [votes for place in places for votes in votes_of(place).values()]
    rows = np.array([row] * 1_000, dtype=np.uint64)
    all_rows, _ = seconds(lambda: prepared.apply(rows))
    return once, all_rows / len(rows)


def shown(value):
    if value is None:
        return ""
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def verdict(document, seats_at):
    """Whether the seats on record came out: in each district, or of the one place."""
    places = document.get("districts") or [document]
    asked = [(place, seats_at(place["name"])) for place in places]
    known = [(place, seats) for place, seats in asked if seats is not None and recorded(place)]
    wrong = [place["name"] for place, seats in known if seats != recorded(place)]
    if not known:
        return "not compared"
    return f"right in {len(known) - len(wrong)} of {len(known)} places"


CASES = [
    ("Kazakhstan 2012", "kz-majilis-2012", None),
    ("Spain 2016, 52 provinces", "es-congreso-2016", "es/generales/es_generales_diputados_2016.yaml"),
    ("Norway 2021", "no-storting-2021", "no/no_stortingsvalg_2021.yaml"),
    ("Bundestag 2025", "de-bundestag-2025", "de/de_bundestag_2025.yaml"),
    ("Denmark 2015", "dk-folketing-2015", "dk/dk_folketing_2015.yaml"),
]


def main():
    print("| election | apportion, a document | prepared, a row | votelib 0.4.0 | interregnum 0.4.1 |")
    print("| --- | --- | --- | --- | --- |")
    for name, key, path in CASES:
        document = DATA[key]
        once, prepared = by_apportion(document)
        cells = [shown(once), shown(prepared)]
        law = by_votelib(document)
        if law is None:
            cells.append("cannot say it")
        else:
            took, answer = seconds(law)
            at = (lambda place: dict(answer[place])) if "districts" in document else (lambda _: dict(answer))
            cells.append(f"{shown(took)}, {verdict(document, at)}")
        if path is None:
            cells.append("")
        else:
            took, at = by_interregnum(path)
            # Its districts hold the first tier alone: the others stand in nodes of their own, which its tests compare.
            cells.append(shown(took) if document.get("tiers") else f"{shown(took)}, {verdict(document, at)}")
        print(f"| {name} | {' | '.join(cells)} |")
    print()
    at_the_threshold()


def at_the_threshold():
    """A party exactly at 5%: votelib compares its votes with 0.05, and leaves it out."""
    law = core.Conditioned(threshold.RelativeThreshold(Fraction(5, 100)), proportional.HighestAverages("d_hondt"))
    seats = law.evaluate({"A": 95, "B": 5}, 20)
    print(f"5% of 100 votes, 20 seats by D'Hondt, A 95, B 5: votelib gives {seats}; B has its 5%, and one seat is right.")


if __name__ == "__main__":
    main()
