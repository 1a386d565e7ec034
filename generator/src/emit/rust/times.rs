//! Times.
//!
//! In: the fields of a struct, with the kinds of time that they hold. Out: methods that convert them. Not here: which fields do
//! (`model`).

use std::slice;

use crate::emit::print::code::{Chain, RustCode, call, code, generic, signature};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::Module;
use crate::model::api::TypeId;
use crate::model::time::Time;
use crate::plan::members::Optionality;
use crate::plan::names::Name;

const JIFF: &str = "#[cfg(feature = \"jiff\")]";

/// Conversions of the fields that hold a time.
pub fn conversions(module: &mut Module, id: TypeId) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let (mut of_integers, mut of_texts) = (Item::inside(), Item::inside());
    for (index, times) in names.times.iter().enumerate() {
        let (Some(times), name) = (times, &names.members[index]) else {
            continue;
        };
        let time = times.time;
        let optionality = plan.members[index].optionality;
        match &times.std {
            Some(std) => {
                let seconds = seconds(name, optionality);
                to_system_time(&mut of_integers, name, optionality, (std, &seconds));
                of_integers.gap();
                of_integers.docs(&docs(name, optionality, Time::Unix));
                of_integers.line(JIFF);
                to_jiff(&mut of_integers, &times.jiff, time, seconds);
            }
            None => {
                of_texts.gap();
                of_texts.docs(&docs(name, optionality, time));
                to_jiff(&mut of_texts, &times.jiff, time, text(name, optionality));
            }
        }
    }
    if !of_integers.is_empty() {
        module.runtime("unix_time");
        module.import("std::time", "SystemTime");
    }
    let name = &names.name;
    for (cfg, methods) in [(None, of_integers), (Some(JIFF), of_texts)] {
        if !methods.is_empty() {
            let mut item = Item::default();
            item.line_if(cfg);
            item.block(code!("impl ", name), |item| item.append(methods));
            module.item(item);
        }
    }
}

/// Returns the integer of a field, in a method that returns an option.
fn seconds(name: &Name, optionality: Optionality) -> RustCode {
    let value = Chain::of("self").field(name).end();
    match optionality {
        Optionality::Required => value,
        Optionality::Nullable
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received => code!(value, "?"),
        Optionality::OptionalNullable => code!(value, "??"),
    }
}

/// Returns a reference to the text of a field, or the text, in a method that returns an option.
fn text(name: &Name, optionality: Optionality) -> RustCode {
    let value = Chain::of("self").field(name);
    let present = |value: Chain| code!(value.method("as_ref", &[]).end(), "?");
    match optionality {
        Optionality::Required => value.end(),
        Optionality::Nullable
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received => present(value),
        Optionality::OptionalNullable => present(Chain::of(present(value))),
    }
}

fn to_system_time(
    methods: &mut Item,
    name: &Name,
    optionality: Optionality,
    (method, seconds): (&Name, &RustCode),
) {
    let (link, unset) = (link(name), unset(optionality));
    methods.gap();
    methods.docs(&Docs::line(format!(
        "Returns {link} as a [`SystemTime`], or `None` if {unset}the platform cannot represent it."
    )));
    let returned = generic("Option", &[code!("SystemTime")]);
    methods.block(signature(method, &[code!("&self")], returned), |item| {
        item.line(call("unix_time", slice::from_ref(seconds)));
    });
}

fn docs(name: &Name, optionality: Optionality, time: Time) -> Docs {
    let (link, unset, ty) = (link(name), unset(optionality), jiff(time));
    let odd = match time {
        Time::Unix => "is out of range",
        Time::Timestamp | Time::Date | Time::Duration => "holds anything else",
    };
    Docs::line(format!(
        "Returns {link} as a [`{ty}`], or `None` if {unset}it {odd}."
    ))
}

fn to_jiff(methods: &mut Item, method: &Name, time: Time, value: RustCode) {
    let ty = jiff(time);
    let returned = generic("Option", &[code!(ty)]);
    methods.block(signature(method, &[code!("&self")], returned), |item| {
        let parsed = match time {
            Time::Unix => Chain::of(call("jiff::Timestamp::from_second", &[value])),
            Time::Timestamp | Time::Date | Time::Duration => Chain::of(value).method("parse", &[]),
        };
        item.line(parsed.method("ok", &[]).end());
    });
}

/// Returns the type of `jiff` for a kind of time.
fn jiff(time: Time) -> &'static str {
    match time {
        Time::Unix | Time::Timestamp => "jiff::Timestamp",
        Time::Date => "jiff::civil::Date",
        Time::Duration => "jiff::Span",
    }
}

fn link(name: &Name) -> String {
    doc::link(name.as_str(), &format!("field@Self::{}", name.plain()))
}

fn unset(optionality: Optionality) -> &'static str {
    match optionality {
        Optionality::Required => "",
        Optionality::Nullable
        | Optionality::Optional
        | Optionality::OptionalAny
        | Optionality::Received
        | Optionality::OptionalNullable => "it is unset or if ",
    }
}
