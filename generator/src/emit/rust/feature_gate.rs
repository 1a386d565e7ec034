//! Features that compile an item.
//!
//! In: a [`Gate`]. Out: its attribute, for items and for examples in docs. Not here: the items of a gate (`plan`), the list of
//! features (`manifest`).

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, code, meta, string};
use crate::plan::modules::Gate;
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;

/// The feature that enables all resources, and the types that none of them uses.
pub const ALL: &str = "all";

/// `#[cfg(feature = "chat")]`, or nothing.
pub fn cfg(cx: &EmitCx, gate: &Gate) -> Option<RustCode> {
    let features = of(cx, gate).into_iter();
    let features: Vec<RustCode> = features
        .map(|name| code!("feature = ", string(name)))
        .collect();
    match features.as_slice() {
        [] => None,
        [_] => Some(code!("#[", meta("cfg", &features), "]")),
        many => Some(code!("#[", meta("cfg", &[meta("any", many)]), "]")),
    }
}

/// Returns the attribute as a line for an example in docs, which is compiled with the features of
/// its crate.
pub fn line(cx: &EmitCx, gate: &Gate) -> Option<String> {
    let features = of(cx, gate).into_iter();
    let features: Vec<String> = features
        .map(|name| format!("feature = \"{name}\""))
        .collect();
    match features.as_slice() {
        [] => None,
        [one] => Some(format!("#[cfg({one})]")),
        many => Some(format!("#[cfg(any({}))]", many.join(", "))),
    }
}

/// Returns the features of which one must be enabled; none if the item is always compiled.
fn of<'a>(cx: &EmitCx<'a>, gate: &Gate) -> Vec<&'a str> {
    match gate {
        Gate::None => Vec::new(),
        Gate::Any(resources) => resources
            .iter()
            .filter_map(|id| compiled_by(cx, *id))
            .collect(),
        Gate::All => vec![ALL],
    }
}

/// Returns an attribute that applies unless all resources are enabled, or nothing.
pub fn unless_all(cx: &EmitCx, attribute: TokenStream) -> Option<TokenStream> {
    let has_features = !cx.outline.features().resources().is_empty();
    has_features.then(|| quote! { cfg_attr(not(feature = #ALL), #attribute) })
}

/// Returns the feature that enables a resource, if it has its own.
pub fn feature<'a>(cx: &EmitCx<'a>, id: ResourceId) -> Option<&'a str> {
    cx.names.resource(id).feature.as_ref().map(Name::plain)
}

/// Returns the feature in the attributes of a resource, if it has its own.
pub fn compiled_by<'a>(cx: &EmitCx<'a>, id: ResourceId) -> Option<&'a str> {
    cx.names.resource(id).compiled_by.as_deref()
}
