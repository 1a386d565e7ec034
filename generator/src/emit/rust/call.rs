//! A call of an operation as Rust: the one writer of it, for rustdoc, reference pages and tests.
//!
//! In: an operation, and the planned request that the call sends. Out: the call, with what it needs. Not here: the program around
//! it (see `example`), which values are sent (`plan`).

use std::collections::BTreeSet;

use serde_json::Value;

use crate::emit::EmitCx;
use crate::emit::print::code::{Chain, RustCode, array, code, raw_string, string, tuple};
use crate::emit::rust::literal;
use crate::emit::text::{pretty, request::FILE};
use crate::model::api::{Body, BodyContent, OpId, Scalar, Shape, Ty, TypeId, Variant};
use crate::model::files::Files;
use crate::model::json::sorted;
use crate::model::ty::{non_null, resolve};
use crate::plan::exchange::Request;
use crate::plan::inputs::Input;
use crate::plan::names::Name;
use crate::plan::types::Optionality;

/// The code around the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A program for readers, which imports enums and reads values without a literal from JSON.
    Program,
    /// A test, which takes values without a literal from the body that it is `given`.
    Test,
}

/// A call, from a resource on.
pub struct Call<'a> {
    steps: Vec<(&'a Name, Vec<RustCode>)>,
    /// The types that it names.
    pub types: BTreeSet<&'a Name>,
    /// True if a value has no literal: it is read from JSON, or taken from what is given.
    pub reads: bool,
    /// True if it opens a file.
    pub opens: bool,
}

impl Call<'_> {
    /// Appends the calls of the method and of the setters.
    pub fn append_to(&self, resource: Chain) -> Chain {
        let steps = self.steps.iter();
        steps.fold(resource, |chain, (name, arguments)| {
            chain.method(*name, arguments)
        })
    }
}

/// Returns the call that sends a request; `None` if that lacks a required value.
pub fn call<'a>(
    cx: &EmitCx<'a>,
    id: OpId,
    request: &Request,
    setting: Setting,
) -> Option<Call<'a>> {
    let (names, inputs) = (cx.names.op(id), &cx.outline.op(id).inputs);
    let mut writer = Writer {
        cx,
        id,
        request,
        setting,
        types: BTreeSet::new(),
        reads: false,
        opens: false,
    };
    let arguments = inputs.arguments.iter();
    let arguments = arguments.map(|input| writer.input(*input));
    let mut steps = vec![(&names.method, arguments.collect::<Option<Vec<RustCode>>>()?)];
    for input in &inputs.setters {
        if let Some(name) = names.input(*input) {
            let value = writer.input(*input);
            steps.extend(value.map(|value| (name, vec![value])));
        }
    }
    Some(Call {
        steps,
        types: writer.types,
        reads: writer.reads,
        opens: writer.opens,
    })
}

struct Writer<'a, 'b> {
    cx: &'b EmitCx<'a>,
    id: OpId,
    request: &'b Request,
    setting: Setting,
    types: BTreeSet<&'a Name>,
    reads: bool,
    opens: bool,
}

