//! References that lead nowhere.
//!
//! In: a reference whose target is not there. Out: a loss, with a suggestion.

use serde_json::Value;

use super::locate::{Documents, Found, locate};
use super::resolve;
use super::state::Walk;
use crate::read::Unreadable;
use crate::report::{Code, Pointer, nearest};

pub(super) fn report(
    walk: &mut Walk,
    documents: &Documents,
    at: &Pointer,
    target: &Pointer,
    suggest: bool,
) {
    if target.file().contains("//") {
        let text = format!("{target} is remote and is not fetched");
        walk.report.lose(Code::RemoteRef, at, text);
        return;
    }
    if let Some(Err(Unreadable { code, text })) = documents.others.get(target.file()) {
        walk.report
            .lose(*code, at, text.clone())
            .help(resolve::help(*code));
        return;
    }
    let help = suggest
        .then(|| suggestion(walk, documents, target))
        .flatten();
    walk.report
        .lose(Code::DanglingRef, at, format!("{target} does not exist"))
        .help(help);
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
