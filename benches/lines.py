#!/usr/bin/env python3
"""How many documents a second `apportion allocate --jsonl` answers on one core, and how much memory gigabytes of them take.

    cargo build --release -p apportion-cli
    benches/lines.py                  # documents of three kinds, each in one call
    benches/lines.py --gigabytes 2    # as many bytes of real elections through one call
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = [ROOT / "target" / "release" / "apportion", "allocate", "--jsonl", "-"]
KAZAKHSTAN = {
    "seats": 98,
    "rule": {"method": "hare", "threshold": "7%"},
    "parties": [
        {"name": name, "votes": votes}
        for name, votes in (
            ("Nur Otan", 5_621_436), ("Ak Zhol", 518_405), ("CPPK", 498_788), ("OSDP", 116_534), ("Auyl", 82_623),
            ("Party of Patriots", 57_732), ("Adilet", 45_702),
        )
    ],
}  # fmt: skip


def data(name):
    """The documents of a file of the tests."""
    lines = (ROOT / "tests" / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row.get("document", row) for row in rows]


def written(documents):
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents).encode()


def rate(name, documents, times):
    """Prints the documents a second of processor time, the best of three runs."""
    text, best = written(documents) * times, float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        # Status 2 says that some documents have no answer, as some cases should.
        subprocess.run(COMMAND, input=text, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        best = min(best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    count = len(documents) * times
    print(f"{name}: {count:,} documents, {count / best:,.0f} a second")


def memory(gigabytes):
    """Prints the most memory of a call, early and at the end."""
    block = written(one for one in data("elections.jsonl") if "districts" not in one)
    peaks, sent = [], 0
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as call:
        last = time.monotonic()
        while sent < gigabytes * 10**9:
            call.stdin.write(block)
            sent += len(block)
            if time.monotonic() - last > 2:
                last = time.monotonic()
                status = pathlib.Path(f"/proc/{call.pid}/status").read_text(encoding="ascii")
                peaks += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
        call.stdin.close()
    print(f"{sent / 1e9:.2f} GB in one call: {peaks[0] / 1000:.1f} MB at first, {peaks[-1] / 1000:.1f} MB at the end")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, help="measure the memory of so many instead")
    options = parser.parse_args()
    if not COMMAND[0].exists():
        sys.exit("cargo build --release -p apportion-cli comes first")
    if options.gigabytes:
        return memory(options.gigabytes)
    rate("Kazakhstan 2012, seven parties", [KAZAKHSTAN], 30_000)
    rate("the cases of the tests", data("cases.jsonl"), 100)
    rate("real elections", [one for one in data("elections.jsonl") if "districts" not in one], 100)


main()
