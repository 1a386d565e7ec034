//! Times.
//!
//! In: the fields of a struct. Out: methods that convert those that hold a time. Not here: which fields do (`plan`).

use std::slice;

use crate::emit::print::code::{Chain, call, code, generic, signature};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::Module;
use crate::model::api::{Field, TypeId};
use crate::model::ty::is_time;
use crate::plan::types::Optionality;

/// Conversions of the fields that hold a time.
pub fn conversions(module: &mut Module, id: TypeId, fields: &[Field]) {
    let cx = module.cx();
    let (names, plan) = (cx.names.ty(id), cx.outline.ty(id));
    let times = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_time(cx.api, &field.ty));
    let mut methods = Item::inside();
    for (index, _) in times {
        let (Some(times), Some(name)) = (&names.times[index], names.members.get(index)) else {
            continue;
        };
        let value = Chain::of("self").field(name).end();
        let (seconds, unset) = match plan.members[index].optionality {
            Optionality::Required => (value, ""),
            Optionality::Nullable
            | Optionality::Optional
            | Optionality::OptionalAny
            | Optionality::Received => (code!(value, "?"), "it is unset or if "),
            Optionality::OptionalNullable => (code!(value, "??"), "it is unset or if "),
        };
        let link = doc::link(name.as_str(), &format!("field@Self::{}", name.plain()));
        methods.gap();
        methods.docs(&Docs::line(format!(
            "Returns {link} as a [`SystemTime`], or `None` if {unset}the platform cannot represent it."
        )));
        let returned = generic("Option", &[code!("SystemTime")]);
        methods.block(signature(&times.std, &[code!("&self")], returned), |item| {
            item.line(call("unix_time", slice::from_ref(&seconds)));
        });
        methods.gap();
        methods.docs(&Docs::line(format!(
            "Returns {link} as a [`jiff::Timestamp`], or `None` if {unset}it is out of range."
        )));
        methods.line("#[cfg(feature = \"jiff\")]");
        let returned = generic("Option", &[code!("jiff::Timestamp")]);
        methods.block(
            signature(&times.jiff, &[code!("&self")], returned),
            |item| {
                let timestamp = call("jiff::Timestamp::from_second", &[seconds]);
                item.line(Chain::of(timestamp).method("ok", &[]).end());
            },
        );
    }
    if !methods.is_empty() {
        module.runtime("unix_time");
        module.import("std::time", "SystemTime");
        let mut item = Item::default();
        item.block(code!("impl ", &names.name), |item| item.append(methods));
        module.item(item);
    }
}
