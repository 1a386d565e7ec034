"""Texts that match a regular expression.

In: a pattern, a source of random numbers. Out: a text. What looks around is not looked at, so that some texts do not match. Not here:
lengths, and dialects of other languages.
"""

import re
import string

try:
    from re import _parser as parser
except ImportError:  # before Python 3.11
    import sre_parse as parser

# How often something is repeated that has no limit.
REPEATED = 8
ALL = string.ascii_letters + string.digits + " _-.:/é"
CATEGORIES = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_NOT_DIGIT": string.ascii_letters + "_-",
    "CATEGORY_WORD": string.ascii_letters + string.digits + "_",
    "CATEGORY_NOT_WORD": " -.:/",
    "CATEGORY_SPACE": " \t",
    "CATEGORY_NOT_SPACE": string.ascii_letters + string.digits + "_-",
}


def text(pattern, random, least=0):
    """A text that is as long as this where the pattern repeats something. Fails with `re.error` for a pattern that Python does not know."""
    return of_all(parser.parse(pattern), random, {"least": least})


def of_all(parts, random, groups):
    return "".join(of_one(str(name), given, random, groups) for name, given in parts)


def of_one(name, given, random, groups):
    if name == "LITERAL":
        return chr(given)
    if name == "NOT_LITERAL":
        return random.choice([c for c in ALL if ord(c) != given])
    if name == "ANY":
        return random.choice(ALL)
    if name == "IN":
        return random.choice(of_class(given))
    if name == "BRANCH":
        return of_all(random.choice(given[1]), random, groups)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = given
        wanted = max(least, groups["least"])
        count = random.randint(min(int(most), wanted), min(int(most), wanted + REPEATED))
        return "".join(of_all(inner, random, groups) for _ in range(count))
    if name == "SUBPATTERN":
        groups[given[0]] = of_all(given[-1], random, groups)
        return groups[given[0]]
    if name == "ATOMIC_GROUP":
        return of_all(given, random, groups)
    if name == "GROUPREF":
        return groups.get(given, "")
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return ""
    raise re.error(f"{name} is not known here")


def of_class(members):
    """The characters of `[..]`."""
    found = []
    for name, given in members:
        name = str(name)
        if name == "LITERAL":
            found.append(chr(given))
        elif name == "RANGE":
            first, last = given
            found += map(chr, range(first, min(last, first + 127) + 1))
        elif name == "CATEGORY":
            found += CATEGORIES[str(given)]
    if str(members[0][0]) == "NEGATE":
        return [c for c in ALL if c not in found] or ["\u3042"]
    return found
