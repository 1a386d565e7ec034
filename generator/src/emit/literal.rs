//! Values of the document as Rust expressions.
//!
//! In: [`Literal`]s and types. Out: tokens. Not here: examples (see `usage`).

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Module;
use crate::api::{Literal, Ty};

/// A literal as it stands on the wire of an enum.
pub fn wire(literal: &Literal) -> proc_macro2::Literal {
    match literal {
        Literal::String(text) => proc_macro2::Literal::string(text),
        Literal::Integer(number) => proc_macro2::Literal::i64_unsuffixed(*number),
        Literal::Unsigned(number) => proc_macro2::Literal::u64_unsuffixed(*number),
        Literal::Float(number) => proc_macro2::Literal::string(&number.to_string()),
        Literal::Bool(value) => proc_macro2::Literal::string(&value.to_string()),
        Literal::Null => proc_macro2::Literal::string("null"),
        Literal::Json(value) => proc_macro2::Literal::string(&value.to_string()),
    }
}

/// The only value of an enum of one value.
pub fn constant(module: &mut Module, ty: &Ty) -> TokenStream {
    let cx = module.cx();
    let Ty::Named(id) = ty else {
        return quote!(Default::default());
    };
    let value = cx.names.ty(*id).members.first();
    let name = module.import_type(*id);
    quote!(#name::#value)
}

/// The JSON of a boolean or an integer. An integer beyond 32 bits says how many it has.
pub fn constant_tag(json: &String) -> String {
    match (json.parse::<i32>(), json.parse::<i64>()) {
        (Ok(_), _) => json.clone(),
        (Err(_), Ok(_)) => format!("{json}i64"),
        (Err(_), Err(_)) if json.parse::<u64>().is_ok() => format!("{json}u64"),
        (Err(_), Err(_)) => (json == "true").to_string(),
    }
}
