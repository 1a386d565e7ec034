// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Writes the values of parameters by style (OpenAPI 3.2, "Style Values"; RFC 6570).
//!
//! In: the name and the value of a parameter. Out: text with exactly the bytes that are sent. Not here: the order of
//! parameters, the rest of a URL or a header.

use super::escape::{Kept, PATH_VALUE, QUERY_VALUE, kept, push_escaped, push_raw};
use super::param::ParamValue;

/// The reserved characters that a query value may contain. They exclude `&`, `+` and `#`, which
/// have a meaning in forms.
const RESERVED: Kept = kept(b"-._~:/?@!$'()*,;=");

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    syntax: Syntax,
    /// Whether items and members are separate values.
    explode: bool,
    /// Whether reserved characters are kept unescaped.
    reserved: bool,
    /// Whether an empty list or a missing value is sent as an empty text.
    empty: bool,
    /// Whether the value is the whole query.
    bare: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject(NestedList),
    Cookie,
    /// One JSON value.
    Json,
}

/// How a list within a `deepObject` is written. Items that are lists or objects always have an
/// index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NestedList {
    /// `filter[tags][]=a&filter[tags][]=b`
    Brackets,
    /// `filter[tags][0]=a&filter[tags][1]=b`
    Indices,
    /// `filter[tags]=a&filter[tags]=b`
    Repeated,
}

impl Style {
    pub(crate) const SIMPLE: Self = Self::new(Syntax::Simple, false);
    pub(crate) const LABEL: Self = Self::new(Syntax::Label, false);
    pub(crate) const MATRIX: Self = Self::new(Syntax::Matrix, false);
    pub(crate) const FORM: Self = Self::new(Syntax::Form, true);
    pub(crate) const SPACE_DELIMITED: Self = Self::new(Syntax::SpaceDelimited, false);
    pub(crate) const PIPE_DELIMITED: Self = Self::new(Syntax::PipeDelimited, false);
    pub(crate) const DEEP_OBJECT: Self = Self::new(Syntax::DeepObject(NestedList::Brackets), true);
    pub(crate) const COOKIE: Self = Self::new(Syntax::Cookie, true);
    pub(crate) const JSON: Self = Self::new(Syntax::Json, false);

    const fn new(syntax: Syntax, explode: bool) -> Self {
        Self {
            syntax,
            explode,
            reserved: false,
            empty: false,
            bare: false,
        }
    }

    /// Returns whether the value is JSON.
    pub(crate) fn is_json(self) -> bool {
        self.syntax == Syntax::Json
    }

    /// Returns whether a missing value is sent as an empty text.
    pub(crate) fn may_be_empty(self) -> bool {
        self.empty
    }

    /// Sets `explode: true`.
    pub(crate) const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Sets `explode: false`.
    pub(crate) const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// Sets `allowReserved: true`.
    pub(crate) const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// Sets `allowEmptyValue: true`.
    pub(crate) const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Sets `in: querystring`.
    pub(crate) const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// Writes lists within a `deepObject` with an index per item.
    pub(crate) const fn indices(mut self) -> Self {
        self.syntax = Syntax::DeepObject(NestedList::Indices);
        self
    }

    /// Writes lists within a `deepObject` with a repeated name.
    pub(crate) const fn repeated(mut self) -> Self {
        self.syntax = Syntax::DeepObject(NestedList::Repeated);
        self
    }

    /// Writes a value for a path. `separators` are the characters that the template has between
    /// this value and others.
    pub(crate) fn path(self, name: &str, value: &ParamValue, separators: &[u8]) -> Option<String> {
        let parts = self.parts(name, value);
        let mut kept = match self.syntax {
            Syntax::Label | Syntax::Matrix if !self.reserved => QUERY_VALUE,
            _ => PATH_VALUE,
        };
        let own: &[u8] = match (self.syntax, &parts) {
            (Syntax::Label, _) => b".,=",
            (Syntax::Matrix, _) => b";,=",
            (_, Parts::Nothing | Parts::One(_)) => b"",
            (_, Parts::List(_) | Parts::Members(_)) => b",=",
        };
        for byte in own.iter().chain(separators) {
            kept[usize::from(*byte)] = false;
        }
        let escape = |out: &mut String, text: &str| self.push(out, text, &kept);
        let expansion = Expansion {
            escape: &escape,
            ..match self.syntax {
                Syntax::Label => Expansion::new(".", if self.explode { "." } else { "," }),
                Syntax::Matrix => Expansion::new(";", ";").named(""),
                _ => Expansion::new("", ","),
            }
        };
        expansion.write(name, &parts, self.explode)
    }

