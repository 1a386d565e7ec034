//! Uses of types.
//!
//! In: a [`Ty`] and the module of its use, which gets the imports. Out: code. Not here: definitions.

use crate::emit::print::code::{Chain, RustCode, call, code, generic, tuple};
use crate::emit::rust::module::Module;
use crate::model::api::{Scalar, Ty, TypeId};
use crate::model::ty::resolve;
use crate::plan::members::{Member, Optionality};
use crate::plan::names::{LITERALS, Name};

/// Returns a type in a definition or a signature.
pub fn plain(module: &mut Module, ty: &Ty) -> RustCode {
    match ty {
        Ty::Scalar(scalar) => self::scalar(module, *scalar),
        Ty::Named(id) => named(module, *id),
        Ty::List(item) => generic("Vec", &[plain(module, item)]),
        Ty::Map(value) => {
            module.import("std::collections", "BTreeMap");
            generic("BTreeMap", &[code!("String"), plain(module, value)])
        }
        Ty::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| plain(module, item)).collect();
            tuple(&items)
        }
        Ty::Nullable(inner) => option(plain(module, inner)),
        Ty::Any(_) => {
            module.import("serde_json", "Value");
            code!("Value")
        }
    }
}

fn named(module: &mut Module, id: TypeId) -> RustCode {
    let cx = module.cx();
    match cx.outline.ty(id).is_unnamed {
        true => constant(module, &cx.names.ty(id).name),
        false => module.import_type(id),
    }
}

/// Returns the type of a string that is always the same.
pub fn constant(module: &mut Module, literal: &Name) -> RustCode {
    module.runtime("Constant");
    module.import_literals();
    generic("Constant", &[code!(LITERALS, "::", literal)])
}

/// Returns the type of a field or a variant.
pub fn member(module: &mut Module, member: &Member) -> RustCode {
    let inner = plain(module, &member.ty);
    let inner = match member.boxed {
        true => generic("Box", &[inner]),
        false => inner,
    };
    match member.optionality {
        Optionality::Required => inner,
        Optionality::Nullable
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received => option(inner),
        Optionality::OptionalNullable => option(option(inner)),
    }
}

/// Returns a value as a field or a variant holds it.
pub fn stored(member: &Member, value: RustCode) -> RustCode {
    let value = match member.boxed {
        true => call("Box::new", &[value]),
        false => value,
    };
    let some = |value| call("Some", &[value]);
    match member.optionality {
        Optionality::Required => value,
        Optionality::Nullable
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received => some(value),
        Optionality::OptionalNullable => some(some(value)),
    }
}

fn option(inner: RustCode) -> RustCode {
    generic("Option", &[inner])
}

fn scalar(module: &mut Module, scalar: Scalar) -> RustCode {
    if matches!(scalar, Scalar::QuotedI64 | Scalar::QuotedU64) {
        module.runtime("Quoted");
    }
    if scalar == Scalar::File {
        module.runtime("FilePart");
    }
    code!(scalar_name(scalar))
}

/// Returns the type of a scalar.
pub fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Bool => "bool",
        Scalar::I8 => "i8",
        Scalar::I16 => "i16",
        Scalar::I32 => "i32",
        Scalar::I64 | Scalar::UnixTime => "i64",
        Scalar::U8 => "u8",
        Scalar::U16 => "u16",
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::QuotedI64 => "Quoted<i64>",
        Scalar::QuotedU64 => "Quoted<u64>",
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::Null => "()",
        Scalar::File => "FilePart",
    }
}

/// An argument: its type, and the expression that converts it to the value.
pub struct Argument {
    pub ty: RustCode,
    pub value: RustCode,
}

/// Returns the argument for a value of the type: strings and lists are generic over their sources.
pub fn argument(module: &mut Module, ty: &Ty, name: &Name) -> Argument {
    let api = module.cx().api;
    let converted = || Chain::of(name).method("into", &[]).end();
    match resolve(api, ty) {
        Ty::Scalar(Scalar::String) => Argument {
            ty: into_string(),
            value: converted(),
        },
        Ty::List(item) if is_converted(module, item) => Argument {
            ty: items_of(into(plain(module, item))),
            value: Chain::of(name)
                .method("into_iter", &[])
                .method("map", &[code!("Into::into")])
                .method("collect", &[])
                .end(),
        },
        Ty::List(item) => Argument {
            ty: items_of(plain(module, item)),
            value: Chain::of(name)
                .method("into_iter", &[])
                .method("collect", &[])
                .end(),
        },
        Ty::Scalar(scalar @ (Scalar::QuotedI64 | Scalar::QuotedU64 | Scalar::File)) => Argument {
            ty: into(self::scalar(module, *scalar)),
            value: converted(),
        },
        Ty::Named(_) if module.cx().converts(ty) => Argument {
            ty: into(plain(module, ty)),
            value: converted(),
        },
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            Argument {
                ty: plain(module, ty),
                value: code!(name),
            }
        }
    }
}

/// Returns whether the items of a list are converted to this type.
pub fn is_converted(module: &Module, item: &Ty) -> bool {
    let is_text = matches!(resolve(module.cx().api, item), Ty::Scalar(Scalar::String));
    is_text || module.cx().converts(item)
}

/// Returns the argument for a member of an object, which is an `Option` if it is required and
/// nullable.
pub fn member_argument(module: &mut Module, member: &Member, name: &Name) -> Argument {
    match member.optionality {
        Optionality::Nullable => Argument {
            ty: option(plain(module, &member.ty)),
            value: code!(name),
        },
        Optionality::Required
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received
        | Optionality::OptionalNullable => argument(module, &member.ty, name),
    }
}

/// `impl Into<T>`
pub fn into(ty: RustCode) -> RustCode {
    generic("impl Into", &[ty])
}

/// `impl Into<String>`
pub fn into_string() -> RustCode {
    into(code!("String"))
}

/// `impl Into<Option<T>>`
pub fn into_option(inner: RustCode) -> RustCode {
    into(option(inner))
}

/// `impl IntoIterator<Item = T>`
pub fn items_of(item: RustCode) -> RustCode {
    generic("impl IntoIterator", &[code!("Item = ", item)])
}
