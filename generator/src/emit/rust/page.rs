//! Types that are pages: the fields with their items and with the next page.
//!
//! In: a type, whose page is planned. Out: its `impl Page`, as tokens. Not here: how pages follow each other (the runtime).

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::module::Module;
use crate::emit::rust::ty;
use crate::model::api::{Scalar, Ty, TypeId};
use crate::model::ty::resolve;
use crate::plan::types::Optionality;

/// The `impl Page` of a type, which names the fields with the items and with the next page.
pub fn page(module: &mut Module, id: TypeId) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let Some(page) = cx.outline.page(id) else {
        return;
    };
    let Ty::List(item) = resolve(cx.api, &plan.members[page.items].ty) else {
        return;
    };
    let item = ty::plain(module, item);
    let items = &names.members[page.items];
    let (borrowed, owned) = match plan.members[page.items].optionality {
        Optionality::Required => (quote!(&self.#items), quote!(self.#items)),
        Optionality::Nullable | Optionality::Optional | Optionality::OptionalAny => (
            quote!(self.#items.as_deref().unwrap_or_default()),
            quote!(self.#items.unwrap_or_default()),
        ),
        Optionality::OptionalNullable => (
            quote!(self.#items.as_ref().and_then(Option::as_deref).unwrap_or_default()),
            quote!(self.#items.flatten().unwrap_or_default()),
        ),
    };
    let next = next_page(module, id);
    for name in ["Next", "Page"] {
        module.runtime(name);
    }
    let name = &names.name;
    module.item(quote! {
        impl Page for #name {
            type Item = #item;

            fn items(&self) -> &[#item] {
                #borrowed
            }

            fn into_items(self) -> Vec<#item> {
                #owned
            }

            fn next(&self) -> Option<Next> {
                #next
            }
        }
    });
}

fn next_page(module: &mut Module, id: TypeId) -> TokenStream {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let Some(page) = cx.outline.page(id) else {
        return quote!(None);
    };
    let Some(next) = page.next else {
        return quote!(None);
    };
    let name = &names.members[next];
    let inner = resolve(cx.api, &plan.members[next].ty);
    let is_text = *inner == Ty::Scalar(Scalar::String);
    let is_copy = matches!(inner, Ty::Scalar(_));
    let cursor = match plan.members[next].optionality {
        Optionality::Required if is_text => quote!(Some(self.#name.as_str())),
        Optionality::Required => quote!(Some(self.#name.to_string().as_str())),
        Optionality::Nullable | Optionality::Optional | Optionality::OptionalAny if is_text => {
            quote!(self.#name.as_deref())
        }
        Optionality::Nullable | Optionality::Optional | Optionality::OptionalAny => {
            let as_ref = (!is_copy).then(|| quote!(.as_ref()));
            quote!(self.#name #as_ref.map(|cursor| cursor.to_string()).as_deref())
        }
        Optionality::OptionalNullable if is_text => {
            quote!(self.#name.as_ref().and_then(Option::as_deref))
        }
        Optionality::OptionalNullable => {
            let value = match is_copy {
                true => quote!(self.#name.flatten()),
                false => quote!(self.#name.as_ref().and_then(Option::as_ref)),
            };
            quote!(#value.map(|cursor| cursor.to_string()).as_deref())
        }
    };
    let more = page
        .more
        .map(|more| (&names.members[more], plan.members[more].optionality));
    let more = match more {
        None => quote!(None),
        Some((more, Optionality::OptionalNullable)) => quote!(self.#more.flatten()),
        Some((
            more,
            Optionality::Required
            | Optionality::Nullable
            | Optionality::Optional
            | Optionality::OptionalAny,
        )) => quote!(self.#more),
    };
    quote!(Next::cursor(#more, #cursor))
}
