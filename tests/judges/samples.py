"""Values that follow a schema, at random from a seed.

In: the definitions of `dialect`. Out: values, most of which the schema allows; a validator has the last word. Not here: what the
generator makes of a schema.

`Maker` takes each alternative of the outermost union in turn, and writes all properties, only those that are required, or some.
`by_hypothesis` asks the package `hypothesis-jsonschema`, whose values are stranger.
"""

import copy
import os
import random
import re
import signal
import string
import sys
import tempfile

# The cache of hypothesis is none of the project's files. It makes the folder when it is imported.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", os.path.join(tempfile.gettempdir(), "hypothesis"))

import hypothesis  # noqa: E402
import patterns  # noqa: E402
from hypothesis_jsonschema import from_schema  # noqa: E402

# Below this level, and after so many values, only what is required is written.
DEPTH, VALUES = 5, 150
# Below this level, and after so many values, the sample is given up.
ABYSS, TOO_MANY = 24, 3000

# Texts for a pattern.
FEW = 6

INTEGERS = {f"{sign}int{bits}": ((0, 2**bits - 1) if sign else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)) for sign in ("", "u") for bits in (8, 16, 32, 64)}
INTEGERS |= {"unixtime": (0, 4 * 10**9), "unix-time": (0, 4 * 10**9), "timestamp": (0, 4 * 10**9)}
FORMATS = {
    "date-time": ["2026-01-02T03:04:05Z", "1999-12-31T23:59:59.123456+01:00"],
    "date": ["2026-01-02", "0999-12-31"],
    "time": ["03:04:05Z", "23:59:59.5+05:30"],
    "duration": ["P3DT4H", "PT0.5S"],
    "uuid": ["123e4567-e89b-42d3-a456-426614174000"],
    "email": ["a@example.com"],
    "hostname": ["example.com"],
    "uri": ["https://example.com/a?b=c#d"],
    "url": ["https://example.com/a"],
    "uri-reference": ["/a/b"],
    "ipv4": ["192.0.2.1"],
    "ipv6": ["2001:db8::1"],
    "ip": ["192.0.2.1", "2001:db8::1"],
    "byte": ["YQ==", ""],
    "base64": ["YWI="],
    "decimal": ["12.50", "-0.001"],
    "regex": ["^a+$"],
    "json-pointer": ["/a/0"],
}
TEXTS = ["", "text", "a b", "ä€😀", "\\\"/\b\u2028", "null", "true", "12", "x" * 40]
KINDS = {"null": type(None), "boolean": bool, "object": dict, "array": list, "string": str}


class Deep(Exception):
    """A sample that does not end."""


def is_kind(value, kind):
    if kind in ("integer", "number"):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and (kind == "number" or value == int(value))
    return isinstance(value, KINDS[kind])


