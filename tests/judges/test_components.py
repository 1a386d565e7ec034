"""The translation of schemas, and what counts as the same JSON: `python3 -m unittest discover tests/judges`."""

import json
import pathlib
import random
import tempfile
import unittest

import components
import dialect
import patterns
import samples


def translated(version, schemas):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "document.json"
        path.write_text(json.dumps({"openapi": version, "components": {"schemas": schemas}}))
        document = dialect.Dialect(path)
        document.components()
        return document


class Translation(unittest.TestCase):
    def allows(self, version, schemas, valid, invalid):
        document = translated(version, schemas)
        _, validator = components.prepared(document, document.components()["A"])
        for value in valid:
            self.assertTrue(validator.is_valid(value), value)
        for value in invalid:
            self.assertFalse(validator.is_valid(value), value)

    def test_nullable(self):
        schemas = {"A": {"type": "string", "nullable": True}}
        self.allows("3.0.3", schemas, ["a", None], [1])
        self.allows("3.1.0", schemas, ["a"], [None])
        self.allows("3.0.3", {"A": {"type": "string", "nullable": True, "enum": ["a"]}}, ["a"], [None])

    def test_null_as_an_alternative(self):
        self.allows("3.0.3", {"A": {"anyOf": [{"type": "string"}, {"nullable": True, "description": "b"}]}}, ["a", None], [1])

    def test_names_of_properties_are_no_keywords(self):
        properties = {"nullable": {"type": "boolean"}, "required": {"type": "integer"}, "$ref": {"type": "string"}}
        self.allows("3.0.3", {"A": {"type": "object", "properties": properties}}, [{"required": 1, "$ref": "a"}], [{"nullable": 1}])

    def test_exclusive_bounds(self):
        self.allows("3.0.3", {"A": {"type": "integer", "minimum": 1, "exclusiveMinimum": True}}, [2], [1])
        self.allows("3.0.3", {"A": {"type": "integer", "minimum": 1, "exclusiveMinimum": False}}, [1], [0])
        self.allows("3.1.0", {"A": {"type": "integer", "exclusiveMaximum": 3}}, [2], [3])

    def test_siblings_of_references(self):
        schemas = {"A": {"$ref": "#/components/schemas/B", "maxLength": 1}, "B": {"type": "string"}}
        self.allows("3.0.3", schemas, ["ab"], [1])
        self.allows("3.1.0", schemas, ["a"], ["ab", 1])

    def test_marks_do_not_count(self):
        schemas = {"A": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "readOnly": True}}}}
        self.allows("3.0.3", schemas, [{"id": "a"}], [{}])

    def test_formats_are_annotations(self):
        self.allows("3.1.0", {"A": {"type": "string", "format": "date"}}, ["no date"], [1])

    def test_tags_are_true(self):
        base = {"type": "object", "required": ["t"], "properties": {"t": {"type": "string"}}, "discriminator": {"propertyName": "t"}}
        heir = {"allOf": [{"$ref": "#/components/schemas/A"}, {"required": ["x"]}]}
        self.allows("3.0.3", {"A": base, "B": heir}, [{"t": "B", "x": 1}, {"t": "C"}], [{"t": "B"}, {"x": 1}])

    def test_what_has_no_translation(self):
        document = translated("3.1.0", {"A": {"$ref": "#/components/schemas/B"}, "B": {"$dynamicRef": "#a"}})
        with self.assertRaises(dialect.Unsupported):
            document.closed(document.components()["A"])


class Values(unittest.TestCase):
    SCHEMAS = {
        "A": {
            "type": "object",
            "required": ["id", "next"],
            "properties": {
                "id": {"type": "string", "pattern": "^[a-f]{4}$"},
                "next": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "integer", "format": "int32"}]},
            },
        }
    }

    def test_the_same_seed_makes_the_same_values(self):
        document = translated("3.1.0", self.SCHEMAS)
        needed, validator = components.prepared(document, "d0")
        first, second = (components.made(needed, "d0", validator, 12, "seed")[0] for _ in range(2))
        self.assertEqual(first, second)
        self.assertGreaterEqual(len(first), 12)

    def test_no_value(self):
        document = translated("3.1.0", {"A": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/A"}}}})
        needed, validator = components.prepared(document, "d0")
        self.assertEqual(components.made(needed, "d0", validator, 12, "seed"), ([], "no value is found"))

    def test_hypothesis(self):
        document = translated("3.1.0", self.SCHEMAS)
        self.assertTrue(samples.by_hypothesis(document.closed("d0"), "d0", 5, 1, 10))


class Patterns(unittest.TestCase):
    def test_texts_match(self):
        chance = random.Random(1)
        for pattern in ("^0x[a-f]{192}$", r"^\d+(\.\d+)?$", "^(a|b)[^c]*$", "[\\w.-]{2,5}@x", "^(?:x|(y))z?$", r"^(.)\1$"):
            for _ in range(20):
                text = patterns.text(pattern, chance)
                self.assertRegex(text, pattern)

    def test_texts_are_long_enough(self):
        self.assertGreaterEqual(len(patterns.text("^[a-z]+-?$", random.Random(1), 32)), 32)

    def test_repetitions_are_limited(self):
        for pattern, repeated in (("a{3}", "a{3}"), ("a{0,99999}", "a{0,}"), ("a{99999}", "a+"), ("a{2,}", "a{2,}")):
            self.assertEqual(dialect.REPEATED.sub(dialect.unlimited, pattern), repeated)


class Comparison(unittest.TestCase):
    def test_the_same(self):
        for one, other in ((1, 1.0), ({"a": 1, "b": [2]}, {"b": [2.0], "a": 1})):
            self.assertIsNone(components.differs(one, other))

    def test_the_first_difference(self):
        for one, other, at in (
            ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, "/a/0/b"),
            ({"a/b": 1}, {}, "/a~1b"),
            ({}, {"a": None}, "/a"),
            ([1], [1, 2], ""),
            (True, 1, ""),
            (2**63, 2**63 + 1, ""),
        ):
            self.assertEqual(components.differs(one, other)[0], at)


if __name__ == "__main__":
    unittest.main()
