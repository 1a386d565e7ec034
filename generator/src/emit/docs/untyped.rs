//! `docs/untyped.md` of the emitted crate: values without a type, and operations that are left out.
//!
//! In: the census. Out: one file, in an order that does not depend on that of the document. Not here: what counts (see
//! `census`).

use std::collections::BTreeMap;

use crate::emit::rust::access;
use crate::emit::text::markdown;
use crate::emit::{EmitCx, File};
use crate::model::api::{OpId, Owner, TypeId, UntypedReason};
use crate::model::census::{Untyped, Within};
use crate::model::uses::UseSite;
use crate::plan::inputs::Input;
use crate::report::Code;

/// `docs/untyped.md`.
pub fn file(cx: &EmitCx) -> File {
    let marker = cx.marker().replace("--", "-");
    let mut text = format!("<!-- {marker} -->\n\n# Untyped values and missing operations\n\n");
    text.push_str(&summary(cx));
    let mut reasons: BTreeMap<(usize, Option<Code>), Vec<String>> = BTreeMap::new();
    for found in &cx.census.untyped {
        let rank = match found.why {
            UntypedReason::Broken => 0,
            UntypedReason::Unsupported(_) => 1,
            UntypedReason::FreeForm => 2,
        };
        reasons
            .entry((rank, found.code))
            .or_default()
            .push(row(cx, found));
    }
    for ((rank, code), rows) in reasons {
        let (title, about) = match rank {
            0 => ("Broken", "The schema cannot be read."),
            1 => ("Unsupported", "No Rust type fits the schema."),
            _ => ("Free-form", "The document allows any value."),
        };
        section(&mut text, title, about, code, rows);
    }
    skipped(cx, &mut text);
    omitted(cx, &mut text);
    File {
        path: "docs/untyped.md".into(),
        text: text.into(),
    }
}

/// The operations that have no method.
fn skipped(cx: &EmitCx, text: &mut String) {
    let mut by_code: BTreeMap<Code, Vec<String>> = BTreeMap::new();
    for op in &cx.api.skipped {
        let row = format!(
            "{}{}: {}",
            markdown::code(op.at.as_str()),
            operation(&op.id),
            message(&op.text)
        );
        by_code.entry(op.code).or_default().push(row);
    }
    for (code, rows) in by_code {
        let about = "The client has no methods for these operations.";
        section(text, "Left out", about, Some(code), rows);
    }
}

/// The parameters that no method takes.
fn omitted(cx: &EmitCx, text: &mut String) {
    let mut by_code: BTreeMap<Code, Vec<String>> = BTreeMap::new();
    for (index, op) in cx.api.ops.iter().enumerate() {
        for param in &op.omitted {
            let (at, call) = (markdown::code(param.at.as_str()), call(cx, OpId(index)));
            let reason = message(&param.reason);
            let row = match &param.named {
                Some((location, name)) => {
                    let (location, name) = (location.as_str(), markdown::code(name));
                    format!("{at}: the {location} parameter {name} of {call} {reason}")
                }
                None => format!("{at}: a parameter of {call}: {reason}"),
            };
            by_code.entry(param.code).or_default().push(row);
        }
    }
    for (code, rows) in by_code {
        let about = "The methods do not take these parameters.";
        section(text, "Parameters left out", about, Some(code), rows);
    }
}

/// Returns the name of an operation, if it could be read.
fn operation(id: &str) -> String {
    match id {
        "" => String::new(),
        id => format!(" ({})", markdown::code(id)),
    }
}

/// Returns the text of a diagnostic as Markdown: names in backticks stay code. Where they do not
/// pair, all of it is escaped.
fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return markdown::escape(text);
    }
    let gap = |is_wanted: bool| if is_wanted { " " } else { "" };
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 if part.trim().is_empty() => part.to_owned(),
        0 => {
            let (before, after) = (gap(part.starts_with(' ')), gap(part.ends_with(' ')));
            format!("{before}{}{after}", markdown::escape(part))
        }
        _ => markdown::code(part),
    };
    parts.into_iter().enumerate().map(part).collect()
}

