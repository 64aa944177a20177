"""Holds an answer and its certificate against the election document: `python3 checker election.json answer.json`.

Status 0 where all holds, 1 where something is refused, 2 for unusable input or a law with provisions that this program
does not follow. A document may be TOML; both may be a line of many (`.jsonl`) with its number: `answers.jsonl:3`.
"""

import json
import sys
import tomllib

import answer
import ways
from document import Document
from report import Refused, Report, Unfollowed, same, unfollowed


def read(name):
    """One document or answer."""
    name, _, line = name.partition(".jsonl:")
    with open(name + (".jsonl" if line else ""), encoding="utf-8") as file:
        text = file.read().splitlines()[int(line) - 1] if line else file.read()
    return tomllib.loads(text) if name.endswith(".toml") else json.loads(text)


def check(document, written):
    """Checks an answer against a document; what was checked, or one of this program's exceptions."""
    report = Report()
    if "certificate" not in written:
        raise Unfollowed("an answer without a certificate")
    try:
        against(Document(document), written, report)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as error:
        # A certificate with other keys, kinds of values or numbers of entries than its form has.
        raise Refused(f"a part has another form than it should: {type(error).__name__}: {error}") from error
    return report


def against(document, written, report):
    """Holds votes, courses and answer against one another."""
    certificate = written["certificate"]
    same("certificate: form", certificate.get("form"), 1)
    same("certificate: count", certificate["count"], document.votes_used())
    report.checked["votes used"] += sum(len(tally.votes) for tally in document.tallies.values())
    unfollowed(written.get("ways_complete") is False, "a law with more ways than were followed")
    if written.get("ways"):
        course = ways.check(document, written, certificate, report)
    else:
        course = answer.follow(document, certificate["course"], report)
        unfollowed(course.chosen and "alike" not in certificate, "a law that asks how a tie ends, without its ways")
        if "alike" in certificate:
            ways.alike(document, certificate, course, report)
    answer.seats_of(document, written, course, report)
    answer.tiers_of(document, written, course)
    answer.totals_of(written, course)
    answer.matrix_of(written, course)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        report = check(*(read(name) for name in arguments))
    except Refused as refused:
        print(f"refused: {refused}")
        return 1
    except (Unfollowed, OSError, ValueError) as error:
        print(f"error: not checked: {error}", file=sys.stderr)
        return 2
    print("\n".join(report.lines()))
    print("the answer holds")
    return 0
