//! `x-client`, the extension of OpenAPI for this generator.
//!
//! In: the values of `x-client`. Out: readers for the other stages. Unknown keys and wrong types are diagnostics. Not here: the
//! effect of the settings; the settings of the whole document (see `settings`).

mod settings;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::schema::cx::Cx;
use crate::document::{Entry, SchemaView};
use crate::model::api::NestedList;
use crate::report::{Code, Pointer, Report};

pub(super) use settings::settings;

/// The key of the extension.
pub(super) const KEY: &str = "x-client";

/// An object with a fixed set of keys. Keys that nothing has read before [`Keys::done`] are unknown.
pub(super) struct Keys<'a> {
    entries: &'a Map<String, Value>,
    pub at: Pointer,
    known: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// Reads an object.
    pub(super) fn new(value: &'a Value, at: Pointer, report: &mut Report) -> Option<Self> {
        match value.as_object() {
            Some(entries) => Some(Self {
                entries,
                at,
                known: Vec::new(),
            }),
            None => {
                wrong(report, &at, "an object");
                None
            }
        }
    }

    fn take(&mut self, key: &'static str) -> Option<(&'a Value, Pointer)> {
        self.known.push(key);
        let value = self.entries.get(key).filter(|value| !value.is_null())?;
        Some((value, self.at.child(key)))
    }

    /// Returns a non-empty string.
    pub(super) fn text(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        let (value, at) = self.take(key)?;
        match value
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            Some(text) => Some(text.into()),
            None => {
                wrong(report, &at, "a non-empty string");
                None
            }
        }
    }

    /// Returns a required string.
    pub(super) fn needed(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        if self.entries.get(key).is_none_or(Value::is_null) {
            self.known.push(key);
            report.add(
                Code::BadClientValue,
                &self.at,
                format!("`{key}` is missing"),
            );
            return None;
        }
        self.text(key, report)
    }

    pub(super) fn flag(&mut self, key: &'static str, report: &mut Report) -> Option<bool> {
        let (value, at) = self.take(key)?;
        let flag = value.as_bool();
        if flag.is_none() {
            wrong(report, &at, "a boolean");
        }
        flag
    }

    /// Returns whether the value of a key is a boolean.
    pub(super) fn is_flag(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(Value::is_boolean)
    }

    pub(super) fn object(&mut self, key: &'static str, report: &mut Report) -> Option<Self> {
        let (value, at) = self.take(key)?;
        Self::new(value, at, report)
    }

    /// Returns a list of objects.
    pub(super) fn objects(&mut self, key: &'static str, report: &mut Report) -> Option<Vec<Self>> {
        let (list, at) = self.list(key, report)?;
        let read = |(index, value)| Self::new(value, at.child(&format!("{index}")), report);
        Some(list.iter().enumerate().filter_map(read).collect())
    }

    /// Returns a list of strings.
    pub(super) fn texts(&mut self, key: &'static str, report: &mut Report) -> Vec<String> {
        let Some((list, at)) = self.list(key, report) else {
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(list.len());
        for (index, value) in list.iter().enumerate() {
            match value.as_str() {
                Some(text) => texts.push(text.into()),
                None => {
                    report.add(
                        Code::BadClientValue,
                        &at.child(&index.to_string()),
                        format!("an item of `{key}` is not a string"),
                    );
                }
            }
        }
        texts
    }

    fn list(&mut self, key: &'static str, report: &mut Report) -> Option<(&'a [Value], Pointer)> {
        let (value, at) = self.take(key)?;
        match value {
            Value::Array(list) => Some((list, at)),
            _ => {
                wrong(report, &at, "a list");
                None
            }
        }
    }

    /// Returns the name of a method, which is required.
    pub(super) fn needed_word(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        let word = self.needed(key, report)?;
        if !is_word(&word) {
            let text = format!("`{word}` must consist of letters, digits and underscores");
            report.add(Code::BadClientValue, &self.at.child(key), text);
            return None;
        }
        Some(word)
    }

    /// Returns a resource as names that dots join. An empty string stands for the client itself.
    pub(super) fn resource(
        &mut self,
        key: &'static str,
        report: &mut Report,
    ) -> Option<Vec<String>> {
        let (value, at) = self.take(key)?;
        let text = value.as_str().map(str::trim);
        let words = text.filter(|text| !text.is_empty()).into_iter();
        let words: Vec<&str> = words.flat_map(|text| text.split('.')).collect();
        if text.is_none() || !words.iter().all(|word| is_word(word)) {
            let help = "an empty string stands for the client itself";
            let text = "`resource` must be names joined by dots, such as `users.profile`";
            report
                .add(Code::BadClientValue, &at, text)
                .help(Some(help.into()));
            return None;
        }
        Some(words.into_iter().map(str::to_owned).collect())
    }

    /// Reports the keys that nothing has read.
    pub(super) fn done(self, report: &mut Report) {
        for key in self
            .entries
            .keys()
            .filter(|key| !self.known.contains(&key.as_str()))
        {
            report
                .add(
                    Code::UnknownClientKey,
                    &self.at.child(key),
                    format!("the key `{key}` does not exist here"),
                )
                .help(Some(format!("known keys: {}", self.known.join(", "))));
        }
    }
}

