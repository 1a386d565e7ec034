//! From text to a value, leniently: what other tools let pass is let pass, with a finding.
//!
//! In: YAML or JSON. Out: a value, and the references in it that lead to other files.

use std::cmp::Reverse;
use std::{fmt, iter};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value, map};

use crate::report::{Code, Input, Pointer, Report};

/// Aliases do not add more values to a text than this.
const MAX_ALIASED: usize = 1 << 20;
/// Brackets are not open deeper than this, wherever they stand. (Values are not, beyond 128: both parsers see to that.)
const MAX_OPEN: usize = 4096;

/// A text as a value.
pub(super) struct Parsed {
    pub(super) value: Value,
    /// References that lead out of the file.
    pub(super) external: Vec<String>,
}

/// Parses a file of this path in the document's folder (empty for the document itself and for overlays).
pub(super) fn run(text: &str, file: &str, input: Input, report: &mut Report) -> Option<Parsed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = if file.is_empty() {
        Pointer::root()
    } else {
        Pointer::of_file(file)
    };
    // A JSON text is parsed as JSON, whatever the file is called. If it is not quite JSON, it may still be YAML.
    let parsed = match text.trim_start().starts_with(['{', '[']) {
        true => json(text).or_else(|error| match error.code {
            Code::TooLarge => Err(error),
            _ => yaml(text).map_err(|_| error),
        }),
        false => yaml(text),
    };
    match parsed {
        Ok((Value::Null, _)) => {
            report
                .add(Code::EmptyDocument, &root, "the file is empty")
                .input(input);
            None
        }
        Ok((value, mut state)) => {
            // Keys that occur twice are noticed at the end of their object.
            state.events.sort_by_key(|event| Reverse(event.values_left));
            for event in state.events {
                let at = event
                    .path
                    .iter()
                    .rev()
                    .fold(root.clone(), |at, key| at.child(key));
                report.add(event.code, &at, event.text).input(input);
            }
            if let Some((line, count)) = state.merge_keys.then(|| bare_status_codes(text)).flatten()
            {
                let text = match count {
                    1 => "this status code is a number and is read as a string".to_owned(),
                    _ => format!(
                        "{count} status codes are numbers and are read as strings; this is the first"
                    ),
                };
                report
                    .add(Code::KeyNotAString, &root, text)
                    .help("put it in quotes: '200'".to_owned())
                    .input(input)
                    .position(Some((line, 1)));
            }
            Some(Parsed {
                value,
                external: state.external,
            })
        }
        Err(error) => {
            report
                .add(error.code, &root, error.text)
                .input(input)
                .position(error.position);
            None
        }
    }
}

struct ParseError {
    code: Code,
    text: String,
    position: Option<(usize, usize)>,
}

impl ParseError {
    fn new(text: String, position: Option<(usize, usize)>) -> Self {
        let limit = ["recursion limit", "repetition limit", TOO_MANY]
            .iter()
            .any(|limit| text.contains(limit));
        let code = if limit { Code::TooLarge } else { Code::Syntax };
        let text = match text.contains("recursion limit") {
            true => "values are nested more than 128 levels deep".into(),
            false => text,
        };
        Self {
            code,
            text,
            position,
        }
    }
}

const TOO_MANY: &str = "too many values";

