//! Values of the document as Rust expressions.
//!
//! In: [`Literal`]s and types. Out: code. Not here: examples (see `call`).

use proc_macro2::Literal as Token;
use serde_json::Value;

use crate::emit::Cx;
use crate::emit::print::code::{Code, code, string};
use crate::emit::rust::module::Module;
use crate::model::api::{Literal, Scalar, Shape, Ty, TypeId};
use crate::model::ty::resolve;
use crate::plan::exchange::json;

/// A literal as it stands on the wire of an enum.
pub fn wire(literal: &Literal) -> Code {
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

/// The only value of an enum of one value.
pub fn constant(module: &mut Module, ty: &Ty) -> Code {
    let cx = module.cx();
    let Ty::Named(id) = ty else {
        return code!("Default::default()");
    };
    code!(module.import_type(*id), "::", value(cx, *id, 0))
}

/// What makes a value of an enum, behind its name.
pub fn value(cx: &Cx, id: TypeId, index: usize) -> Option<Code> {
    match crate::model::ty::constant(&cx.api.types[id.0].shape) {
        Some(_) => Some(code!("default()")),
        None => cx.names.ty(id).members.get(index).map(|name| code!(name)),
    }
}

/// A boolean or an integer, of its JSON. An integer beyond 32 bits says how many it has.
pub fn constant_tag(json: &String) -> Code {
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

/// A value in a word: a literal, or a variant of an enum.
pub fn spelled(cx: &Cx, ty: &Ty, value: &Value) -> Option<String> {
    match (resolve(cx.api, ty), value) {
        (Ty::Scalar(Scalar::QuotedI64), Value::String(text)) => {
            Some(format!("::{}::Quoted({text}_i64)", cx.names.library))
        }
        (Ty::Scalar(Scalar::QuotedU64), Value::String(text)) => {
            Some(format!("::{}::Quoted({text}_u64)", cx.names.library))
        }
        (Ty::Scalar(Scalar::String), Value::String(text)) => Some(string(text).to_string()),
        (Ty::Scalar(Scalar::F32 | Scalar::F64), Value::Number(number)) => {
            Some(format!("{:?}", number.as_f64()?))
        }
        (Ty::Scalar(Scalar::Null), _) => Some("()".into()),
        (Ty::Scalar(_), Value::Bool(_) | Value::Number(_)) => Some(value.to_string()),
        (Ty::Named(id), value) => {
            let Shape::Enum { values, .. } = &cx.api.types[id.0].shape else {
                return None;
            };
            let index = values
                .iter()
                .position(|known| json(&known.wire) == *value)?;
            let (library, name) = (&cx.names.library, &cx.names.ty(*id).name);
            let value = self::value(cx, *id, index)?;
            Some(format!("::{library}::types::{name}::{value}"))
        }
        _ => None,
    }
}
