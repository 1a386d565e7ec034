//! `x-client`, the one extension with which a document speaks to this generator.
//!
//! In: its payloads. Out: [`ClientSettings`], and readers for the other stages. Unknown keys and wrong types are diagnostics.
//! Not here: what the settings do.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::schema::cx::Cx;
use crate::document::{Entry, SchemaView};
use crate::model::api::{
    ClientSettings, ErrorShape, ExampleFile, HeaderSetting, Misfits, NestedList, Package, Signature,
};
use crate::report::{Code, Pointer, Report};

/// The key of the extension.
pub(super) const KEY: &str = "x-client";

/// An object with a fixed set of keys: what is not asked for before [`Keys::done`] is unknown.
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

    /// Returns a string that is not empty.
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

    /// Returns a string without which the object means nothing.
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

    /// Returns a list of strings, or the same as one string with dots.
    pub(super) fn path(&mut self, key: &'static str, report: &mut Report) -> Option<Vec<String>> {
        match self.entries.get(key) {
            Some(Value::Array(_)) => Some(self.texts(key, report)),
            _ => self
                .text(key, report)
                .map(|text| text.split('.').map(String::from).collect()),
        }
    }

    /// Reports the keys that nothing asked for.
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

fn wrong(report: &mut Report, at: &Pointer, wanted: &str) {
    let key = at
        .split()
        .map_or_else(|| "this".into(), |(_, key)| format!("`{key}`"));
    report.add(Code::BadClientValue, at, format!("{key} must be {wanted}"));
}

/// Returns the settings at the root of the document.
pub(super) fn settings(cx: &mut Cx) -> ClientSettings {
    let defaults = ClientSettings {
        request_id_header: "x-request-id".into(),
        idempotency_header: "Idempotency-Key".into(),
        ..ClientSettings::default()
    };
    let doc = cx.doc;
    let report = &mut *cx.report;
    let Some(value) = doc.openapi.extensions.get(KEY) else {
        return defaults;
    };
    let Some(mut keys) = Keys::new(value, Pointer::root().child(KEY), report) else {
        return defaults;
    };
    let settings = ClientSettings {
        package: keys
            .object("crate", report)
            .map(|keys| package(keys, report))
            .unwrap_or_default(),
        base_url_env: keys
            .object("baseUrl", report)
            .and_then(|keys| env(keys, report)),
        headers: headers(&mut keys, report),
        extra_headers_env: keys
            .object("extraHeaders", report)
            .and_then(|keys| env(keys, report)),
        request_id_header: keys
            .text("requestId", report)
            .unwrap_or(defaults.request_id_header),
        idempotency_header: keys
            .text("idempotencyKey", report)
            .unwrap_or(defaults.idempotency_header),
        errors: keys
            .object("errors", report)
            .map(|keys| errors(keys, report))
            .unwrap_or_default(),
        misfits: misfits(&mut keys, report),
        signature: keys
            .object("webhooks", report)
            .and_then(|keys| signature(keys, report)),
        program: keys
            .object("cli", report)
            .and_then(|keys| program(keys, report)),
        examples: keys
            .texts("examples", report)
            .into_iter()
            .filter_map(|path| {
                let text = doc.files.get(&path)?.clone();
                let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
                Some(ExampleFile { name, text })
            })
            .collect(),
    };
    check_lists(&mut keys, report);
    keys.done(report);
    settings
}

fn package(mut keys: Keys, report: &mut Report) -> Package {
    let package = Package {
        name: keys.text("name", report),
        version: keys.text("version", report),
        description: keys.text("description", report),
        license: keys.text("license", report),
        repository: keys.text("repository", report),
        homepage: keys.text("homepage", report),
        documentation: keys.text("documentation", report),
        authors: keys.texts("authors", report),
        keywords: keys.texts("keywords", report),
        categories: keys.texts("categories", report),
    };
    keys.done(report);
    package
}

/// Returns an object that names an environment variable and nothing else.
fn env(mut keys: Keys, report: &mut Report) -> Option<String> {
    let env = keys.text("env", report);
    keys.done(report);
    env
}

