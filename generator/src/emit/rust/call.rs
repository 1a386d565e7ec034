//! Examples of calls, for docs: code that compiles, with the values that the document gives.
//!
//! In: an operation. Out: lines of a fenced block, or the statements for a page of prose; nothing where an argument is too
//! complex to be spelled. Not here: files of examples (see `example`).

use std::collections::BTreeSet;

use proc_macro2::Literal as Token;
use serde_json::Value;

use crate::emit::Cx;
use crate::emit::print::code::{Chain, Code, array, code, string};
use crate::emit::print::item::Item;
use crate::emit::rust::{access, literal};
use crate::model::api::{Literal, Op, OpId, Reply, Scalar, Shape, Ty};
use crate::model::ty::{non_null, resolve};
use crate::plan::inputs::Input;

/// A fenced block that calls the operation; empty where it cannot be spelled.
pub fn lines(cx: &Cx, id: OpId) -> Vec<String> {
    let Some(body) = statements(cx, id) else {
        return Vec::new();
    };
    let library = &cx.names.library;
    let mut lines = vec!["```no_run".to_owned()];
    lines.push(format!("# async fn example() -> {library}::Result<()> {{"));
    lines.extend(body);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// A whole program, for prose.
pub fn program(cx: &Cx, id: OpId) -> Option<String> {
    let mut lines = statements(cx, id)?;
    let body = lines.iter().position(String::is_empty)? + 1;
    let mut program: Vec<String> = lines.drain(..body).collect();
    program.push("#[tokio::main]".into());
    program.push(format!(
        "async fn main() -> {}::Result<()> {{",
        cx.names.library
    ));
    program.extend(lines.into_iter().map(|line| format!("    {line}")));
    program.extend(["    Ok(())", "}"].map(str::to_owned));
    Some(program.join("\n"))
}

/// Whether a call can be spelled.
pub fn can_spell(cx: &Cx, id: OpId) -> bool {
    Example {
        cx,
        imports: BTreeSet::new(),
    }
    .arguments(id)
    .is_some()
}

/// The imports and statements of a call.
pub fn statements(cx: &Cx, id: OpId) -> Option<Vec<String>> {
    let mut example = Example {
        cx,
        imports: BTreeSet::new(),
    };
    let arguments = example.arguments(id)?;
    let library = &cx.names.library;
    let mut lines = vec![format!("use {library}::Client;")];
    if !example.imports.is_empty() {
        let names: Vec<String> = example.imports.into_iter().collect();
        let names = match names.as_slice() {
            [one] => one.clone(),
            many => format!("{{{}}}", many.join(", ")),
        };
        lines.push(format!("use {library}::types::{names};"));
    }
    lines.push(String::new());
    let resource = cx.outline.op(id).resource?;
    let local = &cx.names.resource(resource).accessor;
    let access = access::access(cx, resource);
    let method = &cx.names.op(id).method;
    let mut item = Item::inside();
    item.line("let client = Client::from_env()?;");
    item.line(code!("let ", local, " = ", access, ";"));
    match (has_pages(cx, id), &cx.api.ops[id.0].reply) {
        (true, _) => {
            let call = Chain::of(local).method(method, &arguments);
            let items = call.method("items", &[]).end();
            item.line(code!("let mut items = ", items, ";"));
            item.block("while let Some(item) = items.next().await", |item| {
                item.line("let item = item?;");
                item.line("println!(\"{item:?}\");");
            });
        }
        (false, Reply::Empty) => {
            let call = Chain::statement(local).method(method, &arguments);
            item.line(code!(call.field("await").end(), "?;"));
        }
        (false, Reply::Json { .. }) => {
            let call = Chain::of(local).method(method, &arguments);
            let reply = call.field("await").end();
            item.line(code!("let reply = ", reply, "?;"));
            item.line("println!(\"{reply:?}\");");
        }
    }
    let text = item.text().lines();
    lines.extend(text.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    Some(lines)
}

/// Whether an operation has more than one page to give.
pub fn has_pages(cx: &Cx, id: OpId) -> bool {
    let paging = cx.api.ops[id.0].paging.as_ref();
    cx.outline.op(id).is_page && paging.is_some_and(|paging| paging.next.is_some())
}

struct Example<'a> {
    cx: &'a Cx<'a>,
    /// The types that the example names.
    imports: BTreeSet<String>,
}

impl Example<'_> {
    fn arguments(&mut self, id: OpId) -> Option<Vec<Code>> {
        let op = &self.cx.api.ops[id.0];
        self.cx
            .outline
            .op(id)
            .inputs
            .arguments
            .iter()
            .map(|input| self.argument(op, *input))
            .collect()
    }

    fn argument(&mut self, op: &Op, input: Input) -> Option<Code> {
        match input {
            Input::Param(index) => {
                let param = &op.params[index];
                let given = param.example.as_ref().map(json);
                let ty = non_null(&param.ty).0;
                self.value(ty, given.as_ref(), &param.wire)
            }
            Input::Body => None,
            Input::Field(id, index) => {
                let Shape::Struct { fields, .. } = &self.cx.api.types[id.0].shape else {
                    return None;
                };
                let field = fields.get(index)?;
                let given = op
                    .body
                    .as_ref()?
                    .example
                    .as_ref()
                    .and_then(|example| example.get(&field.wire));
                self.value(&field.ty, given, &field.wire)
            }
        }
    }

    /// A value of a type: the one given where it fits, else one made up.
    fn value(&mut self, ty: &Ty, given: Option<&Value>, name: &str) -> Option<Code> {
        let api = self.cx.api;
        match resolve(api, ty) {
            Ty::Scalar(scalar) => self::scalar(*scalar, given, name),
            Ty::Named(id) => {
                let Shape::Enum { values, .. } = &api.types[id.0].shape else {
                    return None;
                };
                let wanted = given
                    .and_then(|given| values.iter().position(|value| json(&value.wire) == *given));
                let names = self.cx.names.ty(*id);
                let value = literal::value(self.cx, *id, wanted.unwrap_or(0))?;
                self.imports.insert(names.name.to_string());
                let name = &names.name;
                Some(code!(name, "::", value))
            }
            Ty::List(item) => {
                let given: Vec<&Value> = given
                    .and_then(Value::as_array)
                    .map_or(Vec::new(), |list| list.iter().collect());
                let items: Option<Vec<Code>> = match given.is_empty() {
                    true => self.value(item, None, name).map(|item| vec![item]),
                    false => given
                        .into_iter()
                        .map(|given| self.value(item, Some(given), name))
                        .collect(),
                };
                Some(array(&items?))
            }
            Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => None,
        }
    }
}

