#!/usr/bin/env python3
"""Reads and writes values of every component with the emitted types, and prints which types keep them whole.

In: a folder of documents and names in it. Out: a table, and the components that are not whole with their reasons. Not here: the
network, CI.

The values follow the document's schemas as `dialect` translates them, and not what the generator makes of these. `samples` makes
them; those that the validator of the package `jsonschema-rs` refuses do not count. Formats are annotations, except for a schema that no
value follows otherwise.

A component is whole if each of its values is decoded, and what is encoded is the same JSON and valid: numbers are compared by value, the
order of keys does not count. A component whose requests have a type of their own must be whole in both. The type of a component that may
be null is an `Option` where it is used, so null counts in the components that use it. `strange` are the values of hypothesis, and `Other`
those in which a union keeps a part that matches none of its variants; they are whole all the same.

For each union, also of a part of a schema, values are made for each alternative. `variants` are those of the crate's enums, and `unread`
those that none of these values is read as. `tagged` are variants that one value of the tag selects and that have a constructor, and
`untagged` those whose `new()` does not set it: it gets the fields of a value that has another tag.

    pip install jsonschema-rs pyyaml hypothesis==6.112.5 hypothesis-jsonschema==0.23.1
    python3 tests/judges/components.py DIR redocly-museum qdrant
    python3 tests/judges/components.py DIR             # all documents; large ones take minutes to compile
"""

import argparse
import collections
import dataclasses
import json
import math
import os
import pathlib
import random
import re
import select
import subprocess
import sys
import time

import jsonschema_rs

import dialect
import samples

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A reply that takes longer than this is a hang.
PATIENCE = 60
# The time for the values of a schema, in seconds.
MAKING = 20
# The time of hypothesis for one schema, in seconds, and how many values it gives.
STRANGE_SECONDS, STRANGE_COUNT = 2, 8
# How often values are made for a union, until each of its variants is read.
ROUNDS = 4
# The calls that may be spent to make a value smaller.
SMALLER = 2000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("names", nargs="*", help="documents whose names begin so [default: all of the folder]")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "target/judges", help="the folder of the crates")
    parser.add_argument("--samples", type=int, default=12, help="values for a component; one with a union has more")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hypothesis", type=float, default=30, metavar="SECONDS", help="the time of hypothesis for a document")
    parser.add_argument("--only", help="judge the components whose keys match this pattern")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write every component that is not whole, as lines of JSON")
    return parser.parse_args()


def names_in(folder):
    index = folder / "index.csv"
    if index.exists():
        return [line.split(",")[1].split("/")[0] for line in index.read_text().splitlines()[1:]]
    return sorted(path.name for path in folder.iterdir())


# The crate


