//! A call of an operation as Rust: the one writer of it, for rustdoc, reference pages and tests.
//!
//! In: an operation, and the planned request that the call sends. Out: the call, with what it needs. Not here: the program around
//! it (see `example`), values for readers (see `value`), which values are sent (`plan`).

use proc_macro2::Literal;
use serde_json::Value;

use crate::emit::EmitCx;
use crate::emit::print::code::{Chain, RustCode, array, code, string};
use crate::emit::rust::literal;
use crate::emit::rust::value::{Uses, Values};
use crate::model::api::{BodyContent, OpId, Scalar, Shape, Ty};
use crate::model::json::sorted;
use crate::model::ty::resolve;
use crate::plan::exchange::Request;
use crate::plan::inputs::Input;
use crate::plan::members::Optionality;
use crate::plan::names::Name;

/// The code around the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A program for readers, with values as a person writes them.
    Program,
    /// A test, which takes values without a literal from the body that it is `given`.
    Test,
}

/// A call, from a resource on.
pub struct Call<'a> {
    steps: Vec<(&'a Name, Vec<RustCode>)>,
    /// The statements before it, in a program.
    pub before: Vec<RustCode>,
    /// The imports of a program.
    pub uses: Uses<'a>,
    /// True if a test takes values from what it is given.
    pub reads: bool,
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
    let (names, plan) = (cx.names.op(id), cx.outline.op(id));
    let inputs = &plan.inputs;
    let resource = plan.resource.map(|id| &cx.names.resource(id).accessor);
    let mut writer = Writer {
        cx,
        id,
        request,
        setting,
        values: Values::new(cx, resource),
        reads: false,
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
        before: writer.values.before,
        uses: writer.values.uses,
        reads: writer.reads,
    })
}

struct Writer<'a, 'b> {
    cx: &'b EmitCx<'a>,
    id: OpId,
    request: &'b Request,
    setting: Setting,
    values: Values<'a, 'b>,
    reads: bool,
}

impl Writer<'_, '_> {
    /// Returns the expression of an argument or of a setter's; `None` if nothing is sent.
    fn input(&mut self, input: Input) -> Option<RustCode> {
        let (api, request) = (self.cx.api, self.request);
        match input {
            Input::Param(index) => {
                let ty = &self.cx.outline.op(self.id).inputs.params[index];
                let name = &api.ops[self.id.0].params[index].wire;
                self.value(ty, request.params[index].as_ref()?, name, Source::Parameter)
            }
            Input::Body => self.body(),
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
                self.value(ty, value, &field.wire, Source::Member)
            }
        }
    }

    /// Returns the body as one value.
    fn body(&mut self) -> Option<RustCode> {
        let body = self.cx.api.ops[self.id.0].body.as_ref()?;
        let value = self.request.body.as_ref()?;
        match (&body.content, self.setting) {
            (
                BodyContent::Json
                | BodyContent::Form(_)
                | BodyContent::MultipartObject(_)
                | BodyContent::MultipartArray(_),
                setting,
            ) => Some(match setting {
                Setting::Program => self.values.reference(&body.ty, value, "body")?,
                Setting::Test => {
                    self.reads = true;
                    code!("&given.body()")
                }
            }),
            (
                BodyContent::JsonLines
                | BodyContent::JsonSequence
                | BodyContent::Text
                | BodyContent::File,
                _,
            ) => self.value(&body.ty, value, "body", Source::Parameter),
        }
    }

    /// Returns the expression of an argument.
    fn value(&mut self, ty: &Ty, value: &Value, name: &str, source: Source) -> Option<RustCode> {
        match self.setting {
            Setting::Program => match source {
                Source::Parameter => self.values.argument(ty, value, name),
                Source::Member => self.values.converted(ty, value, name),
            },
            Setting::Test => Some(self.tested(ty, value, name, source)),
        }
    }

    /// Returns a literal, a list of literals, or code that reads the value.
    fn tested(&mut self, ty: &Ty, value: &Value, name: &str, source: Source) -> RustCode {
        let (Ty::List(item), Value::Array(items)) = (resolve(self.cx.api, ty), value) else {
            let literal = self.literal(ty, value);
            let generics = self.converted(ty).map(|path| code!("::<", path, ">"));
            return literal.unwrap_or_else(|| self.read(value, generics, name, source));
        };
        let literals = items.iter().map(|value| self.literal(item, value));
        let literals: Option<Vec<RustCode>> = literals.collect();
        let is_text = matches!(resolve(self.cx.api, item), Ty::Scalar(Scalar::String));
        match literals {
            // The type of an empty list cannot be inferred.
            Some(literals) if literals.is_empty() && is_text => code!("Vec::<String>::new()"),
            Some(literals) if !literals.is_empty() => array(&literals),
            Some(_) | None => {
                let item = self.converted(item).unwrap_or_else(|| code!("_"));
                self.read(value, Some(code!("::<Vec<", item, ">>")), name, source)
            }
        }
    }

    /// Returns a type with conversions, which cannot be inferred.
    fn converted(&self, ty: &Ty) -> Option<RustCode> {
        let cx = self.cx;
        match resolve(cx.api, ty) {
            Ty::Named(id) if cx.converts(ty) => {
                let name = &cx.names.ty(*id).name;
                Some(code!("::", &cx.names.library, "::types::", name))
            }
            _ => None,
        }
    }

    fn literal(&self, ty: &Ty, value: &Value) -> Option<RustCode> {
        let library = &self.cx.names.library;
        match (resolve(self.cx.api, ty), value) {
            (Ty::Scalar(Scalar::File), value) => {
                let text = string(value.as_str()?);
                Some(code!("::", library, "::FilePart::from(", text, ")"))
            }
            (Ty::Scalar(scalar @ (Scalar::QuotedI64 | Scalar::QuotedU64)), value) => {
                let text = value.as_str()?;
                let number = match scalar {
                    Scalar::QuotedI64 => Literal::i64_suffixed(text.parse().ok()?),
                    _ => Literal::u64_suffixed(text.parse().ok()?),
                };
                Some(code!("::", library, "::Quoted::Value(", number, ")"))
            }
            (ty, value) => {
                let literal = literal::of_value(self.cx, ty, value)?;
                Some(match literal.ty {
                    Some(name) => {
                        code!("::", library, "::types::", name, "::", literal.value)
                    }
                    None => literal.value,
                })
            }
        }
    }

    fn read(
        &mut self,
        value: &Value,
        generics: Option<RustCode>,
        name: &str,
        source: Source,
    ) -> RustCode {
        match source {
            Source::Parameter => {
                let json = string(&sorted(value));
                code!("serde_json::from_str", generics, "(", json, ").unwrap()")
            }
            Source::Member => {
                self.reads = true;
                code!("given.member", generics, "(", string(name), ")")
            }
        }
    }
}

/// The source of a value in a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Parameter,
    /// A property of the given body.
    Member,
}
