"""Schemas of a document: validation by the package `jsonschema`, and sample values.

In: a document. Out: what a value violates, and values that the document shows or that follow its schemas. Not here: HTTP.
"""

import copy
import re

import jsonschema
import referencing
import referencing.jsonschema

URN = "urn:document"
# A sample has no more levels than this.
DEPTH = 6


def lookup(document, reference):
    node = document
    for key in reference.removeprefix("#/").split("/"):
        key = key.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node


def deref(document, node):
    """The object that a chain of references leads to."""
    for _ in range(100):
        if not isinstance(node, dict) or not isinstance(node.get("$ref"), str) or not node["$ref"].startswith("#/"):
            break
        node = lookup(document, node["$ref"])
    return node


class Schemas:
    def __init__(self, document):
        self.document = document
        self.is_old = str(document["openapi"]).startswith("3.0")
        self.views = {marked: self.registry(marked) for marked in ("readOnly", "writeOnly")}

    def registry(self, marked):
        """The document as JSON Schema 2020-12, in which a property that is marked so is never required."""
        document = copy.deepcopy(self.document)
        translate(document, self.is_old, marked, self.document)
        resource = referencing.jsonschema.DRAFT202012.create_resource(document)
        return referencing.Registry().with_resource(URN, resource)

    def violation(self, at, value, marked):
        """Why a value does not follow the schema at a pointer; `None` if it does."""
        schema = {"$ref": f"{URN}#{escaped(at)}"}
        validator = jsonschema.Draft202012Validator(schema, registry=self.views[marked])
        error = jsonschema.exceptions.best_match(validator.iter_errors(value))
        if error is None:
            return None
        where = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in error.absolute_path)
        return f"${where}: {error.message}"

    def sample(self, schema, depth=0):
        """A value that the document shows for a schema, or one that follows it."""
        schema = deref(self.document, schema)
        if not isinstance(schema, dict):
            return {}
        for shown in ("example", "default", "const"):
            if shown in schema:
                return schema[shown]
        if schema.get("examples"):
            examples = schema["examples"]
            return examples[0] if isinstance(examples, list) else next(iter(examples.values()))
        if schema.get("enum"):
            return schema["enum"][0]
        for union in ("oneOf", "anyOf"):
            if schema.get(union):
                return self.of_union(schema, union, depth)
        if schema.get("allOf"):
            return self.of_all(schema, depth)
        return self.of_type(schema, depth)

    def of_union(self, schema, union, depth):
        first = deref(self.document, schema[union][0])
        value = self.sample(first, depth)
        rest = {key: value for key, value in schema.items() if key != union}
        if isinstance(value, dict) and (rest.get("properties") or rest.get("allOf")):
            value = {**self.sample(rest, depth), **value}
        discriminator = schema.get("discriminator")
        if isinstance(value, dict) and isinstance(discriminator, dict):
            reference = schema[union][0].get("$ref", "")
            mapping = discriminator.get("mapping") or {}
            names = [name for name, target in mapping.items() if reference and target in (reference, reference.rsplit("/", 1)[-1])]
            value.setdefault(discriminator["propertyName"], reference.rsplit("/", 1)[-1])
            if names and value[discriminator["propertyName"]] not in mapping:
                value[discriminator["propertyName"]] = names[0]
        return value

    def of_all(self, schema, depth):
        rest = {key: value for key, value in schema.items() if key != "allOf"}
        parts = [self.sample(part, depth) for part in [*schema["allOf"], *([rest] if rest.get("properties") else [])]]
        objects = [part for part in parts if isinstance(part, dict)]
        merged = {}
        for part in objects:
            merged.update(part)
        return merged if objects else parts[0]

    def of_type(self, schema, depth):
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = next((one for one in kind if one != "null"), "null")
        if kind is None:
            kind = "object" if "properties" in schema else "array" if "items" in schema else None
        if kind == "object":
            return self.of_object(schema, depth)
        if kind == "array":
            return self.of_array(schema, depth)
        plain = {"string": text(schema), "boolean": True, "null": None}
        if kind in ("integer", "number"):
            return number(schema, kind)
        return plain.get(kind, "any")

    def of_object(self, schema, depth):
        required = set(schema.get("required", []))
        found = {}
        for name, property in schema.get("properties", {}).items():
            declared = deref(self.document, property)
            if isinstance(declared, dict) and declared.get("writeOnly"):
                continue
            if name in required or depth < DEPTH:
                found[name] = self.sample(property, depth + 1) if depth < 3 * DEPTH else {}
        return found

    def of_array(self, schema, depth):
        if depth >= DEPTH and not schema.get("minItems"):
            return []
        if schema.get("prefixItems"):
            return [self.sample(item, depth + 1) for item in schema["prefixItems"]]
        items = schema.get("items", {})
        return [self.sample(items, depth + 1)] * max(1, schema.get("minItems", 1))


FORMATS = {
    "date-time": "2026-01-02T03:04:05Z",
    "date": "2026-01-02",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "a@example.com",
    "uri": "https://example.com/a",
    "url": "https://example.com/a",
    "ipv4": "192.0.2.1",
    "byte": "YQ==",
}


def text(schema):
    value = FORMATS.get(schema.get("format"), "text")
    least, most = schema.get("minLength", 0), schema.get("maxLength", 10**6)
    return (value + "x" * (least - len(value)))[:most]


def number(schema, kind):
    value = 1
    for bound, step in (("minimum", 0), ("exclusiveMinimum", 1)):
        limit = schema.get(bound)
        if isinstance(limit, (int, float)) and not isinstance(limit, bool):
            value = max(value, limit + step)
    if isinstance(schema.get("maximum"), (int, float)):
        value = min(value, schema["maximum"])
    return int(value) if kind == "integer" else value


def escaped(pointer):
    return pointer.replace("%", "%25").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20").replace("^", "%5E")


def translate(node, is_old, marked, document):
    """Changes schemas in place. Names of properties are not keywords, but no name looks like these."""
    if isinstance(node, list):
        for item in node:
            translate(item, is_old, marked, document)
        return
    if not isinstance(node, dict):
        return
    reference = node.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        # Siblings say nothing in 3.0; in 3.1 they are annotations here.
        node.clear()
        node["$ref"] = URN + "#" + escaped(reference[1:])
        return
    for value in node.values():
        translate(value, is_old, marked, document)
    for key in ("$id", "id", "$schema") if isinstance(node.get("properties"), dict) or "type" in node else ():
        if isinstance(node.get(key), str):
            del node[key]
    if isinstance(node.get("required"), list):
        properties = node.get("properties", {})
        node["required"] = [name for name in node["required"] if not is_marked(properties.get(name), marked, document)]
    if isinstance(node.get("pattern"), str) and not compiles(node["pattern"]):
        del node["pattern"]
    if is_old:
        translate_old(node)


def is_marked(schema, marked, document):
    if not isinstance(schema, dict):
        return False
    reference = schema.get("$ref", "")
    target = lookup(document, reference.removeprefix(URN)) if "%" not in reference and reference.startswith(URN) else schema
    return isinstance(target, dict) and target.get(marked) is True


def compiles(pattern):
    try:
        re.compile(pattern)
        return True
    except re.error:
        return False


def translate_old(node):
    for bound in ("Minimum", "Maximum"):
        exclusive, plain = "exclusive" + bound, bound.lower()
        if isinstance(node.get(exclusive), bool):
            if node.pop(exclusive) and plain in node:
                node[exclusive] = node.pop(plain)
    if node.get("nullable") is True:
        del node["nullable"]
        inner = dict(node)
        node.clear()
        node["anyOf"] = [inner, {"type": "null"}]
