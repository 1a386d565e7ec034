//! The description of a listing, as data for the runtime.
//!
//! In: the [`Paging`] of an operation. Out: the value in the static of the operation. Not here: items of a page (see `page`), the
//! loop over pages (the runtime).

use proc_macro2::Literal;

use crate::emit::package::needs::is_needed;
use crate::emit::print::code::{Chain, RustCode, array, call, code, string};
use crate::emit::rust::module::Module;
use crate::model::api::{
    Api, End, Field, FieldId, NextPage, Numbering, Op, Paging, Position, Reply,
};
use crate::model::ty::fields;

/// Returns the field of an operation that describes its pages, if the client has listings.
pub fn described(module: &mut Module, op: &Op) -> Option<RustCode> {
    let paging = match op.listing.pages() {
        Some(paging) => call(
            "Some",
            &[code!("&", description(module, paging, &op.reply))],
        ),
        None => code!("None"),
    };
    is_needed(module.cx(), "paging").then(|| code!("paging: ", paging))
}

/// `Paging::token(..)`, with what else is known.
fn description(module: &mut Module, paging: &Paging, reply: &Reply) -> RustCode {
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
    let mut steps = steps(paging, to);
    let mut held = paging.items.iter();
    let is_optional = held.any(|step| !field(module.cx().api, *step).presence.is_required());
    let flag = |name: &'static str, is_set: bool| is_set.then_some((name, None));
    steps.extend(flag("optional", is_optional));
    steps.extend(flag("bare", reply.may_be_empty()));
    if steps.is_empty() {
        return start;
    }
    let step = |chain: Chain, (name, value): (&'static str, Option<RustCode>)| {
        chain.method(name, value.as_slice())
    };
    steps.into_iter().fold(Chain::of(start), step).end()
}

/// Returns the methods that say what the start does not, each with its argument.
fn steps(paging: &Paging, to: Option<&Position>) -> Vec<(&'static str, Option<RustCode>)> {
    let at = |names: &[String]| Some(path(names.iter()));
    let to = to.map(|to| match to {
        Position::Query(wire) => ("query", Some(string(wire))),
        Position::Body(names) => ("body", at(names)),
    });
    let numbering = match &paging.next {
        NextPage::Page { numbering, .. } => match numbering {
            Numbering::Document => None,
            Numbering::Reply(number) => Some(("numbered", at(number))),
            Numbering::Comparison => Some(("compared", None)),
        },
        NextPage::Single
        | NextPage::Token { .. }
        | NextPage::Header { .. }
        | NextPage::Url { .. }
        | NextPage::Link(_)
        | NextPage::LastItem { .. }
        | NextPage::Offset { .. } => None,
    };
    let end = match &paging.end {
        End::Unknown => None,
        End::More(names) => Some(("more", at(names))),
        End::Last(names) => Some(("last", at(names))),
        End::Items(names) => Some(("all_items", at(names))),
        End::Pages(names) => Some(("all_pages", at(names))),
    };
    [to, numbering, end].into_iter().flatten().collect()
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
