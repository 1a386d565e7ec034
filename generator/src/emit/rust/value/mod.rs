//! Values as a person writes them: constructors, variants of enums, lists.
//!
//! In: a type, and the JSON of a value that fits it. Out: an expression, the statements before it, and what they import. Not here:
//! which values are sent (`plan`), values of tests, which are read from JSON (see `call`).

mod structures;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Literal;
use serde_json::Value;

use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, array, call, code, object, string, tuple};
use crate::emit::rust::literal;
use crate::emit::rust::ty;
use crate::emit::text::request::FILE;
use crate::model::api::{Scalar, Shape, Ty, TypeId};
use crate::model::ty::resolve;
use crate::model::words::singular;
use crate::plan::exchange;
use crate::plan::members::{Member, Optionality};
use crate::plan::names::{Case, Name, Scope};

/// Variables that the call needs after the values have theirs.
const LOCALS: &[&str] = &["client"];

/// The longest value within another one, in characters. A longer one gets a variable.
const LONGEST: usize = 48;

/// The imports of values.
#[derive(Default)]
pub struct Uses<'a> {
    /// Types of the document.
    pub types: BTreeSet<&'a Name>,
    /// Items of the runtime.
    pub runtime: BTreeSet<&'static str>,
    pub has_maps: bool,
    pub has_json: bool,
}

impl Uses<'_> {
    /// Returns whether a value opens a file, which may fail.
    pub fn opens_files(&self) -> bool {
        self.runtime.contains("FilePart")
    }
}

/// Writes the values of a program.
pub struct Values<'a, 'b> {
    cx: &'b EmitCx<'a>,
    locals: Scope,
    /// The last variable of each word.
    last: BTreeMap<String, Name>,
    pub uses: Uses<'a>,
    /// Statements, which give variables to long values and to values with optional parts.
    pub before: Vec<RustCode>,
}

impl<'a, 'b> Values<'a, 'b> {
    /// Returns a writer for a program with another variable.
    pub fn new(cx: &'b EmitCx<'a>, other: Option<&Name>) -> Self {
        let mut locals = Scope::new(Case::Snake, LOCALS);
        other.into_iter().for_each(|name| locals.reserve(name));
        Self {
            cx,
            locals,
            last: BTreeMap::new(),
            uses: Uses::default(),
            before: Vec::new(),
        }
    }

    /// Returns a value for an argument, which takes any text and any list. `word` names a variable
    /// for it.
    pub fn argument(&mut self, ty: &Ty, value: &Value, word: &str) -> Option<RustCode> {
        let argument = self.inline_argument(ty, value, word)?;
        Some(self.short(argument, word))
    }

    /// Returns a value for an argument that also takes what a variant of its union holds, unless that would need a type to be read.
    pub fn converted(&mut self, ty: &Ty, value: &Value, word: &str) -> Option<RustCode> {
        let converted = self.inline_converted(ty, value, word)?;
        Some(self.short(converted, word))
    }

    fn inline_converted(&mut self, ty: &Ty, value: &Value, word: &str) -> Option<RustCode> {
        match (resolve(self.cx.api, ty), value) {
            (Ty::List(item), Value::Array(items)) if self.cx.converts(item) => {
                self.converted_items(item, items, word)
            }
            (Ty::Named(_), value) => match self.held(ty, value) {
                Some((_, held)) => self.inline_argument(held, value, word),
                None => self.value(ty, value, word),
            },
            (ty, value) => self.inline_argument(ty, value, word),
        }
    }

    /// Returns items that convert alike, or else as variants.
    fn converted_items(&mut self, item: &Ty, items: &[Value], word: &str) -> Option<RustCode> {
        let held: Option<Vec<(usize, &Ty)>> =
            items.iter().map(|value| self.held(item, value)).collect();
        let items = match held.as_deref() {
            Some([(first, held), others @ ..]) if others.iter().all(|(it, _)| it == first) => {
                match self.inline_argument(
                    &Ty::List(Box::new((*held).clone())),
                    &items.into(),
                    word,
                ) {
                    Some(list) => return Some(list),
                    None => self.items(item, items, word)?,
                }
            }
            _ => self.items(item, items, word)?,
        };
        if let (true, Ty::Named(id)) = (items.is_empty(), resolve(self.cx.api, item)) {
            let name = &self.cx.names.ty(*id).name;
            if self.cx.outline.ty(*id).is_unnamed {
                return Some(array(&items));
            }
            self.uses.types.insert(name);
            return Some(code!("Vec::<", name, ">::new()"));
        }
        Some(array(&items))
    }

