#!/usr/bin/env python3
"""Makes the corpora of the targets from the test data: a file for each document, and tables of their votes.

The targets of laws and matrices take bytes as they come and need none.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent / "tests" / "data"
# What is longer costs more time than it finds.
LONGEST = 6_000


def documents():
    """The documents of every file of the test data, in their order."""
    for name in ["elections", "districts", "cases", "tiers", "biproportional", "placing", "tiers-random"]:
        path = DATA / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            value = json.loads(line)
            yield value.get("document", value) if isinstance(value, dict) else value


def write(target, number, text):
    folder = HERE / "libfuzzer" / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number:05}").write_text(text, encoding="utf-8")


def main():
    written = {"json": 0, "toml": 0, "tables": 0}
    for number, document in enumerate(documents()):
        text = json.dumps(document, ensure_ascii=False)
        if len(text) <= LONGEST:
            write("json", number, text)
            written["json"] += 1
        parties = document.get("parties") if isinstance(document, dict) else None
        if parties and all("votes" in party for party in parties):
            rows = [f"{party['name']},{party['votes']}" for party in parties]
            write("tables", number, "\n".join(["party,votes", *rows]))
            written["tables"] += 1
    laws = sorted((HERE.parent / "laws").glob("*.toml")) + sorted((HERE.parent / "examples" / "elections").glob("*.toml"))
    for number, path in enumerate(laws):
        text = path.read_text(encoding="utf-8")
        if len(text) <= LONGEST:
            write("toml", number, text)
            written["toml"] += 1
    print(", ".join(f"{count} of {target}" for target, count in written.items()), file=sys.stderr)


main()
