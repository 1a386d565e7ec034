//! References that lead nowhere.
//!
//! In: a reference whose target is not there, and what it is in place of. Out: a loss, with a suggestion.

use serde_json::Value;

use super::locate::{Documents, Found, locate};
use super::objects::{Expected, Kind};
use super::resolve;
use super::state::Walk;
use crate::read::Unreadable;
use crate::report::{Code, Pointer, nearest};

pub(super) fn report(
    walk: &mut Walk,
    documents: &Documents,
    at: &Pointer,
    target: &Pointer,
    shape: Option<Expected>,
    suggest: bool,
) {
    let loss = shape.map_or("", loss);
    if target.file().contains("//") {
        let text = format!("{target} is remote and is not fetched{loss}");
        walk.report.lose(Code::RemoteRef, at, text);
        return;
    }
    if let Some(Err(Unreadable { code, text })) = documents.others.get(target.file()) {
        walk.report
            .lose(*code, at, format!("{text}{loss}"))
            .help(resolve::help(*code));
        return;
    }
    let help = suggest
        .then(|| suggestion(walk, documents, target))
        .flatten();
    walk.report
        .lose(
            Code::DanglingRef,
            at,
            format!("{target} does not exist{loss}"),
        )
        .help(help);
}

/// Returns the consequence of a lost part that no later diagnostic can report, because its name is unknown.
fn loss(shape: Expected) -> &'static str {
    match shape {
        Expected::One(Kind::Parameter) => ", so a parameter of unknown name is left out",
        Expected::List(Kind::Parameter) => ", so all parameters of this list are left out",
        Expected::One(_) | Expected::List(_) | Expected::Map(_) => "",
    }
}

fn suggestion(walk: &Walk, documents: &Documents, target: &Pointer) -> Option<String> {
    let (parent, name) = target.split()?;
    let Found::Raw(parent, Value::Object(map)) =
        locate(&walk.schemas, documents, &walk.base, &parent)
    else {
        return None;
    };
    let name = nearest(&name, map.keys().map(String::as_str))?;
    Some(format!("did you mean {}?", parent.child(name)))
}
