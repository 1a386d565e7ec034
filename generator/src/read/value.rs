//! From YAML or JSON to a value, leniently.
//!
//! In: a deserializer of either. Out: a value, events to report, and its references to other files. Not here: texts.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value, map};

use crate::report::Code;

pub(super) const TOO_MANY: &str = "too many values";

/// The limits of a text, and the results other than its value.
#[derive(Default)]
pub(super) struct State {
    /// `<<` merges a mapping into another, as in YAML 1.1.
    pub(super) merge_keys: bool,
    /// The number of values that may still follow.
    values_left: usize,
    pub(super) events: Vec<Event>,
    /// References that lead to other files.
    pub(super) external: Vec<String>,
    /// The entries of the objects, and the items of the lists, that are being read: those of the innermost one are the last.
    /// They move to an allocation of the exact size at the end.
    entries: Vec<Entry>,
    items: Vec<Value>,
}

/// An entry of an object, and the number of values that may still follow it.
struct Entry {
    key: String,
    value: Value,
    values_left: usize,
}

/// Something to report.
pub(super) struct Event {
    pub(super) code: Code,
    pub(super) text: String,
    /// The number of values that may still follow, which gives the order of events.
    pub(super) values_left: usize,
    /// Keys on the way to it, innermost first; completed while the recursion returns.
    pub(super) path: Vec<String>,
}

impl State {
    /// Returns a text of at most so many values.
    pub(super) fn new(most_values: usize) -> Self {
        Self {
            values_left: most_values,
            ..Self::default()
        }
    }

    fn event(&mut self, code: Code, text: impl Into<String>) {
        self.events.push(Event {
            code,
            text: text.into(),
            values_left: self.values_left,
            path: Vec::new(),
        });
    }

    /// Completes the paths of events below a key.
    fn climb(&mut self, events: usize, key: impl Fn() -> String) {
        for event in &mut self.events[events..] {
            event.path.push(key());
        }
    }

    /// Returns the object whose entries begin here. Of entries with the same key, the last one
    /// wins.
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
pub(super) struct Node<'a>(pub(super) &'a mut State);

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
        while let Some(key) = access.next_key_seed(KeySeed)? {
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

    /// YAML tags come as enums, except standard ones such as `!!str`.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (tag, variant) = access.variant_seed(KeySeed)?;
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

/// A key. YAML gives its text as it is written, even if it looks like another type: `200`, `Null`, `1.10`.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
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
