"""The schemas of a document as JSON Schema 2020-12, without a view of what the generator makes of them.

In: a document, possibly of several files. Out: a definition for each schema of the components, and for all that they refer to. Not
here: values, validation.

What OpenAPI 3.0 says in its own way is said as in JSON Schema. Keywords that only annotate are dropped, except for `format`, which helps
to make values that a server would send. A `discriminator` makes no value valid. But no server sends a value with the tag of a schema that
it does not follow, so it is translated as `if` and `then`, and as `x-tags` for those who make values.
"""

import json
import pathlib
import re
import urllib.parse

import yaml

PLAIN = """type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems
uniqueItems maxProperties minProperties required dependentRequired minContains maxContains format""".split()
ONE = "additionalProperties items contains not if then else propertyNames unevaluatedItems unevaluatedProperties".split()
MANY = "allOf anyOf oneOf prefixItems".split()
NAMED = "properties patternProperties dependentSchemas".split()
# What would change the meaning, and is not translated.
FOREIGN = "$dynamicRef $recursiveRef $id $anchor $dynamicAnchor".split()
# Repetitions in a pattern.
REPEATED, MANY_TIMES = re.compile(r"\{(?P<least>\d+)(?:,(?P<most>\d*))?\}"), 1000
TYPES = {"null", "boolean", "object", "array", "number", "string", "integer"}


class Unsupported(Exception):
    """A schema that has no translation."""


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2, in which `no` and `2024-01-01` are strings."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("merge", r"^<<$", ["<"]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
# PyYAML's own reads `010` as 8, and `1e3` not at all.
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def load(path):
    text = path.read_text(encoding="utf-8-sig")
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, Core)


class Dialect:
    def __init__(self, path):
        self.root = pathlib.Path(path).resolve()
        self.files = {self.root: load(self.root)}
        self.is_old = str(self.files[self.root]["openapi"]).startswith("3.0")
        # Names of definitions by file and pointer, and the definitions.
        self.names, self.definitions, self.faults = {}, {}, {}
        self.used = {}

    def components(self):
        """The names of definitions, by the keys of components."""
        schemas = (self.files[self.root].get("components") or {}).get("schemas") or {}
        return {str(key): self.name(self.root, "/components/schemas/" + escaped(str(key))) for key in schemas}

    def closed(self, name):
        """The definitions that one needs, itself included. Fails if one of them has no translation."""
        needed, left = {}, [name]
        while left:
            one = left.pop()
            if one not in needed:
                if one in self.faults:
                    raise Unsupported(self.faults[one])
                needed[one] = self.definitions[one]
                left.extend(self.used[one])
        return needed

    def name(self, file, pointer):
        """The name of the definition at a place, which is translated now."""
        name = self.names.get((file, pointer))
        if name is None:
            name = self.names[file, pointer] = f"d{len(self.names)}"
            self.definitions[name], self.used[name] = True, set()
            try:
                node = self.find(file, pointer)
                self.definitions[name] = self.schema(node, file, self.used[name])
                if isinstance(node, dict) and isinstance(node.get("discriminator"), dict) and not (node.get("oneOf") or node.get("anyOf")):
                    self.subtypes(name, node, file, pointer)
            except Unsupported as fault:
                self.faults[name] = str(fault)
        return name

    def find(self, file, pointer):
        if file not in self.files:
            try:
                self.files[file] = load(file)
            except OSError as error:
                raise Unsupported(f"$ref to a file: {error}") from error
        node = self.files[file]
        for key in pointer.split("/")[1:]:
            if isinstance(node, dict) and isinstance(node.get("$ref"), str) and key not in node:
                return self.find(*self.target(node["$ref"], file, "/" + key))
            key = key.replace("~1", "/").replace("~0", "~")
            try:
                node = node[int(key)] if isinstance(node, list) else node[key]
            except (KeyError, ValueError, IndexError, TypeError) as error:
                raise Unsupported(f"$ref to nothing: {pointer}") from error
        return node

    def target(self, reference, file, below=""):
        path, _, pointer = reference.partition("#")
        if "://" in path:
            raise Unsupported(f"$ref to a URL: {reference}")
        file = (file.parent / urllib.parse.unquote(path)).resolve() if path else file
        pointer = urllib.parse.unquote(pointer)
        if pointer and not pointer.startswith("/"):
            raise Unsupported(f"$ref to an anchor: {reference}")
        return file, pointer + below

    def reference(self, reference, file, used):
        name = self.name(*self.target(reference, file))
        used.add(name)
        return {"$ref": f"#/$defs/{name}"}

    def schema(self, node, file, used):
        if isinstance(node, bool):
            return node
        if not isinstance(node, dict):
            raise Unsupported("a schema that is not an object")
        foreign = next((key for key in FOREIGN if key in node and not self.is_old), None)
        if foreign:
            raise Unsupported(foreign)
        made = {}
        if isinstance(node.get("$ref"), str):
            made = self.reference(node["$ref"], file, used)
            # In 3.0, siblings say nothing.
            if self.is_old:
                return made
        made.update((key, node[key]) for key in PLAIN if node.get(key) is not None or key == "const" and key in node)
        for key in ONE:
            if key in node:
                made[key] = self.schema(node[key], file, used)
        for key in MANY:
            if isinstance(node.get(key), list) and node[key]:
                made[key] = [{"type": "null"} if self.is_null(one) else self.schema(one, file, used) for one in node[key]]
        for key in NAMED:
            if isinstance(node.get(key), dict):
                made[key] = {str(name): self.schema(one, file, used) for name, one in node[key].items()}
        many = made.get("oneOf") or made.get("anyOf")
        if isinstance(node.get("discriminator"), dict) and many:
            made["x-tags"] = self.tags(node, many)
            follow(made, made["x-tags"])
        exclusive(made)
        # 3.0.3: it has a meaning only beside a type, and does not add null to an enum.
        if self.is_old and node.get("nullable") is True and isinstance(made.get("type"), str):
            made["type"] = [made["type"], "null"]
        repair(made)
        return made

    def is_null(self, node):
        """`{nullable: true}` as an alternative allows anything, by the letter. But those who write it mean null."""
        return self.is_old and isinstance(node, dict) and node.get("nullable") is True and not {*PLAIN, *ONE, *MANY, *NAMED, "$ref"} & node.keys()

    def subtypes(self, name, node, file, base):
        """A base says with its discriminator which subtype a value is."""
        prefix = "/components/schemas/"
        schemas = (self.files[file].get("components") or {}).get("schemas") or {}
        mapping = node["discriminator"].get("mapping") or {}
        targets = {str(tag): to if "/" in str(to) else "#" + prefix + str(to) for tag, to in mapping.items()}
        if not targets and base.startswith(prefix):
            heirs = (key for key, one in schemas.items() if "#" + base in bases(one))
            targets = {str(key): "#" + prefix + escaped(str(key)) for key in heirs}
        tags = {"property": node["discriminator"].get("propertyName"), "values": [], "schemas": []}
        for tag, reference in targets.items():
            where = self.target(reference, file)
            heir = self.find(*where)
            if isinstance(heir, dict) and where != (file, base):
                # What it adds to the base, which must hold anyway.
                own = {**heir, "allOf": [one for one in heir.get("allOf") or [] if not ("#" + base in bases({"allOf": [one]}))]}
                tags["values"].append([tag])
                tags["schemas"].append(self.own(name, own, where, tag))
                self.used[name].add(tags["schemas"][-1]["$ref"].rsplit("/", 1)[-1])
        made = self.definitions[name]
        made["x-tags"] = tags
        follow(made, tags)

    def own(self, base, node, where, tag):
        """A definition of what a subtype adds. Nothing is said of one that leads to its base again."""
        name = self.names[base, where, tag] = f"d{len(self.names)}"
        self.definitions[name], self.used[name] = True, set()
        made = self.schema(node, where[0], self.used[name])
        if base not in self.same(made, set()):
            self.definitions[name] = made
        return {"$ref": f"#/$defs/{name}"}

    def same(self, schema, seen):
        """The definitions that are about the same value as a schema."""
        if isinstance(schema, dict):
            if "$ref" in schema:
                name = schema["$ref"].rsplit("/", 1)[-1]
                if name not in seen:
                    seen.add(name)
                    self.same(self.definitions[name], seen)
            for one in (*schema.get("allOf", []), *schema.get("anyOf", []), *schema.get("oneOf", [])):
                self.same(one, seen)
        return seen

    def tags(self, node, many):
        """The property of a discriminator, and the values that select each alternative."""
        mapping = node["discriminator"].get("mapping") or {}
        tags = []
        for one in node.get("oneOf") or node.get("anyOf") or []:
            reference = one.get("$ref", "") if isinstance(one, dict) else ""
            key = reference.rsplit("/", 1)[-1]
            tags.append([str(tag) for tag, to in mapping.items() if reference and to in (reference, key)] or [key] * bool(key))
        return {"property": node["discriminator"].get("propertyName"), "values": tags, "schemas": many}