    /// Writes a value as escaped pairs of a query: `color=blue&color=black`. Returns `None` if
    /// nothing is sent.
    ///
    /// # Errors
    ///
    /// Fails if a value has the separator of a style that can't escape it.
    pub(crate) fn query(
        self,
        name: &str,
        value: &ParamValue,
    ) -> Result<Option<String>, &'static str> {
        let mut parts = self.parts(name, value);
        if self.empty && matches!(parts, Parts::Nothing) {
            parts = Parts::One(String::new());
        }
        let (delimiter, refused) = match self.syntax {
            Syntax::SpaceDelimited => (
                "%20",
                Some((' ', "a value has a space, which separates values")),
            ),
            Syntax::PipeDelimited => (
                "%7C",
                Some(('|', "a value has a `|`, which separates values")),
            ),
            _ => (",", None),
        };
        match refused {
            Some((character, reason)) if !self.explode && parts.contain(character) => {
                return Err(reason);
            }
            _ => {}
        }
        let mut kept = if self.reserved { RESERVED } else { QUERY_VALUE };
        if !self.explode && !matches!(parts, Parts::Nothing | Parts::One(_)) {
            kept[usize::from(b',')] = false;
        }
        let escape = |out: &mut String, text: &str| self.push(out, text, &kept);
        let expansion = Expansion {
            delimiter,
            is_named: !self.bare,
            escape: &escape,
            ..Expansion::new("", "&").named("=")
        };
        Ok(expansion.write(name, &parts, self.explode))
    }

    /// Writes a value for a header. It isn't escaped, because headers have no escapes (OpenAPI 3.2,
    /// "Fixed Fields for use with `schema`").
    pub(crate) fn header(self, value: &ParamValue) -> Option<String> {
        Expansion::new("", ",").write("", &self.parts("", value), self.explode)
    }

    /// Writes a value as pairs of a `Cookie` header: `color=blue; color=black`.
    ///
    /// # Errors
    ///
    /// Fails if a value that is not escaped has the separator of cookies.
    pub(crate) fn cookie(
        self,
        name: &str,
        value: &ParamValue,
    ) -> Result<Option<String>, &'static str> {
        let parts = self.parts(name, value);
        let is_plain = self.syntax == Syntax::Cookie;
        if is_plain && parts.contain(';') {
            return Err("a value has a `;`, which separates cookies");
        }
        let escape = |out: &mut String, text: &str| match is_plain {
            true => out.push_str(text),
            false => push_escaped(out, text, &QUERY_VALUE),
        };
        let expansion = Expansion {
            is_raw: true,
            escape: &escape,
            ..Expansion::new("", "; ").named("=")
        };
        Ok(expansion.write(name, &parts, self.explode))
    }

    fn push(self, out: &mut String, text: &str, kept: &Kept) {
        match self.reserved {
            true => push_raw(out, text, kept),
            false => push_escaped(out, text, kept),
        }
    }

    fn parts(self, name: &str, value: &ParamValue) -> Parts {
        let parts = match (self.syntax, value) {
            (_, ParamValue::Null) => Parts::Nothing,
            (Syntax::Json, value) => Parts::One(value.json()),
            (_, ParamValue::Text(text) | ParamValue::Literal(text)) => Parts::One(text.clone()),
            (Syntax::DeepObject(list), ParamValue::List(_) | ParamValue::Object(_)) => {
                let mut members = Vec::new();
                add_nested(list, name.to_owned(), value, &mut members);
                Parts::Members(members)
            }
            (_, ParamValue::List(items)) => Parts::List(items.iter().filter_map(flat).collect()),
            (_, ParamValue::Object(members)) => Parts::Members(self.members(members)),
        };
        match parts {
            Parts::List(items) if items.is_empty() => Parts::Nothing,
            Parts::Members(members) if members.is_empty() => Parts::Nothing,
            parts => parts,
        }
    }

    /// Returns the members of an object as texts. If members are separate values, a list repeats
    /// the name of its member.
    fn members(self, members: &[(String, ParamValue)]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (name, value) in members {
            let values = match value {
                ParamValue::List(items) if self.explode => items.as_slice(),
                value => std::slice::from_ref(value),
            };
            let texts = values.iter().filter_map(flat);
            found.extend(texts.map(|text| (name.clone(), text)));
        }
        found
    }
}

/// Returns a value without parts as text, and any other value as JSON, because only `deepObject`
/// can write nested values.
fn flat(value: &ParamValue) -> Option<String> {
    match value {
        ParamValue::Null => None,
        ParamValue::Text(text) | ParamValue::Literal(text) => Some(text.clone()),
        ParamValue::List(_) | ParamValue::Object(_) => Some(value.json()),
    }
}

