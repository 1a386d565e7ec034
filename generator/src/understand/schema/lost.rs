//! What earlier stages had to leave out, so that nothing is taken for free-form, or for absent, that is not.
//!
//! In: the report so far. Out: positions that lost a part of what makes a type, and operations that nobody could read. Not
//! here: new findings.

use crate::document::{Doc, Pos};
use crate::maps::HashMap;
use crate::model::api::Skipped;
use crate::report::{Code, Diagnostic, Pointer, Report};

/// The positions that lost a keyword with a part in choosing a type, each with what was said of it first.
pub fn positions(doc: &Doc, report: &Report) -> HashMap<Pos, Code> {
    let mut lost = HashMap::default();
    for found in report.iter().filter(|found| makes_types(found.code)) {
        let pos = position(doc, &found.at).or_else(|| position(doc, &found.at.split()?.0));
        if let Some(pos) = pos {
            lost.entry(pos).or_insert(found.code);
        }
    }
    lost
}

fn position(doc: &Doc, at: &Pointer) -> Option<Pos> {
    doc.places.get_index_of(at)
}

fn makes_types(code: Code) -> bool {
    matches!(
        code,
        Code::UnreadableSchema
            | Code::UnknownType
            | Code::IgnoredKeyword
            | Code::RefSyntax
            | Code::RemoteRef
            | Code::RefOutside
            | Code::DanglingRef
            | Code::CyclicRef
            | Code::NeverSchema
            | Code::Not
            | Code::Conditional
            | Code::Contains
            | Code::Unevaluated
    )
}

/// The operations that could not be read, in the order of the report.
pub fn operations(report: &Report) -> Vec<Skipped> {
    let skipped = |found: &Diagnostic| Skipped {
        at: found.at.clone(),
        id: String::new(),
        tags: Vec::new(),
        code: found.code,
        text: found.text.clone(),
    };
    report
        .iter()
        .filter(|found| is_operation(found))
        .map(skipped)
        .collect()
}

fn is_operation(found: &Diagnostic) -> bool {
    let is_path = || found.at.as_str().starts_with("#/paths/") && found.at.keys().count() == 2;
    let is_method = || {
        let is_field = |(_, key): (_, String)| matches!(key.as_str(), "parameters" | "servers");
        found.at.operation() == Some(found.at.as_str()) && !found.at.split().is_some_and(is_field)
    };
    match found.code {
        Code::PathSyntax
        | Code::DanglingRef
        | Code::RemoteRef
        | Code::RefOutside
        | Code::CyclicRef => is_path(),
        Code::UnreadableItem | Code::UnknownMethod => is_path() || is_method(),
        _ => false,
    }
}