class Maker:
    def __init__(self, definitions, seed):
        self.definitions = definitions
        self.random = random.Random(seed)
        self.texts = {}

    def sample(self, name, turn):
        """The sample of this number. `None` in a tuple if it was given up."""
        self.turn, self.left, self.turns = turn, VALUES, turn // 3
        self.mode = ("all", "required", "some")[turn % 3]
        try:
            return (self.value([{"$ref": f"#/$defs/{name}"}], 0),)
        except (Deep, RecursionError):
            return None

    def alternatives(self, name):
        """The number of alternatives of the outermost union."""
        schema = self.definitions[name]
        for _ in range(20):
            if not isinstance(schema, dict):
                return 1
            many = schema.get("oneOf") or schema.get("anyOf") or schema.get("x-tags", {}).get("values")
            if many or "$ref" not in schema:
                return len(many or [1])
            schema = self.definitions[schema["$ref"].rsplit("/", 1)[-1]]
        return 1

    def value(self, schemas, depth):
        self.left -= 1
        if depth > ABYSS or self.left < VALUES - TOO_MANY:
            raise Deep
        flat = []
        self.flatten(schemas, flat, depth, 0)
        chosen = self.chosen(flat)
        if chosen is not None:
            return copy.deepcopy(chosen[0])
        kind = self.kind(flat)
        value = getattr(self, "of_" + kind)(flat, depth)
        # 1.0 is an integer, too.
        is_written_so = kind == "integer" and abs(value) < 2**53 and self.random.random() < 0.1
        return float(value) if is_written_so else value

    def is_late(self, depth):
        return depth > DEPTH or self.left < 0

    def flatten(self, schemas, flat, depth, links):
        """All that must hold at once, with one alternative of each union."""
        if links > 60:
            raise Deep
        for schema in schemas:
            if not isinstance(schema, dict):
                if schema is False:
                    raise Deep
                continue
            flat.append(schema)
            if "$ref" in schema:
                self.flatten([self.definitions[schema["$ref"].rsplit("/", 1)[-1]]], flat, depth, links + 1)
            self.flatten(schema.get("allOf", []), flat, depth, links + 1)
            union = next((key for key in ("oneOf", "anyOf") if schema.get(key)), None)
            if union:
                self.alternative(schema, union, flat, depth, links)
            elif "x-tags" in schema and schema["x-tags"]["values"]:
                self.subtype(schema["x-tags"], flat, depth, links)

    def alternative(self, schema, union, flat, depth, links):
        many = schema[union]
        order = list(range(len(many)))
        self.random.shuffle(order)
        if self.is_late(depth):
            order.sort(key=lambda index: weight(many[index]))
        elif (depth == 0 or depth == 1 and self.turns) and links < 40:
            first = self.turns % len(many)
            order.remove(first)
            order.insert(0, first)
            self.turns //= len(many)
        before, left = len(flat), self.left
        for index in order:
            try:
                self.flatten([many[index]], flat, depth, links + 1)
                if listed(flat) != []:
                    break
            except Deep:
                pass
            del flat[before:]
        else:
            raise Deep
        if "x-tags" in schema:
            tag(schema["x-tags"], index, flat)

    def subtype(self, tags, flat, depth, links):
        """A base is mostly one of its subtypes. One of them is chosen already if the value is a subtype."""
        known = {one.get("$ref") for one in flat}
        if any(one["$ref"] in known for one in tags["schemas"]) or self.random.random() < 0.3:
            return
        index = self.turns % len(tags["values"]) if depth <= 1 else self.random.randrange(len(tags["values"]))
        before = len(flat)
        try:
            self.flatten([tags["schemas"][index]], flat, depth, links + 1)
            tag(tags, index, flat)
        except Deep:
            del flat[before:]

    def chosen(self, flat):
        """One of the values that are listed."""
        values = listed(flat)
        if values is None:
            return None
        types = [types_of(schema) for schema in flat if "type" in schema]
        fits = [one for one in values if all(any(is_kind(one, kind) for kind in kinds) for kinds in types)]
        if not fits:
            raise Deep
        return (self.random.choice(fits),)

    def kind(self, flat):
        kinds = None
        for schema in flat:
            if "type" in schema:
                allowed = types_of(schema)
                if kinds is None:
                    kinds = allowed
                else:
                    integer = "integer" in kinds and "number" in allowed or "number" in kinds and "integer" in allowed
                    kinds = [kind for kind in kinds if kind in allowed] or (["integer"] if integer else [])
        if kinds is None:
            kinds = [implied(flat)]
        if not kinds:
            raise Deep
        if len(kinds) > 1 and "null" in kinds:
            return "null" if self.random.random() < 0.15 else self.random.choice([kind for kind in kinds if kind != "null"])
        return self.random.choice(kinds)

    def of_null(self, flat, depth):
        return None

    def of_boolean(self, flat, depth):
        return self.random.random() < 0.5

    def of_anything(self, flat, depth):
        leaf = self.random.choice([None, True, 7, -2.5, "text", [], {}])
        if depth > DEPTH or self.random.random() < 0.6:
            return leaf
        return self.random.choice([[leaf, "b"], {"any": leaf, "other key": [1]}])

    def bounds(self, flat, low, high, step):
        for schema in flat:
            low = max([low, *(schema[key] + more for key, more in (("minimum", 0), ("exclusiveMinimum", step)) if key in schema)])
            high = min([high, *(schema[key] - more for key, more in (("maximum", 0), ("exclusiveMaximum", step)) if key in schema)])
        return low, high

    def of_integer(self, flat, depth):
        low, high = -(2**63), 2**63 - 1
        for least, most in (INTEGERS[schema["format"]] for schema in flat if schema.get("format") in INTEGERS):
            low, high = max(low, least), min(high, most)
        low, high = self.bounds(flat, low, high, 1)
        low, high = -int(-low // 1), int(high)
        if low > high:
            raise Deep
        near = [one for one in (0, 1, 2, 7, 42, 1000, -1, low, high) if low <= one <= high]
        value = self.random.choice(near) if self.random.random() < 0.8 else self.random.randint(low, high)
        steps = [schema["multipleOf"] for schema in flat if "multipleOf" in schema]
        return value // int(steps[0]) * int(steps[0]) if steps and steps[0] >= 1 else value

    def of_number(self, flat, depth):
        low, high = self.bounds(flat, -1e15, 1e15, 0.125)
        if low > high:
            raise Deep
        exact = [0, 1, 0.5, -2.25, 100, 8.125, low, high]
        near = [one for one in [*exact, 0.1, 1e10, -3.3e-7, 12345.678] if low <= one <= high]
        if any(schema.get("format") == "float" for schema in flat):
            near = [one for one in exact if low <= one <= high and abs(one) < 2**20] or [(low + high) / 2]
        steps = [schema["multipleOf"] for schema in flat if "multipleOf" in schema]
        value = self.random.choice(near)
        return round(value / steps[0]) * steps[0] if steps else value

    def of_string(self, flat, depth):
        wanted = [schema["pattern"] for schema in flat if "pattern" in schema]
        formats = [schema["format"] for schema in flat if "format" in schema]
        least = max([0, *(schema.get("minLength", 0) for schema in flat)])
        most = min([10**6, *(schema["maxLength"] for schema in flat if "maxLength" in schema)])
        if wanted:
            return self.of_pattern(wanted[0], least, most)
        if formats and formats[0] in INTEGERS:
            return str(self.of_integer(flat, depth))
        known = [text for name in formats for text in FORMATS.get(name, [])]
        value = self.random.choice(known or TEXTS)
        if known and least <= len(value) <= most:
            return value
        return (value + self.random.choice(string.ascii_letters) * (least - len(value)))[:most]

    def of_pattern(self, pattern, least, most):
        """One of a few texts for each pattern: some patterns are about texts of a megabyte."""
        known = self.texts.setdefault((pattern, least, most), [])
        if len(known) < FEW:
            known.append(self.new_of_pattern(pattern, least, most))
            return known[-1]
        return self.random.choice(known)

    def new_of_pattern(self, pattern, least, most):
        value = ""
        for attempt in range(20):
            try:
                value = patterns.text(pattern.replace(r"\/", "/"), self.random, least if attempt >= 10 else 0)
            except re.error:
                raise Deep from None
            if least <= len(value) <= most:
                break
        if len(value) < least and not pattern.endswith("$"):
            value += "a" * (least - len(value))
        return value

    def of_array(self, flat, depth):
        least = max([0, *(schema.get("minItems", 0) for schema in flat)])
        most = min([10**6, *(schema["maxItems"] for schema in flat if "maxItems" in schema)])
        fixed = max((schema.get("prefixItems", []) for schema in flat), key=len)
        count = least if self.is_late(depth) or self.mode == "required" else max(least, min(most, self.random.choice([1, 1, 2, 3])))
        unique = any(schema.get("uniqueItems") for schema in flat)
        found = []
        for attempt in range(max(count, len(fixed)) * (4 if unique else 1)):
            if len(found) >= max(count, len(fixed)):
                break
            at = len(found)
            inner = [schema["prefixItems"][at] if at < len(schema.get("prefixItems", [])) else schema.get("items", True) for schema in flat]
            # Some of `contains` is enough.
            inner += [schema["contains"] for schema in flat if "contains" in schema and at == 0]
            try:
                value = self.value_or_anything(inner, depth + 1)
            except Deep:
                if at >= least:
                    break
                raise
            if not unique or value not in found:
                found.append(value)
        return found

    def value_or_anything(self, schemas, depth):
        """A value; where nothing is said about it, any."""
        if all(schema is True or schema == {} for schema in schemas):
            self.left -= 1
            return self.of_anything([], depth)
        return self.value([schema for schema in schemas if schema is not True], depth)

    def of_object(self, flat, depth):
        required = {name for schema in flat for name in schema.get("required", [])}
        declared = dict.fromkeys(name for schema in flat for name in schema.get("properties", {}))
        found = {}
        for name in [*declared, *sorted(required - declared.keys())]:
            wanted = name in required or not self.is_late(depth) and self.wants()
            if not wanted:
                continue
            inner = [of_key(schema, name) for schema in flat]
            try:
                found[name] = self.value_or_anything(inner, depth + 1)
            except Deep:
                if name in required:
                    raise
        self.others(flat, found, depth)
        return found

    def wants(self):
        return self.mode == "all" or self.mode == "some" and self.random.random() < 0.5

    def others(self, flat, found, depth):
        """Properties that are not declared."""
        least = max([0, *(schema.get("minProperties", 0) for schema in flat)])
        most = min([10**6, *(schema["maxProperties"] for schema in flat if "maxProperties" in schema)])
        is_map = any(isinstance(schema.get("additionalProperties"), dict) or "patternProperties" in schema for schema in flat)
        is_closed = any(schema.get(key) is False for schema in flat for key in ("additionalProperties", "unevaluatedProperties"))
        wanted = 0 if self.mode == "required" or self.is_late(depth) else 2 if is_map else int(self.mode == "all" and depth < 2)
        if is_closed and not any("patternProperties" in schema for schema in flat):
            return
        keys = [schema["propertyNames"] for schema in flat if isinstance(schema.get("propertyNames"), dict)]
        names = [pattern for schema in flat for pattern in schema.get("patternProperties", {})]
        for index in range(10):
            if len(found) >= most or index >= wanted and len(found) >= least:
                break
            name = f"other {index}"
            try:
                if keys:
                    name = self.value([*keys, {"type": "string"}], depth + 1)
                elif names:
                    name = self.of_pattern(self.random.choice(names), 0, 10**6)
                if name not in found:
                    found[name] = self.value_or_anything([of_key(schema, name) for schema in flat], depth + 1)
            except Deep:
                if len(found) < least:
                    raise


def listed(flat):
    """The values that all lists have in common. `None` if nothing lists values."""
    lists = [schema["enum"] if "enum" in schema else [schema["const"]] for schema in flat if "enum" in schema or "const" in schema]
    return [one for one in lists[0] if all(one in other for other in lists)] if lists else None


def of_key(schema, name):
    """What a schema says of the property with this name."""
    inner = [schema["properties"][name]] if name in schema.get("properties", {}) else []
    for pattern, one in schema.get("patternProperties", {}).items():
        try:
            inner += [one] if re.search(pattern, name) else []
        except re.error:
            raise Deep from None
    inner = inner or [schema.get("additionalProperties", True)]
    return inner[0] if len(inner) == 1 else {"allOf": inner}


def tag(tags, index, flat):
    """The property that tells an alternative has a value that tells this one."""
    if tags["values"][index] and isinstance(tags["property"], str):
        flat.append({"required": [tags["property"]], "properties": {tags["property"]: {"enum": tags["values"][index]}}})


def types_of(schema):
    return schema["type"] if isinstance(schema["type"], list) else [schema["type"]]


def weight(schema):
    """How much an alternative may lead to: a null, a scalar, a list, an object, a reference."""
    if not isinstance(schema, dict):
        return 0
    if "const" in schema or "enum" in schema:
        return 0
    if "$ref" in schema or any(key in schema for key in ("allOf", "oneOf", "anyOf")):
        return 3
    return 2 if schema.get("properties") or schema.get("items") else 1


def implied(flat):
    """The type that other keywords are about."""
    for kind, keys in (
        ("object", ("properties", "required", "additionalProperties", "patternProperties")),
        ("array", ("items", "prefixItems")),
        ("string", ("pattern", "minLength", "maxLength")),
        ("number", ("minimum", "maximum", "multipleOf")),
    ):
        if any(key in schema for schema in flat for key in keys):
            return kind
    return "anything"


# Hypothesis


class Late(BaseException):
    """The time is over."""


def by_hypothesis(definitions, name, count, seed, seconds):
    """Values of `hypothesis-jsonschema`. Fewer, if they take longer than this."""
    size = [2000]
    schema = inlined({"$ref": f"#/$defs/{name}"}, definitions, 0, size)
    found = []
    if schema is None or size[0] < 0:
        return found

    armed = [True]

    def late(*_):
        if armed:
            raise Late

    sys.unraisablehook = lambda lost: None if lost.exc_type is Late else sys.__unraisablehook__(lost)
    before = signal.signal(signal.SIGALRM, late)
    # Again and again: one that is raised in a callback of the garbage collector is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        # The time may be over at any moment, also at this one's end.
        try:
            phases, checks = [hypothesis.Phase.generate], list(hypothesis.HealthCheck)

            @hypothesis.seed(seed)
            @hypothesis.settings(max_examples=count, database=None, deadline=None, phases=phases, suppress_health_check=checks)
            @hypothesis.given(from_schema(schema))
            def collect(value):
                found.append(copy.deepcopy(value))

            collect()
        finally:
            armed.clear()
    except (Late, Exception):  # It knows no 2020-12, and says so in many ways.
        pass
    finally:
        armed.clear()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return found


def inlined(schema, definitions, depth, size):
    """A schema without references, which allows less: nothing that is too deep. `None` if that is nothing at all."""
    size[0] -= 1
    if isinstance(schema, bool):
        return schema
    if depth > DEPTH or size[0] < 0:
        return None
    made = {key: value for key, value in schema.items() if key not in ("$ref", "x-tags", "if", "then", "else")}
    for key in ("properties", "patternProperties"):
        if key in schema:
            inner = {name: inlined(one, definitions, depth, size) for name, one in schema[key].items()}
            made[key] = {name: False if one is None else one for name, one in inner.items()}
            if any(made[key].get(name) is False for name in schema.get("required", [])):
                return None
    for key in ("additionalProperties", "items"):
        if key in schema:
            inner = inlined(schema[key], definitions, depth, size)
            made[key] = False if inner is None else inner
    for key in ("anyOf", "oneOf"):
        if key in schema:
            made[key] = [one for one in (inlined(one, definitions, depth, size) for one in schema[key]) if one is not None]
            if not made[key]:
                return None
    narrowed(made)
    both = [inlined(one, definitions, depth, size) for one in schema.get("allOf", [])]
    if "$ref" in schema:
        both.append(inlined(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions, depth + 1, size))
    if any(one is None for one in both):
        return None
    made.pop("allOf", None)
    if "type" not in made and implied([made]) == "object":
        made["type"] = "object"
    if len(both) == 1 and not made:
        return both[0]
    return {**made, "allOf": both} if both else made


def narrowed(schema):
    """Numbers that fit the format."""
    types = types_of(schema) if "type" in schema else []
    low, high = INTEGERS.get(schema.get("format"), (-(2**63), 2**63 - 1))
    if "integer" in types:
        schema["minimum"] = max(schema.get("minimum", low), low)
        schema["maximum"] = min(schema.get("maximum", high), high)
    elif "number" in types and "multipleOf" not in schema:
        most = 999 if schema.get("format") == "float" else 1e15
        schema["minimum"] = max(schema.get("minimum", -most), -most)
        schema["maximum"] = min(schema.get("maximum", most), most)
        if schema.get("format") == "float":
            schema["multipleOf"] = 0.125
    elif "string" in types and schema.get("format") in INTEGERS and "pattern" not in schema:
        schema["pattern"] = "^(0|[1-9][0-9]{0,1})$"
