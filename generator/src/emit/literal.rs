//! Values of the document as Rust expressions.
//!
//! In: [`Literal`]s and types. Out: code. Not here: examples (see `usage`).

use proc_macro2::Literal as Token;

use super::Cx;
use super::code::{Code, code, string};
use super::module::Module;
use crate::model::api::{Literal, Ty, TypeId};

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