fn summary(cx: &EmitCx) -> String {
    let (untyped, positions) = (cx.census.untyped.len(), cx.census.positions);
    let (ops, skipped) = (cx.api.operation_count(), cx.api.skipped.len());
    let mut text = match untyped {
        0 => "All values are typed".to_owned(),
        some => format!("{some} of {positions} values have the type `serde_json::Value`"),
    };
    match skipped {
        0 => text.push_str(", and no operation is left out.\n"),
        some => {
            let all = ops + some;
            text.push_str(&format!(
                ". {some} of {all} operations of the document are left out.\n"
            ));
        }
    }
    text
}

fn section(text: &mut String, title: &str, about: &str, code: Option<Code>, mut rows: Vec<String>) {
    let code = code.map(|code| (code.id(), code.meaning()));
    let (of, why) = match code {
        Some((id, meaning)) => (format!(": `{id}`"), format!(" Diagnostic: {meaning}.")),
        None => Default::default(),
    };
    rows.sort_unstable();
    let count = rows.len();
    text.push_str(&format!("\n## {title}{of} ({count})\n\n{about}{why}\n\n"));
    for row in rows {
        text.push_str(&format!("- {row}\n"));
    }
}

/// Returns a value, with its location in the document and in Rust.
fn row(cx: &EmitCx, found: &Untyped) -> String {
    let part = match found.within {
        Within::Whole => "",
        Within::Item => "items of ",
        Within::MapValue => "values of ",
    };
    let at = markdown::code(found.at.as_str());
    format!("{at}: {part}{}", use_site(cx, found.owner, found.site))
}

fn use_site(cx: &EmitCx, owner: Owner, site: UseSite) -> String {
    match owner {
        Owner::Type(id) => member(cx, id, site),
        Owner::Webhook(index) => {
            let name = &cx.api.webhooks.requests[index].name;
            format!("the payload of the webhook {}", markdown::code(name))
        }
        Owner::Op(id) => match site {
            UseSite::Callback(_) => format!("the payload of a callback of {}", call(cx, id)),
            UseSite::Param(index) => argument(cx, id, Input::Param(index)),
            UseSite::Body => argument(cx, id, Input::Body),
            UseSite::Reply
            | UseSite::Errors
            | UseSite::Headers
            | UseSite::Answer(_)
            | UseSite::Alias
            | UseSite::Field(_)
            | UseSite::Variant(_)
            | UseSite::Rest => format!("the response of {}", call(cx, id)),
        },
    }
}

fn member(cx: &EmitCx, id: TypeId, site: UseSite) -> String {
    let names = cx.names.ty(id);
    match site {
        UseSite::Field(index) | UseSite::Variant(index) => {
            format!("`{}::{}`", names.name, names.members[index])
        }
        UseSite::Rest => format!("the other properties of `{}`", names.name),
        UseSite::Alias
        | UseSite::Param(_)
        | UseSite::Body
        | UseSite::Reply
        | UseSite::Errors
        | UseSite::Headers
        | UseSite::Answer(_)
        | UseSite::Callback(_) => format!("`{}`", names.name),
    }
}

fn argument(cx: &EmitCx, id: OpId, input: Input) -> String {
    match cx.names.op(id).input(input) {
        Some(name) => format!("`{name}` of {}", call(cx, id)),
        None => format!("an argument of {}", call(cx, id)),
    }
}

/// `client.models().permissions().list`.
fn call(cx: &EmitCx, id: OpId) -> String {
    let method = &cx.names.op(id).method;
    match cx.outline.op(id).resource {
        Some(resource) => {
            let access = access::access(cx, resource);
            format!("`{access}.{method}`")
        }
        None => format!("`{method}`"),
    }
}