    /// Returns the variant of a union that a value is, and its type, if a value of that type is a text, a list or an object.
    fn held(&self, ty: &Ty, value: &Value) -> Option<(usize, &'b Ty)> {
        let api = self.cx.api;
        let Ty::Named(id) = resolve(api, ty) else {
            return None;
        };
        let shape = &api.types[id.0].shape;
        let Shape::Union { variants, .. } = shape else {
            return None;
        };
        let index = exchange::variant_index(api, self.cx.outline, shape, value)?;
        let variant = &variants[index];
        let is_clear = match (resolve(api, &variant.ty), value) {
            (Ty::Scalar(Scalar::String), _) => true,
            (Ty::List(_), Value::Array(items)) => !items.is_empty(),
            (Ty::Named(held), _) => matches!(api.types[held.0].shape, Shape::Struct { .. }),
            _ => false,
        };
        let converts = self
            .cx
            .outline
            .ty(*id)
            .conversions
            .variants
            .contains(&index);
        (is_clear && converts).then_some((index, &variant.ty))
    }

    /// Returns a reference to a value of exactly this type.
    pub fn reference(&mut self, ty: &Ty, value: &Value, word: &str) -> Option<RustCode> {
        let value = self.value(ty, value, word)?;
        Some(code!("&", self.short(value, word)))
    }

    /// Gives a variable to a long value of several parts.
    fn short(&mut self, value: RustCode, word: &str) -> RustCode {
        let is_short = value.text().len() <= LONGEST || !value.text().ends_with([')', ']', '?']);
        if is_short {
            return value;
        }
        let local = self.local(word, &value);
        self.before.push(code!("let ", &local, " = ", value, ";"));
        code!(&local)
    }

    /// Returns a variable. That of the same word is shadowed if the value takes it.
    fn local(&mut self, word: &str, value: &RustCode) -> Name {
        let inner = value.text().trim_end_matches([')', ']', '}']);
        if let Some(last) = self.last.get(word)
            && inner
                .strip_suffix(last.as_str())
                .is_some_and(|before| before.ends_with('('))
        {
            return last.clone();
        }
        let local = self.locals.claim(word);
        self.last.insert(word.to_owned(), local.clone());
        local
    }

    fn inline_argument(&mut self, ty: &Ty, value: &Value, word: &str) -> Option<RustCode> {
        let api = self.cx.api;
        match (resolve(api, ty), value) {
            (Ty::Scalar(Scalar::String), Value::String(text)) => Some(string(text)),
            (Ty::List(item), Value::Array(items)) => match resolve(api, item) {
                // The type of an empty list of texts cannot be inferred.
                Ty::Scalar(Scalar::String) if items.is_empty() => {
                    Some(code!("Vec::<String>::new()"))
                }
                Ty::Scalar(Scalar::String) => {
                    let texts = items.iter().map(|text| text.as_str().map(string));
                    Some(array(&texts.collect::<Option<Vec<_>>>()?))
                }
                _ => Some(array(&self.items(item, items, word)?)),
            },
            (_, _) => self.value(ty, value, word),
        }
    }

    /// Returns a value of exactly this type.
    pub fn value(&mut self, ty: &Ty, value: &Value, word: &str) -> Option<RustCode> {
        match (resolve(self.cx.api, ty), value) {
            (Ty::Any(_), value) => Some(self.any(value)),
            (Ty::Nullable(_), Value::Null) => Some(code!("None")),
            (Ty::Nullable(inner), value) => Some(call("Some", &[self.value(inner, value, word)?])),
            (Ty::Scalar(scalar), value) => self.scalar(*scalar, value),
            (Ty::List(item), Value::Array(items)) => {
                Some(code!("vec!", array(&self.items(item, items, word)?)))
            }
            (Ty::Map(entry), Value::Object(members)) => {
                self.uses.has_maps = true;
                if members.is_empty() {
                    return Some(code!("BTreeMap::new()"));
                }
                let entries = self.entries(entry, members, word)?;
                let pairs = entries.into_iter().map(|entry| tuple(&entry));
                let pairs: Vec<RustCode> = pairs.collect();
                Some(call("BTreeMap::from", &[array(&pairs)]))
            }
            (Ty::Tuple(types), Value::Array(items)) => {
                let items = types.iter().zip(items);
                let items = items.map(|(ty, value)| self.value(ty, value, word));
                Some(tuple(&items.collect::<Option<Vec<_>>>()?))
            }
            (Ty::Named(id), value) => self.defined(*id, value, word),
            (Ty::List(_) | Ty::Map(_) | Ty::Tuple(_), _) => None,
        }
    }

