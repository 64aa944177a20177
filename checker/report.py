"""What a check comes to: refusals that name their place, and counts of what was checked and what was not."""

from collections import Counter


class Refused(Exception):
    """Certificate, answer, document and law do not agree; the text says where."""


class Unfollowed(Exception):
    """A provision of the law that this program does not follow; it says nothing about the answer then."""


class Asked(Exception):
    """The law has to know how a tie ends before it can go on: the choice, where that is known."""


def refuse(wrong, text):
    if wrong:
        raise Refused(text)


def unfollowed(is_there, what):
    if is_there:
        raise Unfollowed(what)


class Report:
    def __init__(self):
        self.checked, self.unchecked = Counter(), Counter()

    def lines(self):
        def counts(kinds):
            return [f"  {count:>8} {kind}" for kind, count in sorted(kinds.items())]

        never = ("words: the law, methods, reasons and warnings as texts", "looks, and seats on record",
                 "admitted and counted of the answer's parties (those of the certificate are)")  # fmt: skip
        never = [f"           {what}" for what in never]
        return ["checked:", *counts(self.checked), "not checked:", *never, *counts(self.unchecked)]


def same(where, found, right):
    """Refuses what is found where it is not what is right, and names the first place of a difference."""
    if isinstance(right, dict) and isinstance(found, dict):
        for key in [*right, *found]:
            if key not in found or key not in right:
                raise Refused(f"{where}: {key} {'is missing' if key in right else 'should not be there'}")
            same(f"{where}: {key}", found[key], right[key])
    elif isinstance(right, list) and isinstance(found, list) and len(right) == len(found):
        for at, (one, other) in enumerate(zip(found, right), 1):
            named = isinstance(other, dict) and (other.get("party") or other.get("place") or other.get("name"))
            same(f"{where}: {named or f'entry {at}'}", one, other)
    elif found != (str(right) if type(right) is int and abs(right) > 2**53 and isinstance(found, str) else right) or (
        type(found) is bool) != (type(right) is bool):  # fmt: skip
        raise Refused(f"{where} is {found!r}, not {right!r}")


def table(**fields):
    """The fields that say something; those of None, False and no entries are left out."""
    return {key: value for key, value in fields.items() if value is not None and value is not False and value != []}