def follow(made, tags):
    """A value whose tag names a schema follows that schema: no server sends another."""
    name = tags["property"]
    for values, schema in zip(tags["values"], tags["schemas"]):
        if values and isinstance(name, str):
            tagged = {"type": "object", "required": [name], "properties": {name: {"enum": values}}}
            made["allOf"] = [*made.get("allOf", []), {"if": tagged, "then": schema}]


def bases(node):
    """What a schema extends."""
    return [one.get("$ref") for one in (node.get("allOf") or [] if isinstance(node, dict) else []) if isinstance(one, dict)]


def escaped(key):
    return key.replace("~", "~0").replace("/", "~1")


def exclusive(made):
    """Bounds as OpenAPI 3.0 says them. Some documents of 3.1 still do."""
    for bound in ("Minimum", "Maximum"):
        name, plain = "exclusive" + bound, bound.lower()
        if isinstance(made.get(name), bool) and made.pop(name) and plain in made:
            made[name] = made.pop(plain)


def repair(made):
    """Drops what no validator reads: it says nothing that could be checked."""
    types = made.get("type")
    known = [one for one in (types if isinstance(types, list) else [types]) if isinstance(one, str) and one in TYPES]
    if "type" in made and not known:
        del made["type"]
    elif isinstance(types, list):
        made["type"] = list(dict.fromkeys(known))
    if not isinstance(made.get("required", []), list):
        del made["required"]
    if "required" in made:
        made["required"] = list(dict.fromkeys(map(str, made["required"])))
    if not isinstance(made.get("enum", []), list):
        del made["enum"]
    if "pattern" in made:
        made["pattern"] = REPEATED.sub(unlimited, str(made["pattern"]))


def unlimited(repeated):
    """A number of repetitions that validators refuse as too large is any number."""
    least, most = int(repeated["least"]), int(repeated["most"] or repeated["least"])
    return repeated[0] if max(least, most) < MANY_TIMES else f"{{{least},}}" if least < MANY_TIMES else "+"