    fn items(&mut self, item: &Ty, items: &[Value], word: &str) -> Option<Vec<RustCode>> {
        let word = singular(word);
        let items = items.iter().map(|value| {
            let value = self.value(item, value, &word)?;
            Some(self.short(value, &word))
        });
        items.collect()
    }

    /// Returns the names and the values of a map, by name.
    fn entries(
        &mut self,
        entry: &Ty,
        members: &serde_json::Map<String, Value>,
        word: &str,
    ) -> Option<Vec<[RustCode; 2]>> {
        let word = singular(word);
        let sorted: BTreeMap<&String, &Value> = members.iter().collect();
        let entries = sorted.into_iter().map(|(name, value)| {
            let value = self.value(entry, value, &word)?;
            Some([code!(string(name), ".to_owned()"), self.short(value, &word)])
        });
        entries.collect()
    }

    fn scalar(&mut self, scalar: Scalar, value: &Value) -> Option<RustCode> {
        match (scalar, value) {
            (Scalar::String, Value::String(text)) => Some(code!(string(text), ".to_owned()")),
            (Scalar::File, _) => {
                self.uses.runtime.insert("FilePart");
                Some(code!("FilePart::open(", string(FILE), ")?"))
            }
            (Scalar::QuotedI64 | Scalar::QuotedU64, Value::String(digits)) => {
                self.uses.runtime.insert("Quoted");
                let number = match scalar {
                    Scalar::QuotedI64 => Literal::i64_unsuffixed(digits.parse().ok()?),
                    _ => Literal::u64_unsuffixed(digits.parse().ok()?),
                };
                Some(code!("Quoted::Value(", number, ")"))
            }
            (scalar, value) => literal::of_scalar(scalar, value),
        }
    }

    /// Returns a value without a type.
    fn any(&mut self, value: &Value) -> RustCode {
        match value {
            Value::String(text) => code!(string(text), ".into()"),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => {
                self.uses.has_json = true;
                code!("json!(", json(value), ")")
            }
        }
    }

    fn defined(&mut self, id: TypeId, value: &Value, word: &str) -> Option<RustCode> {
        let (api, names) = (self.cx.api, self.cx.names.ty(id));
        match &api.types[id.0].shape {
            Shape::Struct { fields, rest } => self.structure(id, fields, rest, value, word),
            Shape::Enum { .. } => {
                let found = literal::of_value(self.cx, &Ty::Named(id), value)?;
                self.uses.types.extend(found.ty);
                let path = found.ty.map(|ty| code!(ty, "::"));
                Some(code!(path, found.value))
            }
            shape @ Shape::Union { .. } => {
                let index = exchange::variant_index(api, self.cx.outline, shape, value)?;
                let member = &self.cx.outline.ty(id).members[index];
                let held = self.member(member, value, word)?;
                self.uses.types.insert(&names.name);
                Some(call(
                    code!(&names.name, "::", &names.members[index]),
                    &[held],
                ))
            }
            Shape::Alias(_) => None,
        }
    }

    /// Returns a value as a field or a variant holds it.
    fn member(&mut self, member: &Member, value: &Value, word: &str) -> Option<RustCode> {
        match (member.optionality, value) {
            (Optionality::Nullable, Value::Null) => Some(code!("None")),
            (Optionality::OptionalNullable, Value::Null) => Some(code!("Some(None)")),
            (_, value) => Some(ty::stored(member, self.value(&member.ty, value, word)?)),
        }
    }
}

/// Returns the tokens of JSON, which the macro `json!` takes.
fn json(value: &Value) -> RustCode {
    match value {
        Value::Null => code!("null"),
        Value::Bool(value) => code!(if *value { "true" } else { "false" }),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => code!(Literal::i64_unsuffixed(number)),
            (None, Some(number)) => code!(Literal::u64_unsuffixed(number)),
            (None, None) => {
                let number = number.as_f64().filter(|number| number.is_finite());
                code!(Literal::f64_unsuffixed(number.unwrap_or_default()))
            }
        },
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<RustCode> = items.iter().map(json).collect();
            array(&items)
        }
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            let members = sorted.into_iter();
            let members = members.map(|(name, value)| code!(string(name), ": ", json(value)));
            object(&members.collect::<Vec<_>>())
        }
    }
}
