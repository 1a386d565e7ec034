//! Uses of types.
//!
//! In: a [`Ty`] and the module that it stands in, which imports what it names. Out: tokens. Not here: definitions.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Module;
use crate::api::{Scalar, Ty};
use crate::facts::{Form, Member, non_null, resolve};

/// A type as it stands in a definition or a signature.
pub fn plain(module: &mut Module, ty: &Ty) -> TokenStream {
    match ty {
        Ty::Scalar(scalar) => self::scalar(module, *scalar),
        Ty::Named(id) => {
            let name = module.import_type(*id);
            quote!(#name)
        }
        Ty::List(item) => {
            let item = plain(module, item);
            quote!(Vec<#item>)
        }
        Ty::Map(value) => {
            module.import("std::collections", "BTreeMap");
            let value = plain(module, value);
            quote!(BTreeMap<String, #value>)
        }
        Ty::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| plain(module, item)).collect();
            match items.as_slice() {
                [one] => quote!((#one,)),
                items => quote!((#(#items),*)),
            }
        }
        Ty::Nullable(inner) => {
            let inner = plain(module, inner);
            quote!(Option<#inner>)
        }
        Ty::Any(_) => {
            module.import("serde_json", "Value");
            quote!(Value)
        }
    }
}

/// The type of a field.
pub fn field(module: &mut Module, ty: &Ty, member: Member) -> TokenStream {
    let (inner, nullable) = non_null(module.cx().api, ty);
    let inner = plain(module, inner);
    let inner = if member.boxed {
        quote!(Box<#inner>)
    } else {
        inner
    };
    match member.form {
        Form::Required if nullable => quote!(Option<#inner>),
        Form::Required => inner,
        Form::Optional => quote!(Option<#inner>),
        Form::Nullable => quote!(Option<Option<#inner>>),
    }
}

fn scalar(module: &mut Module, scalar: Scalar) -> TokenStream {
    if matches!(scalar, Scalar::QuotedI64 | Scalar::QuotedU64) {
        module.runtime("Quoted");
    }
    match scalar {
        Scalar::String => quote!(String),
        Scalar::Bool => quote!(bool),
        Scalar::I8 => quote!(i8),
        Scalar::I16 => quote!(i16),
        Scalar::I32 => quote!(i32),
        Scalar::I64 | Scalar::UnixTime => quote!(i64),
        Scalar::U8 => quote!(u8),
        Scalar::U16 => quote!(u16),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::QuotedI64 => quote!(Quoted<i64>),
        Scalar::QuotedU64 => quote!(Quoted<u64>),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::Null => quote!(()),
    }
}

/// How a caller gives a value: the type of the argument, and what makes the value of it.
pub struct Argument {
    pub ty: TokenStream,
    pub value: TokenStream,
}

/// An argument that becomes a value of the type: strings and lists take whatever turns into them.
pub fn argument(module: &mut Module, ty: &Ty, name: TokenStream) -> Argument {
    let api = module.cx().api;
    match resolve(api, ty) {
        Ty::Scalar(Scalar::String) => Argument {
            ty: quote!(impl Into<String>),
            value: quote!(#name.into()),
        },
        Ty::List(item) if matches!(resolve(api, item), Ty::Scalar(Scalar::String)) => Argument {
            ty: quote!(impl IntoIterator<Item = impl Into<String>>),
            value: quote!(#name.into_iter().map(Into::into).collect()),
        },
        Ty::List(item) => {
            let item = plain(module, item);
            Argument {
                ty: quote!(impl IntoIterator<Item = #item>),
                value: quote!(#name.into_iter().collect()),
            }
        }
        Ty::Scalar(scalar @ (Scalar::QuotedI64 | Scalar::QuotedU64)) => {
            let ty = self::scalar(module, *scalar);
            Argument {
                ty: quote!(impl Into<#ty>),
                value: quote!(#name.into()),
            }
        }
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            Argument {
                ty: plain(module, ty),
                value: name,
            }
        }
    }
}