/// Adds the leaves of a value, each with its path in brackets.
fn add_nested(
    list: NestedList,
    name: String,
    value: &ParamValue,
    found: &mut Vec<(String, String)>,
) {
    match value {
        ParamValue::Null => {}
        ParamValue::Text(text) | ParamValue::Literal(text) => found.push((name, text.clone())),
        ParamValue::Object(members) => {
            for (member, value) in members {
                add_nested(list, format!("{name}[{member}]"), value, found);
            }
        }
        ParamValue::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = match (list, item.text()) {
                    (NestedList::Brackets, Some(_)) => format!("{name}[]"),
                    (NestedList::Repeated, Some(_)) => name.clone(),
                    (NestedList::Indices, _) | (_, None) => format!("{name}[{index}]"),
                };
                add_nested(list, name, item, found);
            }
        }
    }
}

/// The texts of a value. Undefined values are omitted (RFC 6570, section 2.3).
enum Parts {
    Nothing,
    One(String),
    List(Vec<String>),
    Members(Vec<(String, String)>),
}

impl Parts {
    /// Returns whether any of the texts contains a character.
    fn contain(&self, character: char) -> bool {
        match self {
            Self::Nothing => false,
            Self::One(text) => text.contains(character),
            Self::List(items) => items.iter().any(|item| item.contains(character)),
            Self::Members(members) => {
                let mut members = members.iter();
                members.any(|(name, text)| name.contains(character) || text.contains(character))
            }
        }
    }
}

/// How parts are joined to one text: a row of the table in RFC 6570, appendix A.
struct Expansion<'a> {
    /// The prefix of the whole text.
    prefix: &'static str,
    /// The separator between separate values.
    separator: &'static str,
    /// The separator between items and members of one value.
    delimiter: &'static str,
    /// Whether the name of the parameter precedes its values.
    is_named: bool,
    /// The text between a name and an empty value.
    before_empty: &'static str,
    /// Whether the name of the parameter is kept unescaped.
    is_raw: bool,
    escape: &'a dyn Fn(&mut String, &str),
}

impl Expansion<'_> {
    const fn new(prefix: &'static str, separator: &'static str) -> Self {
        Self {
            prefix,
            separator,
            delimiter: ",",
            is_named: false,
            before_empty: "",
            is_raw: false,
            escape: &|out, text| out.push_str(text),
        }
    }

    const fn named(mut self, before_empty: &'static str) -> Self {
        self.is_named = true;
        self.before_empty = before_empty;
        self
    }

    fn write(&self, name: &str, parts: &Parts, explode: bool) -> Option<String> {
        let mut out = String::from(self.prefix);
        match (parts, explode) {
            (Parts::Nothing, _) => return None,
            (Parts::One(text), _) => self.value(&mut out, name, text),
            (Parts::List(items), true) => {
                for (index, item) in items.iter().enumerate() {
                    self.separate(&mut out, index, self.separator);
                    self.value(&mut out, name, item);
                }
            }
            (Parts::List(items), false) => {
                self.name(&mut out, name);
                for (index, item) in items.iter().enumerate() {
                    self.separate(&mut out, index, self.delimiter);
                    (self.escape)(&mut out, item);
                }
            }
            (Parts::Members(members), true) => {
                for (index, (name, text)) in members.iter().enumerate() {
                    self.separate(&mut out, index, self.separator);
                    (self.escape)(&mut out, name);
                    match self.is_named && text.is_empty() {
                        true => out.push_str(self.before_empty),
                        false => {
                            out.push('=');
                            (self.escape)(&mut out, text);
                        }
                    }
                }
            }
            (Parts::Members(members), false) => {
                self.name(&mut out, name);
                for (index, (name, text)) in members.iter().enumerate() {
                    self.separate(&mut out, index, self.delimiter);
                    (self.escape)(&mut out, name);
                    out.push_str(self.delimiter);
                    (self.escape)(&mut out, text);
                }
            }
        }
        Some(out)
    }

    fn separate(&self, out: &mut String, index: usize, separator: &str) {
        if index > 0 {
            out.push_str(separator);
        }
    }

    /// Writes the name of the parameter and an equals sign, if the name is needed.
    fn name(&self, out: &mut String, name: &str) {
        if self.is_named {
            self.push_name(out, name);
            out.push('=');
        }
    }

    fn push_name(&self, out: &mut String, name: &str) {
        match self.is_raw {
            true => out.push_str(name),
            false => push_escaped(out, name, &QUERY_VALUE),
        }
    }

    fn value(&self, out: &mut String, name: &str, text: &str) {
        if self.is_named && text.is_empty() {
            self.push_name(out, name);
            out.push_str(self.before_empty);
        } else {
            self.name(out, name);
            (self.escape)(out, text);
        }
    }
}
