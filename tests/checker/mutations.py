"""The checker against every election there is: it accepts each answer, and refuses it once any one figure is changed.

    python3 tests/checker/mutations.py target/debug/apportion tests/data/*.jsonl [--each 4] [--seed 1]

Of every election, one seat of the answer, one vote of the document and `--each` figures of the certificate are changed,
each by itself, chosen by the seed; `--each 0` changes all of them in turn. Where one contest gives all seats, the last
one served is also moved to the first refused, in the answer and everywhere in the certificate at once.
"""

import argparse
import copy
import json
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "checker"))

import check  # noqa: E402
from contest import Claims, Entrant  # noqa: E402
from figures import method, ratio  # noqa: E402
from report import Refused, Unfollowed  # noqa: E402

RATIO = re.compile(r"-?\d+(/\d+)?")


def figures(value, path=()):
    """The paths of all figures: whole numbers, and ratios as text."""
    if isinstance(value, dict):
        # The law itself is words and parameters; it is compared as a whole.
        inner = ((key, one) for key, one in value.items() if key not in ("method", "step", "overhang", "by", "form"))
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        is_name = path[-1] in ("party", "place", "at", "name", "tier")
        if is_whole or (isinstance(value, str) and not is_name and RATIO.fullmatch(value)):
            yield path
        return
    for key, one in inner:
        yield from figures(one, (*path, key))


def changed(value, path):
    """A copy in which the figure at this path is another, one more than it was."""
    if not path and isinstance(value, int):
        return value + 1
    if not path:
        return re.sub(r"\d+", lambda digits: str(int(digits[0]) + 1), value, count=1)
    copied = copy.copy(value)
    copied[path[0]] = changed(value[path[0]], path[1:])
    return copied


def seats(answer):
    """The paths of all seats of an answer outside its certificate."""
    plain = {key: value for key, value in answer.items() if key != "certificate"}
    return [path for path in figures(plain) if path[-1] in ("seats", "filled", "vacant")]


def votes(document):
    """The paths of all votes and other ballots of a document."""
    beside = ("blank", "invalid", "against_all", "other", "cast", "registered", "count", "population")
    return [path for path in figures(document) if path[-1] == "votes" and "rule" not in path or path[-1] in beside]


def judge(document, answer):
    """What the checker says: nothing, or the text of its refusal."""
    try:
        check.check(document, answer)
    except Refused as refused:
        return str(refused)
    return None


def attack(document, answer, each, rng, counts):
    """Changes figures one by one; those that were not noticed."""
    def some(paths, number):
        paths = list(paths)
        return paths if each == 0 or len(paths) <= number else rng.sample(paths, number)

    for kind, paths, change in (
        ("seats of answers", some(seats(answer), 1), lambda path: (document, changed(answer, path))),
        ("votes of documents", some(votes(document), 1), lambda path: (changed(document, path), answer)),
        ("figures of certificates", some(figures(answer["certificate"]), each),
         lambda path: (document, changed(answer, ("certificate", *path)))),
    ):  # fmt: skip
        for path in paths:
            refusal = judge(*change(path))
            counts[f"{kind} changed"] += 1
            if refusal is None:
                yield f"{kind}: {'.'.join(map(str, path))} was changed and nobody noticed"


def forged(answer):
    """The answer with the last seat served given to the first refused everywhere; None where that takes more."""
    answer = copy.deepcopy(answer)
    course = answer["certificate"]["course"]
    contests = [record for record in course["records"] if record["kind"] == "contest"]
    others = {record["kind"] for record in course["records"]} - {"admission", "contest"}
    weighed = any("weight" in party for record in course["records"] for party in record.get("parties", []))
    if len(contests) != 1 or len(course["bookings"]) != 1 or "districts" in answer or others or weighed:
        return None
    [contest], [booking] = contests, course["bookings"]
    if "stages" in contest:
        return None
    if not {"last_served", "first_refused"} <= set(contest):
        return None
    giver, taker = (contest[key]["parties"] for key in ("last_served", "first_refused"))
    equal = giver == taker or {"tie", "settled"} & set(contest)
    if equal or len(giver + taker) > 2 or isinstance(contest["seats"], str):
        return None
    rows = [(party["name"], party) for party in answer["parties"]]
    rows += [(entry["parties"][0], entry) for entry in contest["entries"]]
    for [name], more in ((giver, -1), (taker, 1)):
        for row in (row for known, row in rows if known == name):
            row["seats"] += more
        booking["seats"][name] = booking["seats"].get(name, 0) + more
    booking["seats"] = {name: seats for name, seats in booking["seats"].items() if seats}
    columns = (("votes", 0), ("counted", None), ("held", 0), ("minimum", 0), ("maximum", None), ("seats", 0))
    entrants = [Entrant(one["parties"], *(one.get(key, none) for key, none in columns)) for one in contest["entries"]]
    for entrant in entrants:
        entrant.counted = ratio(entrant.votes if entrant.counted is None else entrant.counted)
    base = sum(entrant.counted for entrant in entrants)
    try:
        claims = Claims("forged", method(contest["method"]), entrants, contest["seats"], base)
    except Refused:
        # Whole quotas tell already.
        return None
    contest["last_served"] = claims.written(claims.last, entrants)
    contest["first_refused"] = claims.written(claims.first, entrants)
    return answer


def answered(program, file):
    """The documents of a file, each with the answer of the command."""
    documents = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = [document.get("document", document) for document in documents]
    text = "".join(json.dumps(document) + "\n" for document in documents)
    command = [program, "allocate", "--jsonl", "-", "--certificate"]
    # Status 2 says that some lines have no answer, which stand there as errors.
    ran = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return zip(documents, map(json.loads, ran.stdout.splitlines()), strict=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, counts, wrong = random.Random(options.seed), Counter(), []
    for file in options.files:
        for line, (document, answer) in enumerate(answered(options.program, file), 1):
            where = f"{file}:{line}"
            if "error" in answer:
                counts["elections without an answer"] += 1
                continue
            try:
                refusal = judge(document, answer)
            except Unfollowed as why:
                counts[f"elections not checked: {why}"] += 1
                continue
            counts["elections accepted" if refusal is None else "elections refused"] += 1
            wrong += [f"{where}: {refusal}"] if refusal else []
            false = forged(answer)
            if false is not None:
                refusal = judge(document, false)
                counts["answers with one seat moved everywhere at once"] += 1
                # By what the claims are, or by what they would be of the quota that the law has.
                by_claims = refusal and ("claim" in refusal or "last_served" in refusal)
                wrong += [] if by_claims else [f"{where}: a forged answer: {refusal}"]
            wrong += [f"{where}: {text}" for text in attack(document, answer, options.each, rng, counts)]
    for what, count in sorted(counts.items()):
        print(f"{count:>7} {what}")
    print("\n".join(wrong[:100]))
    print(f"{len(wrong)} wrong" if wrong else "what is right is accepted, what is changed refused")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