fn json(text: &str) -> Result<(Value, State), ParseError> {
    let mut state = State {
        values_left: text.len(),
        ..State::default()
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Node(&mut state)
        .deserialize(&mut deserializer)
        .and_then(|value| {
            deserializer.end()?;
            Ok(value)
        });
    match value {
        Ok(value) => Ok((value, state)),
        Err(error) => Err(ParseError::new(
            error.to_string(),
            Some((error.line(), error.column())),
        )),
    }
}

fn yaml(text: &str) -> Result<(Value, State), ParseError> {
    // The time that `serde_yaml` takes grows with the depth, too.
    if brackets_open(text) > MAX_OPEN {
        return Err(ParseError {
            code: Code::TooLarge,
            text: "brackets are nested too deep".into(),
            position: None,
        });
    }
    let mut state = State {
        merge_keys: true,
        values_left: text.len() / 2 + MAX_ALIASED,
        ..State::default()
    };
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(document) = documents.next() else {
        return Ok((Value::Null, state));
    };
    let value = Node(&mut state).deserialize(document).map_err(|error| {
        let position = error
            .location()
            .map(|location| (location.line(), location.column()));
        ParseError::new(error.to_string(), position)
    })?;
    match documents.next() {
        Some(_) => Err(ParseError::new(
            "the file has more than one YAML document".into(),
            None,
        )),
        None => Ok((value, state)),
    }
}

/// How many brackets are open at most, without regard to what is text.
fn brackets_open(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    // Most of a text has none. `[` and `{` differ in one bit alone, and so do `]` and `}`.
    let is_bracket = |byte: &u8| matches!(byte | 0x20, b'{' | b'}');
    let chunks = text.as_bytes().chunks(32);
    let chunks =
        chunks.filter(|chunk| chunk.iter().fold(false, |any, byte| any | is_bracket(byte)));
    for byte in chunks.flatten() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// What is noticed on the way.
#[derive(Default)]
struct State {
    /// `<<` merges a mapping into another, as in YAML 1.1.
    merge_keys: bool,
    values_left: usize,
    events: Vec<Event>,
    external: Vec<String>,
    /// The entries of the objects, and the items of the lists, that are being read: those of the innermost one are the last.
    /// How many there are is known at the end, when they get a place of just this size.
    entries: Vec<Entry>,
    items: Vec<Value>,
}

/// An entry of an object, and how many values may still come after it.
struct Entry {
    key: String,
    value: Value,
    values_left: usize,
}

struct Event {
    code: Code,
    text: String,
    /// How many values may still come: says when it was.
    values_left: usize,
    /// Keys on the way to it, innermost first; completed while the recursion returns.
    path: Vec<String>,
}

impl State {
    fn event(&mut self, code: Code, text: impl Into<String>) {
        self.events.push(Event {
            code,
            text: text.into(),
            values_left: self.values_left,
            path: Vec::new(),
        });
    }

    /// Completes the paths of what was noticed below a key.
    fn climb(&mut self, events: usize, key: impl Fn() -> String) {
        for event in &mut self.events[events..] {
            event.path.push(key());
        }
    }

    /// The object whose entries begin here. Of those with the same key, the last one counts.
    fn object(&mut self, start: usize) -> Map<String, Value> {
        let mut map = Map::with_capacity(self.entries.len() - start);
        for entry in self.entries.drain(start..) {
            match map.entry(entry.key) {
                map::Entry::Vacant(place) => drop(place.insert(entry.value)),
                map::Entry::Occupied(mut place) => {
                    place.insert(entry.value);
                    let key = place.key();
                    self.events.push(Event {
                        code: Code::DuplicateKey,
                        text: format!("the key `{key}` occurs twice; the last one counts"),
                        values_left: entry.values_left,
                        path: vec![key.clone()],
                    });
                }
            }
        }
        map
    }
}

/// A value.
struct Node<'a>(&'a mut State);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.values_left = self
            .0
            .values_left
            .checked_sub(1)
            .ok_or_else(|| D::Error::custom(TOO_MANY))?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // `serde_json` gives integers beyond 64 bits as floats, too.
        if value.fract() == 0.0 && value.abs() >= 9_223_372_036_854_775_808.0 && value.abs() < 1e40
        {
            self.0.event(
                Code::NumberRange,
                format!("{value} does not fit 64 bits and is read as a float"),
            );
        }
        let number = Number::from_f64(value);
        if number.is_none() {
            self.0.event(
                Code::NumberRange,
                format!("{value} is not a JSON number and is read as null"),
            );
        }
        Ok(number.map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let start = self.0.items.len();
        loop {
            let events = self.0.events.len();
            let Some(value) = seq.next_element_seed(Node(self.0))? else {
                break;
            };
            let index = self.0.items.len() - start;
            self.0.climb(events, || index.to_string());
            self.0.items.push(value);
        }
        Ok(Value::Array(self.0.items.drain(start..).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let start = self.0.entries.len();
        let mut merges = false;
        while let Some(key) = access.next_key_seed(Key)? {
            let events = self.0.events.len();
            let value = access.next_value_seed(Node(self.0))?;
            self.0.climb(events, || key.clone());
            note_external(&key, &value, &mut self.0.external);
            merges |= self.0.merge_keys && key == "<<";
            let values_left = self.0.values_left;
            self.0.entries.push(Entry {
                key,
                value,
                values_left,
            });
        }
        let mut map = self.0.object(start);
        if merges {
            merge(&mut map);
        }
        Ok(Value::Object(map))
    }

    /// YAML tags come as enums. `!!str` and the like don't come here.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (tag, variant) = access.variant_seed(Key)?;
        self.0
            .event(Code::YamlTag, format!("the YAML tag !{tag} is ignored"));
        variant.newtype_variant_seed(Node(self.0))
    }
}

/// `<<: *base` adds the entries of `base` that the mapping itself does not have.
fn merge(map: &mut Map<String, Value>) {
    let bases = match map.shift_remove("<<") {
        Some(Value::Array(list)) => list,
        Some(base) => vec![base],
        None => return,
    };
    for base in bases {
        let Value::Object(base) = base else { continue };
        for (key, value) in base {
            map.entry(key).or_insert(value);
        }
    }
}

/// Keeps references to other files: `$ref`, and those of a discriminator.
fn note_external(key: &str, value: &Value, external: &mut Vec<String>) {
    let mut note = |reference: &str| {
        if !reference.starts_with('#') {
            external.push(reference.to_owned());
        }
    };
    match (key, value) {
        ("$ref", Value::String(reference)) => note(reference),
        ("defaultMapping", Value::String(text)) if text.contains(['/', '.']) => note(text),
        ("mapping", Value::Object(map)) => {
            map.values()
                .filter_map(Value::as_str)
                .filter(|text| text.contains(['/', '.']))
                .for_each(note);
        }
        _ => {}
    }
}

/// A key. YAML gives its text as it stands there, whatever it may look like: `200`, `Null`, `1.10`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

/// The line of the first status code that YAML takes for a number, and how many there are. Keys are strings in JSON, and
/// the specification wants quotes.
fn bare_status_codes(text: &str) -> Option<(usize, usize)> {
    let text = text.as_bytes();
    let is_bare = |start: usize| {
        let indent = text[start..].iter().take_while(|byte| **byte == b' ');
        match text[start + indent.count()..] {
            [b'1'..=b'5', b, c, b':', ..] => b.is_ascii_digit() && c.is_ascii_digit(),
            _ => false,
        }
    };
    let ends = memchr::memchr_iter(b'\n', text);
    let starts = iter::once(0).chain(ends.map(|end| end + 1));
    let mut lines = starts.enumerate().filter(|(_, start)| is_bare(*start));
    let (first, _) = lines.next()?;
    Some((first + 1, 1 + lines.count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(text: &str) -> (Value, Vec<String>) {
        let mut report = Report::default();
        let value = run(text, "", Input::Document, &mut report).map(|parsed| parsed.value);
        (
            value.unwrap_or_default(),
            report
                .iter()
                .map(|d| format!("{} {}", d.code.id(), d.at))
                .collect(),
        )
    }

    #[test]
    fn odd_documents_are_read() {
        let text = "\u{feff}a: -9223372036854776000\nb:\n  200: x\n  1.10: y\n  Null: z\nc: [!Ref z, .inf]";
        let (value, notes) = parse(text);
        let b = json!({ "200": "x", "1.10": "y", "Null": "z" });
        assert_eq!(
            value,
            json!({ "a": -9223372036854776000.0, "b": b, "c": ["z", null] })
        );
        let expected = [
            "number-range #/a",
            "yaml-tag #/c/0",
            "number-range #/c/1",
            "key-not-a-string #",
        ];
        assert_eq!(notes, expected);
    }

    #[test]
    fn keys_that_occur_twice_are_named() {
        let expected = (
            json!({ "a": { "b": 2 } }),
            vec!["duplicate-key #/a/b".to_owned()],
        );
        assert_eq!(parse(r#"{"a": {"b": 1, "b": 2}}"#), expected);
        assert_eq!(parse("a:\n  b: 1\n  b: 2"), expected);
    }

    #[test]
    fn merge_keys_merge() {
        let (value, _) = parse("x: &x { a: 1, b: 2 }\ny: { <<: *x, b: 3 }");
        assert_eq!(value["y"], json!({ "b": 3, "a": 1 }));
    }

    #[test]
    fn bombs_end_early() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for n in 1..40 {
            let item = format!("*a{}", n - 1);
            bomb += &format!("a{n}: &a{n} [{}]\n", vec![item; 9].join(", "));
        }
        assert_eq!(parse(&bomb), (Value::Null, vec!["too-large #".to_owned()]));
        assert_eq!(
            parse(&"[".repeat(1_000_000)),
            (Value::Null, vec!["too-large #".to_owned()])
        );
        assert_eq!(
            parse(&format!("a: {}", "{a: ".repeat(1_000_000))).1,
            ["too-large #"]
        );
        assert_eq!(parse(&"a: {".repeat(2_000)).1.len(), 1);
    }
}