fn scalar(scalar: Scalar, given: Option<&Value>, name: &str) -> Option<Code> {
    let signed = || given.and_then(Value::as_i64);
    let unsigned = || given.and_then(Value::as_u64);
    let float = || {
        given
            .and_then(Value::as_f64)
            .filter(|number| number.is_finite())
    };
    let token = match scalar {
        Scalar::String => {
            let text = given.and_then(Value::as_str);
            let text = text.filter(|text| text.len() < 200);
            return Some(string(text.unwrap_or(name)));
        }
        Scalar::I8 => Token::i8_unsuffixed(small(signed())),
        Scalar::I16 => Token::i16_unsuffixed(small(signed())),
        Scalar::U8 => Token::u8_unsuffixed(small(unsigned())),
        Scalar::U16 => Token::u16_unsuffixed(small(unsigned())),
        Scalar::I32 => Token::i32_unsuffixed(small(signed())),
        Scalar::I64 | Scalar::UnixTime => Token::i64_unsuffixed(signed().unwrap_or(1)),
        Scalar::U32 => Token::u32_unsuffixed(small(unsigned())),
        Scalar::U64 => Token::u64_unsuffixed(unsigned().unwrap_or(1)),
        Scalar::F32 | Scalar::F64 => Token::f64_unsuffixed(float().unwrap_or(1.0)),
        Scalar::Bool => {
            let value = given.and_then(Value::as_bool).unwrap_or(true);
            return Some(code!(if value { "true" } else { "false" }));
        }
        Scalar::QuotedI64 | Scalar::QuotedU64 | Scalar::Null => return None,
    };
    Some(code!(token))
}

/// The number where it fits, else one.
fn small<N, T: TryFrom<N> + From<bool>>(given: Option<N>) -> T {
    given
        .and_then(|number| number.try_into().ok())
        .unwrap_or_else(|| true.into())
}

fn json(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Integer(value) => Value::from(*value),
        Literal::Unsigned(value) => Value::from(*value),
        Literal::Float(value) => Value::from(*value),
        Literal::String(value) => Value::from(value.as_str()),
        Literal::Json(value) => value.clone(),
    }
}