/// How webhooks are signed.
fn signature(mut keys: Keys, report: &mut Report) -> Option<Signature> {
    let name = keys.text("signature", report)?;
    let at = keys.at.child("signature");
    keys.done(report);
    if name != STANDARD_WEBHOOKS {
        wrong(report, &at, &format!("`{STANDARD_WEBHOOKS}`"));
        return None;
    }
    Some(Signature::StandardWebhooks)
}

/// The value of `webhooks.signature` for Standard Webhooks.
const STANDARD_WEBHOOKS: &str = "standard-webhooks";

/// Returns the name of the command line client.
fn program(mut keys: Keys, report: &mut Report) -> Option<String> {
    let name = keys.text("name", report);
    let name = name.filter(|name| {
        let fits = is_program_name(name);
        if !fits {
            wrong(report, &keys.at.child("name"), "the name of a program");
        }
        fits
    });
    keys.done(report);
    name
}

/// Returns whether Cargo accepts the name for a program, and shells for a command.
fn is_program_name(name: &str) -> bool {
    // Cargo puts programs beside folders of its own.
    const FOLDERS: [&str; 4] = ["build", "deps", "examples", "incremental"];
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !FOLDERS.contains(&name)
}

fn headers(keys: &mut Keys, report: &mut Report) -> Vec<HeaderSetting> {
    let mut found = Vec::new();
    for mut keys in keys.objects("headers", report).unwrap_or_default() {
        let (name, header) = (keys.needed("name", report), keys.needed("header", report));
        let (env, description) = (keys.text("env", report), keys.text("description", report));
        keys.done(report);
        if let (Some(name), Some(header)) = (name, header) {
            found.push(HeaderSetting {
                name,
                header,
                env,
                description,
            });
        }
    }
    found
}

/// An `errors` object replaces the defaults as a whole: members that it does not name are absent.
fn errors(mut keys: Keys, report: &mut Report) -> ErrorShape {
    let defaults = ErrorShape::default();
    let errors = ErrorShape {
        envelope: keys.text("envelope", report),
        message: keys.text("message", report).unwrap_or(defaults.message),
        kind: keys.text("type", report).unwrap_or(defaults.kind),
        code: keys.text("code", report).unwrap_or(defaults.code),
        param: keys.text("param", report).unwrap_or(defaults.param),
    };
    keys.done(report);
    errors
}

/// Returns what becomes of values that fit no variant of their union.
fn misfits(keys: &mut Keys, report: &mut Report) -> Misfits {
    match keys.text("misfits", report).as_deref() {
        None => Misfits::default(),
        Some("keep") => Misfits::Keep,
        Some("refuse") => Misfits::Refuse,
        Some(_) => {
            wrong(report, &keys.at.child("misfits"), "`keep` or `refuse`");
            Misfits::default()
        }
    }
}

/// Reports payloads where nothing reads them.
pub(super) fn unread(extensions: &IndexMap<String, Value>, at: &Pointer, report: &mut Report) {
    if extensions.contains_key(KEY) {
        report.add(
            Code::UnknownClientKey,
            &at.child(KEY),
            "x-client has no effect here",
        );
    }
}

/// Checks all of `x-client` in schemas once, so [`schema_name`] need not report, and reports it
/// where nothing reads it.
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

/// Returns a payload that can only have a name.
pub(super) fn name_only(value: &Value, at: &Pointer, report: &mut Report) -> Option<String> {
    let mut keys = Keys::new(value, at.child(KEY), report)?;
    let name = keys.text("name", report);
    keys.done(report);
    name
}

/// Returns the payload of a parameter.
pub(super) fn parameter_name(value: &Value, at: &Pointer, report: &mut Report) -> Option<String> {
    let mut keys = Keys::new(value, at.child(KEY), report)?;
    let name = keys.text("name", report);
    check_lists(&mut keys, report);
    keys.done(report);
    name
}

/// The words for how a list within a `deepObject` is written.
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

/// How lists within objects are written.
pub(super) fn lists(extensions: &IndexMap<String, Value>) -> Option<NestedList> {
    let word = extensions.get(KEY)?.get("lists")?.as_str()?.trim();
    let found = LISTS.iter().find(|(known, _)| *known == word)?;
    Some(found.1)
}

/// Returns the name that a schema is given.
pub(super) fn schema_name(view: &SchemaView) -> Option<String> {
    let name = view.data.extensions.get(KEY)?.get("name")?.as_str()?.trim();
    (!name.is_empty()).then(|| name.into())
}
