//! The description of a listing, as data for the runtime.
//!
//! In: the [`Paging`] of an operation. Out: the value in the static of the operation. Not here: items of a page (see `page`), the
//! loop over pages (the runtime).

use proc_macro2::Literal;

use crate::emit::print::code::{Chain, RustCode, array, call, code, string};
use crate::emit::rust::module::Module;
use crate::model::api::{Api, End, Field, FieldId, NextPage, Paging, Position};
use crate::model::ty::fields;

/// `Paging::token(..)`, with what else is known.
pub fn description(module: &mut Module, paging: &Paging) -> RustCode {
    module.runtime("Paging");
    let items = items(module.cx().api, &paging.items);
    let own = path(items.iter());
    let first = |first: &i64| code!(Literal::i64_unsuffixed(*first));
    let (start, to) = match &paging.next {
        NextPage::Single => (call("Paging::single", &[own]), None),
        NextPage::Token { from, to } => {
            (call("Paging::token", &[own, path(from.iter())]), Some(to))
        }
        // A list on the way stands for its last item.
        NextPage::LastItem { key, to } => {
            let key = path(items.iter().chain(key));
            (call("Paging::token", &[own, key]), Some(to))
        }
        NextPage::Header { name, to } => (call("Paging::header", &[own, string(name)]), Some(to)),
        NextPage::Url { from } => (call("Paging::url", &[own, path(from.iter())]), None),
        NextPage::Link(_) => (call("Paging::link", &[own]), None),
        NextPage::Page {
            to, first: start, ..
        } => (call("Paging::pages", &[own, first(start)]), Some(to)),
        NextPage::Offset { to, first: number } => {
            (call("Paging::offsets", &[own, first(number)]), Some(to))
        }
    };
    let mut steps: Vec<(&str, RustCode)> = Vec::new();
    let mut optional = paging.items.iter();
    let optional = optional.any(|step| !field(module.cx().api, *step).presence.is_required());
    match to {
        None => {}
        Some(Position::Query(wire)) => steps.push(("query", string(wire))),
        Some(Position::Body(wire)) => steps.push(("body", string(wire))),
    }
    if let NextPage::Page {
        number: Some(number),
        ..
    } = &paging.next
    {
        steps.push(("numbered", path(number.iter())));
    }
    match &paging.end {
        End::Unknown => {}
        End::More(names) => steps.push(("more", path(names.iter()))),
        End::Last(names) => steps.push(("last", path(names.iter()))),
        End::Items(names) => steps.push(("all_items", path(names.iter()))),
        End::Pages(names) => steps.push(("all_pages", path(names.iter()))),
    }
    if steps.is_empty() && !optional {
        return start;
    }
    let chain = Chain::of(start);
    let step = |chain: Chain, (name, value): (&'static str, RustCode)| chain.method(name, &[value]);
    let chain = steps.into_iter().fold(chain, step);
    match optional {
        true => chain.method("optional", &[]).end(),
        false => chain.end(),
    }
}

/// Returns the names that lead to the items.
pub fn items(api: &Api, steps: &[FieldId]) -> Vec<String> {
    let wire = |step: &FieldId| field(api, *step).wire.clone();
    steps.iter().map(wire).collect()
}

fn field(api: &Api, step: FieldId) -> &Field {
    &fields(&api.types[step.ty.0].shape)[step.index]
}

/// `&["meta", "next"]`
fn path<'a>(names: impl Iterator<Item = &'a String>) -> RustCode {
    let names: Vec<RustCode> = names.map(|name| string(name)).collect();
    code!("&", array(&names))
}