def emit(options, name):
    """Generates and compiles the crate of a document; the description of its program, and the program."""
    crate = options.out / "judged"
    options.out.mkdir(parents=True, exist_ok=True)
    command = ["cargo", "run", "-q", "-p", "tests", "--example", "components", "--", str(options.folder), name, "--out", str(crate)]
    described = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if described.returncode:
        raise RuntimeError(described.stderr.strip())
    (options.out / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ["judged"]\n\n[profile.dev]\ndebug = false\nincremental = false\n')
    (options.out / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    command = ["cargo", "build", "-q", "--offline", "--example", "components", "--target-dir", str(options.out / "target")]
    built = subprocess.run(command, cwd=options.out, capture_output=True, text=True)
    if built.returncode:
        raise RuntimeError(built.stderr.strip())
    return json.loads(described.stdout), options.out / "target/debug/examples/components"


class Program:
    """The program that reads and writes values. It starts again after a crash."""

    def __init__(self, path):
        self.path, self.process = path, None

    def call(self, number, text):
        if self.process is None:
            self.process = subprocess.Popen([self.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            self.process.stdin.write(f"{number} {text}\n".encode())
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
            line = self.process.stdout.readline() if ready else b""
        except BrokenPipeError:
            line = b""
        if line:
            return json.loads(line)
        self.stop()
        return {"error": "a hang" if self.process is None else "a crash"}

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None


# What is right


def differs(one, other, at=""):
    """The pointer of the first difference, and what it is; `None` if both are the same JSON."""
    if is_number(one) and is_number(other):
        return None if one == other else (at, f"a number is another: {shown(one)}, {shown(other)}")
    if type(one) is not type(other):
        return at, f"{kind(one)} became {kind(other)}"
    if isinstance(one, dict):
        return differing_members(one, other, at)
    if isinstance(one, list):
        if len(one) != len(other):
            return at, "an array has another length"
        pairs = (differs(a, b, f"{at}/{index}") for index, (a, b) in enumerate(zip(one, other)))
        return next((found for found in pairs if found), None)
    return None if one == other else (at, f"{kind(one)} is another: {shown(one)}, {shown(other)}")


def differing_members(one, other, at):
    for key, value in one.items():
        where = f"{at}/{dialect.escaped(key)}"
        if key not in other:
            return where, f"a property is lost: {kind(value)}"
        found = differs(value, other[key], where)
        if found:
            return found
    added = next((key for key in other if key not in one), None)
    return None if added is None else (f"{at}/{dialect.escaped(added)}", f"a property is added: {kind(other[added])}")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def kind(value):
    for name, types in (("null", type(None)), ("a boolean", bool), ("a number", (int, float)), ("a string", str), ("an array", list)):
        if isinstance(value, types):
            return name
    return "an object"


def shown(value, most=200):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else text[:most] + "…"


@dataclasses.dataclass
class Fault:
    """Why a value is not whole."""

    what: str
    at: str = ""

    def kind(self):
        """The words without values, so that equal causes are counted together."""
        words = re.sub(r" at line \d+ column \d+", "", self.what)
        words = re.sub(r"`[^`]*`|\"(?:[^\"\\]|\\.)*\"", "..", words)
        return re.sub(r": (?!a |an |null).*$", "", words) if words.startswith(("a number", "a string", "invalid:")) else re.sub(r"-?\d[\d.e+-]*", "N", words)


class Judge:
    """One schema, and the types that it has."""

    def __init__(self, program, numbers, validator):
        self.program, self.numbers, self.validator = program, numbers, validator

    def fault(self, value):
        """Why a value is not whole, and whether a union keeps a part of it as it is."""
        text, is_other = json.dumps(value, ensure_ascii=False), False
        for number in self.numbers:
            answer = self.program.call(number, text)
            if "error" in answer:
                return Fault(f"decode: {answer['error']}"), False
            is_other |= answer["other"]
            found = differs(value, answer["encoded"])
            if found:
                return Fault(found[1], found[0]), False
            if not self.validator.is_valid(answer["encoded"]):
                return Fault(f"invalid: {next(self.validator.iter_errors(answer['encoded'])).message}"), False
        return None, is_other

    def smaller(self, value, fault):
        """A smaller valid value with a fault of the same kind."""
        wanted, left = fault.kind(), SMALLER
        again = True
        while again:
            again = False
            for candidate in reductions(value):
                left -= 1
                if left < 0:
                    return value
                if not self.validator.is_valid(candidate):
                    continue
                found, _ = self.fault(candidate)
                if found and found.kind() == wanted:
                    value, again = candidate, True
                    break
        return value


def reductions(value):
    """The value with one part less, or with a part that is reduced."""
    if isinstance(value, dict):
        for key in value:
            yield {name: one for name, one in value.items() if name != key}
        for key in value:
            yield from ({**value, key: one} for one in reductions(value[key]))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
        for index in range(len(value)):
            yield from ([*value[:index], one, *value[index + 1 :]] for one in reductions(value[index]))
    elif isinstance(value, str) and len(value) > 1:
        yield value[: len(value) // 2]


# A document


COUNTS = "components sampled whole values other strange variants tagged".split()


@dataclasses.dataclass
class Outcome:
    components: int = 0
    sampled: int = 0
    whole: int = 0
    values: int = 0
    other: int = 0
    strange: int = 0
    # Components by the reason, and a component with its smallest value for each.
    broken: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(list))
    examples: dict = dataclasses.field(default_factory=dict)
    unsampled: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(list))
    variants: int = 0
    tagged: int = 0
    # Variants as `Union::Variant`, by where their unions are.
    unread: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(list))
    untagged: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(list))

    def add(self, other):
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("broken", "unsampled", "unread", "untagged"):
            for reason, keys in getattr(other, name).items():
                getattr(self, name)[reason].extend(keys)
        self.examples = {**other.examples, **self.examples}


def prepared(translated, name, formats=False):
    """The definitions that a component needs, and its validator. `formats` tells whether a format makes a value invalid."""
    needed = translated.closed(name)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": f"#/$defs/{name}", "$defs": needed}
    try:
        return needed, jsonschema_rs.Draft202012Validator(schema, validate_formats=formats)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise dialect.Unsupported(f"the validator refuses the schema: {str(error).splitlines()[0]}") from error


def made(needed, name, validator, count, seed):
    """Valid values of a component, and how many were refused or given up."""
    maker = samples.Maker(needed, seed)
    count = max(count, min(3 * maker.alternatives(name), 5 * count))
    found, refused, end = {}, 0, time.monotonic() + MAKING
    for turn in range(3 * count):
        if len(found) >= count or time.monotonic() > end:
            break
        value = maker.sample(name, turn)
        if value is None:
            continue
        if validator.is_valid(value[0]):
            found.setdefault(json.dumps(value[0], ensure_ascii=False), value[0])
        else:
            refused += 1
            last = next(validator.iter_errors(value[0])).message
    if found:
        return list(found.values()), ""
    reason = re.sub(r"^.*? (is not valid|is valid under|does not match|is not one of|is not of)", r"\1", last)[:80] if refused else "no value is found"
    return [], f"{refused} values are refused: {reason}" if refused else reason


def judge(options, name):
    begin = time.monotonic()
    described, path = emit(options, name)
    compiled = time.monotonic() - begin
    numbers = collections.defaultdict(list)
    numbers.update(described["components"])
    translated = dialect.Dialect(described["path"])
    outcome, program = Outcome(), Program(path)
    strange = options.hypothesis
    keys = list(translated.components().items())
    random.Random(options.seed).shuffle(keys)
    for key, definition in keys:
        if options.only and not re.search(options.only, key):
            continue
        outcome.components += 1
        try:
            needed, validator = prepared(translated, definition)
        except dialect.Unsupported as fault:
            outcome.unsampled[str(fault)].append(key)
            continue
        values, reason = made(needed, definition, validator, options.samples, f"{options.seed} {key}")
        if not values:
            # Some alternatives differ by their formats only.
            _, validator = prepared(translated, definition, formats=True)
            values, _ = made(needed, definition, validator, options.samples, f"{options.seed} {key}")
        if strange > 0:
            start = time.monotonic()
            more = samples.by_hypothesis(needed, definition, STRANGE_COUNT, options.seed, min(STRANGE_SECONDS, strange))
            more = [value for value in more if is_common(value) and validator.is_valid(value)]
            outcome.strange += len(more)
            values += more
            strange -= time.monotonic() - start
        values = [value for value in values if value is not None] or values
        if not values or not numbers[key]:
            outcome.unsampled[reason if not values else "the crate has no type for it"].append(key)
            continue
        one(outcome, Judge(program, numbers[key], validator), key, values)
    for union in described["unions"]:
        if not options.only or re.search(options.only, union["at"]):
            variants(outcome, options, translated, described["root"], program, union)
    program.stop()
    report(options, described["name"], outcome, compiled, time.monotonic() - begin)
    return outcome


def is_common(value):
    """Whether JSON can say this, and parsers agree on it: integers of more than 64 bits are not interoperable (RFC 8259, 6)."""
    if isinstance(value, dict):
        return all(is_common(key) and is_common(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(is_common, value))
    if isinstance(value, int):
        return -(2**63) <= value < 2**64
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, str) or not any("\ud800" <= c <= "\udfff" for c in value)


def one(outcome, judge, key, values):
    outcome.sampled += 1
    outcome.values += len(values)
    faults = {}
    for value in values:
        fault, is_other = judge.fault(value)
        outcome.other += is_other
        if fault:
            faults.setdefault(fault.kind(), (fault, value))
    outcome.whole += not faults
    for reason, (fault, value) in faults.items():
        outcome.broken[reason].append(key)
        if reason not in outcome.examples:
            least = judge.smaller(value, fault)
            outcome.examples[reason] = (key, judge.fault(least)[0], least)


# Variants


def variants(outcome, options, translated, root, program, union):
    """Reads values of each alternative of a union, and counts the variants that none is read as, and constructors without a tag."""
    file, _, pointer = union["at"].partition("#")
    try:
        file = (pathlib.Path(root) / file).resolve() if file else translated.root
        if not is_schema(translated.find(file, pointer)):
            return
        definition = translated.name(file, pointer)
        needed, validator = prepared(translated, definition)
    except dialect.Unsupported as fault:
        outcome.unsampled[str(fault)].append(union["at"])
        return
    read, tags = set(), translated.definitions[definition].get("x-tags") or {}
    name = tags.get("property") or union["tag"]
    selected = collections.defaultdict(dict)
    count = max(options.samples, 4 * samples.Maker(needed, options.seed).alternatives(definition))
    for turn in range(ROUNDS):
        values, _ = made(needed, definition, validator, count, f"{options.seed} {turn} {union['at']}")
        for value in values:
            variant = program.call(union["number"], json.dumps(value, ensure_ascii=False)).get("variant")
            read.add(variant)
            if isinstance(value, dict) and isinstance(value.get(name), (str, int)):
                selected[variant][value[name]] = value
        if not values or not union["variants"].keys() - read:
            break
    if not read:
        outcome.unsampled["no value is found"].append(union["at"])
        return
    outcome.variants += len(union["variants"])
    outcome.unread[union["at"]] += [f"{union['name']}::{variant}" for variant in union["variants"] if variant not in read]
    for variant, number in union["variants"].items():
        values = selected[variant]
        # Several values for a variant are an argument of its constructor.
        if number is None or len(values) != 1 or any(next(iter(values)) in them and len(them) > 1 for them in tags.get("values", [])):
            continue
        outcome.tagged += 1
        ((tag, value),) = values.items()
        if remade(program, number, {**value, name: another(tag)}, value).get(name) != tag:
            outcome.untagged[union["at"]].append(f"{union['name']}::{variant}")


def is_schema(node):
    return isinstance(node, dict) and any(key in node for key in (*dialect.PLAIN, *dialect.ONE, *dialect.MANY, *dialect.NAMED, "$ref"))


def another(tag):
    return not tag if isinstance(tag, bool) else f"another {tag}" if isinstance(tag, str) else tag + 1


def remade(program, number, *values):
    """What `new()` makes of the first of these values that its type reads."""
    answers = (program.call(number, json.dumps(value, ensure_ascii=False)) for value in values)
    return next((answer["encoded"] for answer in answers if "encoded" in answer), {})


# The report


HEAD = f"{'document':<24}{'components':>11}{'sampled':>9}{'values':>9}{'strange':>9}{'Other':>7}{'whole':>8}{'not':>6}{'%':>8}{'no sample':>11}"
HEAD += f"{'variants':>10}{'unread':>8}{'tagged':>8}{'untagged':>10}"


def row(name, outcome):
    unsampled = sum(map(len, outcome.unsampled.values()))
    share = 100 * outcome.whole / max(outcome.sampled, 1)
    left = outcome.sampled - outcome.whole
    cells = f"{outcome.values:>9}{outcome.strange:>9}{outcome.other:>7}{outcome.whole:>8}{left:>6}{share:>8.2f}{unsampled:>11}"
    unread, untagged = (sum(map(len, found.values())) for found in (outcome.unread, outcome.untagged))
    cells += f"{outcome.variants:>10}{unread:>8}{outcome.tagged:>8}{untagged:>10}"
    return f"{name:<24}{outcome.components:>11}{outcome.sampled:>9}{cells}"


def report(options, name, outcome, compiled, seconds):
    print(f"{row(name, outcome)}   ({compiled:.0f} s to compile, {seconds - compiled:.0f} s to judge)", flush=True)
    if options.json:
        with options.json.open("a") as log:
            for reason, keys in outcome.broken.items():
                key, fault, value = outcome.examples[reason]
                log.write(json.dumps({"document": name, "reason": reason, "components": keys, "at": fault.at, "says": fault.what, "component": key, "value": value}) + "\n")
            for reason, keys in outcome.unsampled.items():
                log.write(json.dumps({"document": name, "no sample": reason, "components": keys}) + "\n")
            for kind in ("unread", "untagged"):
                for at, found in getattr(outcome, kind).items():
                    log.write(json.dumps({"document": name, kind: found, "at": at}) + "\n" if found else "")
            totals = {count: getattr(outcome, count) for count in COUNTS}
            totals |= {kind: sum(map(len, getattr(outcome, kind).values())) for kind in ("unread", "untagged")}
            log.write(json.dumps({"document": name, "totals": totals}) + "\n")


def reasons(outcome, most=10):
    for title, found in (("not whole", outcome.broken), ("no sample", outcome.unsampled)):
        for reason, keys in sorted(found.items(), key=lambda it: -len(it[1]))[:most]:
            print(f"  {title}: {len(keys)} components: {reason}\n      {', '.join(keys[:5])}")
            if reason in outcome.examples and title == "not whole":
                key, fault, value = outcome.examples[reason]
                print(f"      {key}{fault.at and ' at '}{fault.at}: {fault.what}\n      {shown(value, 500)}")
    for title, found in (("no value is read as", outcome.unread), ("new() sets no tag", outcome.untagged)):
        names = [name for names in found.values() for name in names]
        if names:
            print(f"  {title}: {len(names)} variants: {', '.join(names[:10])}")


def main():
    options = arguments()
    total = Outcome()
    if options.json:
        options.json.unlink(missing_ok=True)
    print(HEAD)
    for name in options.names or names_in(options.folder):
        try:
            outcome = judge(options, name)
        except RuntimeError as error:
            print(f"{name:<24} FAILED: {str(error)[-2000:]}", flush=True)
            continue
        reasons(outcome)
        total.add(outcome)
    print(HEAD)
    print(row("all", total))
    reasons(total)
    sys.exit(total.whole < 0.99 * total.sampled)


if __name__ == "__main__":
    os.environ.setdefault("CARGO_TERM_COLOR", "never")
    main()