impl<'a> Writer<'a, '_> {
    /// Returns the expression of an argument or of a setter's; `None` if nothing is sent.
    fn input(&mut self, input: Input) -> Option<RustCode> {
        let (api, request) = (self.cx.api, self.request);
        match input {
            Input::Param(index) => {
                let ty = &self.cx.outline.op(self.id).inputs.params[index];
                Some(self.value(ty, request.params[index].as_ref()?, None))
            }
            Input::Body => {
                let (body, value) = (api.ops[self.id.0].body.as_ref()?, request.body.as_ref()?);
                Some(match (&body.content, self.setting) {
                    (
                        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_),
                        Setting::Program,
                    ) => {
                        code!("&", self.parts(body, value))
                    }
                    (BodyContent::Json | BodyContent::Form(_), Setting::Program) => {
                        code!("&", self.read(&body.ty, value, "", None))
                    }
                    (
                        BodyContent::Json
                        | BodyContent::Form(_)
                        | BodyContent::MultipartObject(_)
                        | BodyContent::MultipartArray(_),
                        Setting::Test,
                    ) => {
                        self.reads = true;
                        code!("&given.body()")
                    }
                    (
                        BodyContent::JsonLines
                        | BodyContent::JsonSequence
                        | BodyContent::Text
                        | BodyContent::File,
                        _,
                    ) => self.value(&body.ty, value, None),
                })
            }
            Input::Field(id, index) => {
                let Shape::Struct { fields, .. } = &api.types[id.0].shape else {
                    return None;
                };
                let (field, member) = (&fields[index], &self.cx.outline.ty(id).members[index]);
                let value = request.body.as_ref()?.get(&field.wire)?;
                // An `Option` is given as one.
                let ty = match member.optionality {
                    Optionality::Nullable => &field.ty,
                    Optionality::Required
                    | Optionality::Optional
                    | Optionality::OptionalAny
                    | Optionality::Received
                    | Optionality::OptionalNullable => &member.ty,
                };
                Some(self.value(ty, value, Some(&field.wire)))
            }
        }
    }

    /// Returns a literal, a list of literals, or code that reads the value. `member` is the
    /// property of the body that holds the value.
    fn value(&mut self, ty: &Ty, value: &Value, member: Option<&str>) -> RustCode {
        let (Ty::List(item), Value::Array(items)) = (resolve(self.cx.api, ty), value) else {
            let literal = self.literal(ty, value);
            return literal.unwrap_or_else(|| self.read(ty, value, "", member));
        };
        let literals = items.iter().map(|value| self.literal(item, value));
        let literals: Option<Vec<RustCode>> = literals.collect();
        let is_text = matches!(resolve(self.cx.api, item), Ty::Scalar(Scalar::String));
        match literals {
            // The type of an empty list cannot be inferred.
            Some(literals) if literals.is_empty() && is_text => code!("Vec::<String>::new()"),
            Some(literals) if !literals.is_empty() => array(&literals),
            Some(_) | None => self.read(ty, value, "::<Vec<_>>", member),
        }
    }

    fn literal(&mut self, ty: &Ty, value: &Value) -> Option<RustCode> {
        if matches!(resolve(self.cx.api, ty), Ty::Scalar(Scalar::File)) {
            return self.file(value);
        }
        if let (Setting::Program, Some((id, index))) = (self.setting, self.file_variant(ty)) {
            let names = self.cx.names.ty(id);
            let file = self.file(value)?;
            self.types.insert(&names.name);
            return Some(code!(
                &names.name,
                "::",
                &names.members[index],
                "(",
                file,
                ")"
            ));
        }
        let literal = literal::of_value(self.cx, ty, value)?;
        let Some(name) = literal.ty else {
            return Some(literal.value);
        };
        Some(match self.setting {
            Setting::Program => {
                self.types.insert(name);
                code!(name, "::", literal.value)
            }
            Setting::Test => {
                let library = &self.cx.names.library;
                code!("::", library, "::types::", name, "::", literal.value)
            }
        })
    }

    /// Returns the variant of a union that a text is, if it is a file.
    fn file_variant(&self, ty: &Ty) -> Option<(TypeId, usize)> {
        let api = self.cx.api;
        let Ty::Named(id) = resolve(api, ty) else {
            return None;
        };
        let Shape::Union { variants, .. } = &api.types[id.0].shape else {
            return None;
        };
        let scalar = |variant: &Variant| match resolve(api, &variant.ty) {
            Ty::Scalar(scalar @ (Scalar::File | Scalar::String)) => Some(*scalar),
            _ => None,
        };
        let index = variants.iter().position(|it| scalar(it).is_some())?;
        let is_file = scalar(&variants[index]) == Some(Scalar::File);
        let is_boxed = self.cx.outline.ty(*id).members[index].boxed;
        (is_file && !is_boxed).then_some((*id, index))
    }

    /// Returns a multipart body, with files of the reader's disk unless they are properties.
    fn parts(&mut self, body: &Body, value: &Value) -> RustCode {
        let ty = resolve(self.cx.api, non_null(&body.ty).0);
        let items = value.as_array().into_iter().flatten();
        match (body.files(self.cx.api), ty) {
            (Files::All, Ty::List(item)) => {
                let parts: Vec<RustCode> = items.map(|value| self.part(item, value)).collect();
                code!("vec!", array(&parts))
            }
            (Files::All, Ty::Map(entry)) => {
                let members = value.as_object().into_iter().flatten();
                let parts = members.map(|(name, value)| {
                    let name = code!(string(name), ".to_owned()");
                    tuple(&[name, self.part(entry, value)])
                });
                code!(array(&parts.collect::<Vec<_>>()), ".into()")
            }
            (Files::Items(_), Ty::Tuple(types)) => {
                let parts = types.iter().zip(items);
                let parts: Vec<RustCode> = parts.map(|(ty, value)| self.part(ty, value)).collect();
                tuple(&parts)
            }
            (Files::None | Files::All | Files::Items(_) | Files::Properties(_), ty) => {
                self.read(ty, value, "", None)
            }
        }
    }

    /// Returns a part: a file, or code that reads the value.
    fn part(&mut self, ty: &Ty, value: &Value) -> RustCode {
        let file = match resolve(self.cx.api, ty) {
            Ty::Scalar(Scalar::File) => self.file(value),
            Ty::Scalar(_)
            | Ty::Named(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Nullable(_)
            | Ty::Any(_) => None,
        };
        file.unwrap_or_else(|| self.read(ty, value, "", None))
    }

    /// Returns a file: of the reader's disk, or of a test.
    fn file(&mut self, value: &Value) -> Option<RustCode> {
        Some(match self.setting {
            Setting::Program => {
                self.opens = true;
                code!("FilePart::open(", string(FILE), ")?")
            }
            Setting::Test => {
                let library = &self.cx.names.library;
                let text = string(value.as_str()?);
                code!("::", library, "::FilePart::from(", text, ")")
            }
        })
    }

    fn read(
        &mut self,
        ty: &Ty,
        value: &Value,
        generics: &'static str,
        member: Option<&str>,
    ) -> RustCode {
        let from_json = code!("serde_json::from_str", generics);
        match (self.setting, member) {
            (Setting::Program, _) => {
                self.reads = true;
                let json = raw_string(&pretty::json(self.cx.api, Some(ty), value));
                code!(from_json, "(", json, ")?")
            }
            (Setting::Test, None) => {
                code!(from_json, "(", string(&sorted(value)), ").unwrap()")
            }
            (Setting::Test, Some(member)) => {
                self.reads = true;
                code!("given.member", generics, "(", string(member), ")")
            }
        }
    }
}