/// Returns whether a text can be a name in Rust, perhaps with other separators.
fn is_word(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.chars().all(is_part) && text.contains(char::is_alphanumeric)
}

fn wrong(report: &mut Report, at: &Pointer, wanted: &str) {
    let key = at
        .split()
        .map_or_else(|| "this".into(), |(_, key)| format!("`{key}`"));
    report.add(Code::BadClientValue, at, format!("{key} must be {wanted}"));
}

/// Reports `x-client` in places where it has no effect.
pub(super) fn unread(extensions: &IndexMap<String, Value>, at: &Pointer, report: &mut Report) {
    if extensions.contains_key(KEY) {
        report.add(
            Code::UnknownClientKey,
            &at.child(KEY),
            "x-client has no effect here",
        );
    }
}

/// Checks each `x-client` in a schema once, so [`schema_name`] need not report it, and reports it where it has no effect.
pub(super) fn check(cx: &mut Cx) {
    let doc = cx.doc;
    let root = Pointer::root();
    unread(&doc.info.extensions, &root.child("info"), cx.report);
    unread(
        &doc.openapi.paths.extensions,
        &root.child("paths"),
        cx.report,
    );
    for (index, tag) in doc.tags.iter().enumerate() {
        let at = root.child("tags").child(&index.to_string());
        unread(&tag.extensions, &at, cx.report);
    }
    for (at, entry) in doc.places.iter().zip(&doc.schemas) {
        let Entry::Schema(view) = entry else {
            continue;
        };
        if let Some(value) = view.data.extensions.get(KEY) {
            name_only(value, at, cx.report);
        }
    }
}

/// Returns the name in a value of `x-client` that can contain only a name.
pub(super) fn name_only(value: &Value, at: &Pointer, report: &mut Report) -> Option<String> {
    let mut keys = Keys::new(value, at.child(KEY), report)?;
    let name = keys.text("name", report);
    keys.done(report);
    name
}

/// Returns the name that `x-client` gives a parameter.
pub(super) fn parameter_name(value: &Value, at: &Pointer, report: &mut Report) -> Option<String> {
    let mut keys = Keys::new(value, at.child(KEY), report)?;
    let name = keys.text("name", report);
    check_lists(&mut keys, report);
    keys.done(report);
    name
}

/// The keywords for how a list within a `deepObject` is written.
const LISTS: [(&str, NestedList); 3] = [
    ("brackets", NestedList::Brackets),
    ("indices", NestedList::Indices),
    ("repeated", NestedList::Repeated),
];

fn check_lists(keys: &mut Keys, report: &mut Report) {
    if let Some(word) = keys.text("lists", report)
        && !LISTS.iter().any(|(known, _)| *known == word)
    {
        wrong(
            report,
            &keys.at.child("lists"),
            "`brackets`, `indices` or `repeated`",
        );
    }
}

/// Returns how lists within objects are written.
pub(super) fn lists(extensions: &IndexMap<String, Value>) -> Option<NestedList> {
    let word = extensions.get(KEY)?.get("lists")?.as_str()?.trim();
    let found = LISTS.iter().find(|(known, _)| *known == word)?;
    Some(found.1)
}

/// Returns the name that `x-client` gives a schema.
pub(super) fn schema_name(view: &SchemaView) -> Option<String> {
    let name = view.data.extensions.get(KEY)?.get("name")?.as_str()?.trim();
    (!name.is_empty()).then(|| name.into())
}
