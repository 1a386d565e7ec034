//! Types that are pages: the fields with their items.
//!
//! In: a type, whose page is planned. Out: its `impl Page`, as tokens. Not here: how pages follow each other (see `paging`).

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::module::Module;
use crate::emit::rust::ty;
use crate::model::api::{FieldId, Ty, TypeId};
use crate::model::ty::resolve;
use crate::plan::members::Optionality;

/// The `impl Page` of a type, which names the fields that lead to its items.
pub fn page(module: &mut Module, id: TypeId) {
    let cx = module.cx();
    let Some((list, above)) = cx.outline.page(id).and_then(|page| page.split_last()) else {
        return;
    };
    let Ty::List(item) = resolve(cx.api, &cx.outline.ty(list.ty).members[list.index].ty) else {
        return;
    };
    let item = ty::plain(module, item);
    let (borrowed, owned) = items(module, above, *list);
    module.runtime("Page");
    let name = &cx.names.ty(id).name;
    module.item(quote! {
        impl Page for #name {
            type Item = #item;

            fn items(&self) -> &[#item] {
                #borrowed
            }

            fn into_items(self) -> Vec<#item> {
                #owned
            }
        }
    });
}

/// Returns the items of a borrowed page, and of an owned one. Objects that may be absent need a
/// closure to give up in.
fn items(module: &Module, above: &[FieldId], list: FieldId) -> (TokenStream, TokenStream) {
    let cx = module.cx();
    let optionality = |step: FieldId| cx.outline.ty(step.ty).members[step.index].optionality;
    let (mut borrowed, mut owned) = (quote!(self), quote!(self));
    for step in above {
        let name = &cx.names.ty(step.ty).members[step.index];
        let (by_ref, by_value) = match optionality(*step) {
            Optionality::Required => (quote!(), quote!()),
            Optionality::Nullable
            | Optionality::Optional
            | Optionality::OptionalAny
            | Optionality::Received => (quote!(.as_ref()?), quote!(?)),
            Optionality::OptionalNullable => (quote!(.as_ref()?.as_ref()?), quote!(.flatten()?)),
        };
        (borrowed, owned) = (
            quote!(#borrowed.#name #by_ref),
            quote!(#owned.#name #by_value),
        );
    }
    let name = &cx.names.ty(list.ty).members[list.index];
    let (borrowed, owned) = (quote!(#borrowed.#name), quote!(#owned.#name));
    let is_optional = |step: &FieldId| optionality(*step) != Optionality::Required;
    if above.iter().any(is_optional) {
        let (by_ref, by_value) = match optionality(list) {
            Optionality::Required => (quote!(Some(#borrowed.as_slice())), quote!(Some(#owned))),
            Optionality::Nullable
            | Optionality::Optional
            | Optionality::OptionalAny
            | Optionality::Received => (quote!(#borrowed.as_deref()), quote!(#owned)),
            Optionality::OptionalNullable => (
                quote!(#borrowed.as_ref()?.as_deref()),
                quote!(#owned.flatten()),
            ),
        };
        return (
            quote!(let items = || #by_ref; items().unwrap_or_default()),
            quote!(let items = || #by_value; items().unwrap_or_default()),
        );
    }
    match optionality(list) {
        Optionality::Required => (quote!(&#borrowed), owned),
        Optionality::Nullable
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received => (
            quote!(#borrowed.as_deref().unwrap_or_default()),
            quote!(#owned.unwrap_or_default()),
        ),
        Optionality::OptionalNullable => (
            quote!(#borrowed.as_ref().and_then(Option::as_deref).unwrap_or_default()),
            quote!(#owned.flatten().unwrap_or_default()),
        ),
    }
}
