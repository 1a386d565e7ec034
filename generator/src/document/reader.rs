//! Lenient decoding of JSON: a value of the wrong type that has one clear reading is repaired, with a diagnostic.
//!
//! In: JSON, and its location. Out: values, and diagnostics. Not here: which keys an object has.

use std::hash::{BuildHasher, Hash};

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::log::{Log, Lost};
use crate::maps::{HashMap, IndexSet};
use crate::report::{Code, Pointer, nearest};

/// A position in the document while it is decoded, and everything that decoding adds to.
pub(super) struct Reader<'a> {
    pub(super) at: Pointer,
    pub(super) report: Log<'a>,
    /// The candidates for "did you mean" after an unknown key.
    pub(super) keywords: &'static [&'static str],
    /// The places of all schemas.
    pub(super) places: &'a IndexSet<Pointer>,
    /// References that were followed, in order.
    pub(super) links: &'a [(Pointer, Pointer)],
    /// The first loss at each place, by its index in the report.
    pub(super) losses: HashMap<Pointer, usize>,
}

/// The extensions of an object.
pub(super) type Extensions = IndexMap<String, Value>;

/// More references do not lead to each other.
const MAX_LINKS: usize = 100;

impl Reader<'_> {
    /// Returns the pointer of the current value behind all references on the way: the text that a
    /// user must change.
    pub(super) fn origin(&self) -> Pointer {
        self.origin_of(self.at.clone())
    }

    fn origin_of(&self, mut at: Pointer) -> Pointer {
        for _ in 0..MAX_LINKS {
            match self.follow_last_reference(&at) {
                Some(behind) if behind != at => at = behind,
                Some(_) | None => break,
            }
        }
        at
    }

    /// Returns the reason why the current object lost the value of a key, if it did.
    pub(super) fn loss(&self, key: &str) -> Option<Lost> {
        self.loss_at(self.at.child(key))
    }

    /// Returns the reason why the value at a pointer was lost, if it was.
    pub(super) fn loss_at(&self, at: Pointer) -> Option<Lost> {
        let index = (self.losses.get(&at)).or_else(|| self.losses.get(&self.origin_of(at)))?;
        Some(self.report.lost[*index].clone())
    }

    /// Follows the last reference on the path to a location.
    fn follow_last_reference(&self, at: &Pointer) -> Option<Pointer> {
        let text = at.as_str();
        let mut end = text.len();
        loop {
            let found = self
                .links
                .binary_search_by(|(link, _)| link.as_str().cmp(&text[..end]));
            if let Ok(index) = found {
                let target = self.links[index].1.as_str();
                return Some(Pointer::canonical([target, &text[end..]].concat()));
            }
            end = text[..end].rfind('/')?;
        }
    }

    /// Hands each entry of an object to `field`, at its pointer. What `field` gives back is an extension, or is not
    /// known.
    pub(super) fn object(
        &mut self,
        map: Map<String, Value>,
        mut field: impl FnMut(&mut Self, &str, Value) -> Option<Value>,
    ) -> Extensions {
        let mut extensions = Extensions::new();
        for (key, value) in map {
            let length = self.at.push(&key);
            if let Some(value) = field(self, &key, value) {
                if key.starts_with("x-") {
                    extensions.insert(key, value);
                } else {
                    let near = nearest(&key, self.keywords.iter().copied());
                    let help = near
                        .filter(|near| *near != key)
                        .map(|near| format!("did you mean `{near}`?"));
                    let text = format!("the key `{key}` is unknown here and is ignored");
                    self.report
                        .add(Code::UnknownKeyword, &self.at, text)
                        .help(help);
                }
            }
            self.at.truncate(length);
        }
        extensions
    }

    /// Visits the fields of a value that should be an object. A dangling reference has left `null`, which is reported already.
    pub(super) fn fields(
        &mut self,
        value: Value,
        field: impl FnMut(&mut Self, &str, Value) -> Option<Value>,
    ) -> Option<Extensions> {
        match value {
            Value::Object(map) => Some(self.object(map, field)),
            Value::Null => None,
            value => self.ignore(&value, "an object"),
        }
    }

    /// Items that `read` gives nothing for are left out.
    pub(super) fn list<T>(
        &mut self,
        value: Value,
        mut read: impl FnMut(&mut Self, Value) -> Option<T>,
    ) -> Vec<T> {
        let list = match value {
            Value::Array(list) => list,
            Value::Null => return Vec::new(),
            value @ Value::Object(_) => {
                self.report.add(
                    Code::RepairedType,
                    &self.at,
                    "expected a list; this is read as its only item",
                );
                return read(self, value).into_iter().collect();
            }
            value => return self.ignore(&value, "a list").unwrap_or_default(),
        };
        let mut items = Vec::with_capacity(list.len());
        for (index, value) in list.into_iter().enumerate() {
            let length = self.at.push(&index.to_string());
            items.extend(read(self, value));
            self.at.truncate(length);
        }
        items
    }

    /// Entries that `read` gives nothing for are left out.
    pub(super) fn map<K, T, S>(
        &mut self,
        value: Value,
        mut read: impl FnMut(&mut Self, Value) -> Option<T>,
    ) -> IndexMap<K, T, S>
    where
        K: From<String> + Hash + Eq,
        S: BuildHasher + Default,
    {
        let map = match value {
            Value::Object(map) => map,
            Value::Null => return IndexMap::default(),
            value => return self.ignore(&value, "an object").unwrap_or_default(),
        };
        let mut entries = IndexMap::with_capacity_and_hasher(map.len(), S::default());
        for (key, value) in map {
            let length = self.at.push(&key);
            if let Some(value) = read(self, value) {
                entries.insert(key.into(), value);
            }
            self.at.truncate(length);
        }
        entries
    }

    pub(super) fn string(&mut self, value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            Value::Null => None,
            Value::Number(_) | Value::Bool(_) => {
                self.repaired(&value, "a string");
                Some(value.to_string())
            }
            Value::Array(_) | Value::Object(_) => self.ignore(&value, "a string"),
        }
    }

    pub(super) fn strings(&mut self, value: Value) -> Vec<String> {
        match value {
            one @ Value::String(_) => {
                self.repaired(&one, "a list");
                self.string(one).into_iter().collect()
            }
            value => self.list(value, Self::string),
        }
    }

    pub(super) fn flag(&mut self, value: Value) -> Option<bool> {
        let flag = match &value {
            Value::Bool(flag) => return Some(*flag),
            Value::Null => return None,
            Value::String(text) if text.eq_ignore_ascii_case("true") => true,
            Value::String(text) if text.eq_ignore_ascii_case("false") => false,
            Value::String(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                return self.ignore(&value, "a boolean");
            }
        };
        self.repaired(&value, "a boolean");
        Some(flag)
    }

    pub(super) fn number(&mut self, value: Value) -> Option<f64> {
        match &value {
            Value::Number(number) => number.as_f64(),
            Value::Null => None,
            Value::String(text) => match text
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
            {
                Some(number) => {
                    self.repaired(&value, "a number");
                    Some(number)
                }
                None => self.ignore(&value, "a number"),
            },
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => self.ignore(&value, "a number"),
        }
    }

    /// Returns a length, or a number of items.
    pub(super) fn count(&mut self, value: Value) -> Option<usize> {
        if let Some(count) = value.as_u64() {
            return usize::try_from(count).ok();
        }
        let number = match &value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            Value::Null => return None,
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        match number {
            // Beyond this, a float does not say which integer it is; and nothing is as long.
            Some(number)
                if number >= 0.0 && number.fract() == 0.0 && number < 9_007_199_254_740_992.0 =>
            {
                self.repaired(&value, "an integer");
                Some(number as usize)
            }
            Some(_) | None => self.ignore(&value, "a non-negative integer"),
        }
    }

    /// Decodes a value with the derives of `openapiv3`. Only for leaves without references and schemas.
    pub(super) fn serde<T: DeserializeOwned>(&mut self, value: Value) -> Option<T> {
        if value.is_null() {
            return None;
        }
        match serde_json::from_value(value) {
            Ok(item) => Some(item),
            Err(error) => {
                self.report
                    .lose(Code::UnreadableItem, &self.at, error.to_string());
                None
            }
        }
    }

    /// Reports a value of the wrong type. Always returns `None`, so callers can end with it.
    pub(super) fn ignore<T>(&mut self, value: &Value, wanted: &str) -> Option<T> {
        let text = format!("expected {wanted}, found {}", shortened(value));
        self.report.lose(Code::IgnoredKeyword, &self.at, text);
        None
    }

    fn repaired(&mut self, value: &Value, wanted: &str) {
        let text = format!("{} is read as {wanted}", shortened(value));
        self.report.add(Code::RepairedType, &self.at, text);
    }
}

fn shortened(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) if text.chars().count() > 40 => "a long string".into(),
        value => value.to_string(),
    }
}
