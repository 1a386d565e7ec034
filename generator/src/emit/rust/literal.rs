//! Values of the document as Rust expressions.
//!
//! In: [`Literal`]s and types. Out: code. Not here: values of several parts (see `value`).

use proc_macro2::Literal as Token;
use serde_json::Value;

use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, code, string};
use crate::emit::rust::module::Module;
use crate::model::api::{EnumValue, Literal, Scalar, Shape, Ty, TypeId};
use crate::model::ty::resolve;
use crate::plan::members::Member;
use crate::plan::names::Name;

/// Returns the alias that a use names, or else its definition.
fn named_id(ty: &Ty, definition: TypeId) -> TypeId {
    match ty {
        Ty::Named(id) => *id,
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            definition
        }
    }
}

/// Returns the wire value of an enum as a literal.
pub fn wire(literal: &Literal) -> RustCode {
    match literal {
        Literal::String(text) => string(text),
        Literal::Integer(number) => code!(Token::i64_unsuffixed(*number)),
        Literal::Unsigned(number) => code!(Token::u64_unsuffixed(*number)),
        Literal::Float(number) => string(&number.to_string()),
        Literal::Bool(value) => string(&value.to_string()),
        Literal::Null => string("null"),
        Literal::Json(value) => string(&value.to_string()),
    }
}

/// Returns the value that the constructor gives to a member; `None` if it has no literal.
pub fn preset_of<'a>(cx: &EmitCx, member: &'a Member) -> Option<&'a Literal> {
    let preset = member.preset.as_ref()?;
    of_value(cx, &member.ty, &preset.json()).map(|_| preset)
}

/// Returns whether a type has one value only, which is its default.
pub fn is_constant(cx: &EmitCx, ty: &Ty) -> bool {
    match resolve(cx.api, ty) {
        Ty::Named(id) => crate::model::ty::constant(&cx.api.types[id.0].shape).is_some(),
        _ => false,
    }
}

/// Returns the code of [`preset_of`].
pub fn preset(module: &mut Module, member: &Member) -> Option<RustCode> {
    let cx = module.cx();
    let ty = &member.ty;
    let ValueLiteral { ty: named, value } = of_value(cx, ty, &member.preset.as_ref()?.json())?;
    Some(match (named, resolve(cx.api, ty)) {
        (Some(_), Ty::Named(id)) => code!(module.import_type(named_id(ty, *id)), "::", value),
        (_, _) => value,
    })
}

/// Returns the part of a value of an enum that follows its name.
pub fn value(cx: &EmitCx, id: TypeId, index: usize) -> Option<RustCode> {
    match crate::model::ty::constant(&cx.api.types[id.0].shape) {
        Some(_) => Some(code!("default()")),
        None => cx.names.ty(id).members.get(index).map(|name| code!(name)),
    }
}

/// Returns a boolean or an integer, from its JSON. An integer beyond 32 bits gets a suffix.
pub fn constant_tag(json: &String) -> RustCode {
    match (json.parse::<i32>(), json.parse::<i64>()) {
        (Ok(number), _) => code!(Token::i32_unsuffixed(number)),
        (Err(_), Ok(number)) => code!(Token::i64_suffixed(number)),
        (Err(_), Err(_)) => match json.parse::<u64>() {
            Ok(number) => code!(Token::u64_suffixed(number)),
            Err(_) if json == "true" => code!("true"),
            Err(_) => code!("false"),
        },
    }
}

/// A value that has a literal.
pub struct ValueLiteral<'a> {
    /// The type in front of the value.
    pub ty: Option<&'a Name>,
    /// The code after the type.
    pub value: RustCode,
}

/// Returns the literal of a JSON value, or the variant of an enum; `None` for other values.
pub fn of_value<'a>(cx: &EmitCx<'a>, ty: &Ty, value: &Value) -> Option<ValueLiteral<'a>> {
    let (ty, value) = match (resolve(cx.api, ty), value) {
        (Ty::Named(id), value) => {
            let Shape::Enum { values, .. } = &cx.api.types[id.0].shape else {
                return None;
            };
            let is_it = |known: &EnumValue| known.wire.json() == *value;
            let index = values.iter().position(is_it)?;
            let value = self::value(cx, *id, index)?;
            let named = named_id(ty, *id);
            match cx.outline.ty(named).is_unnamed {
                true => (None, code!("Default::", value)),
                false => (Some(&cx.names.ty(named).name), value),
            }
        }
        (Ty::Scalar(scalar), value) => (None, of_scalar(*scalar, value)?),
        (Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_), _) => return None,
    };
    Some(ValueLiteral { ty, value })
}

/// Returns the literal of a scalar, if it has one.
pub fn of_scalar(scalar: Scalar, value: &Value) -> Option<RustCode> {
    Some(match (scalar, value) {
        (Scalar::String, Value::String(text)) => string(text),
        (Scalar::F32 | Scalar::F64, Value::Number(number)) => {
            code!(Token::f64_unsuffixed(
                number.as_f64().filter(|it| it.is_finite())?
            ))
        }
        (Scalar::Null, _) => code!("()"),
        (_, Value::Bool(value)) => code!(if *value { "true" } else { "false" }),
        (_, Value::Number(number)) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => code!(Token::i64_unsuffixed(number)),
            (None, Some(number)) => code!(Token::u64_unsuffixed(number)),
            (None, None) => return None,
        },
        (_, Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_)) => return None,
    })
}
