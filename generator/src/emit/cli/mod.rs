//! The command line client: the table of its commands.
//!
//! In: the operations as commands, their words. Out: `src/cli.rs`, which lists resources and settings, a file below it for
//! each of the first resources, and `src/main.rs`. Data and no code: what any of it does is in the runtime. Not here: what is
//! a flag (`plan`), what it is called (`names`).

use std::fmt::Write;

use crate::emit::print::code::string;
use crate::emit::rust::{doc, gate, service};
use crate::emit::text::markdown::visible;
use crate::emit::text::{plain, wording};
use crate::emit::{Cx, File};
use crate::model::api::{
    Doc, Field, NextPage, Op, OpId, ParamLocation, ParamStyle, Presence, Reply, Shape,
};
use crate::model::ty::fields;
use crate::plan::commands::{CommandBody, Flag, FlagKind};
use crate::plan::inputs::Input;
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;

/// All files of the command line client.
pub fn files(cx: &Cx) -> Vec<File> {
    let groups = cx.outline.roots().map(|id| group(cx, id));
    [main(cx), program(cx)].into_iter().chain(groups).collect()
}

/// `src/main.rs`
fn main(cx: &Cx) -> File {
    let (banner, library) = (cx.banner(), &cx.names.library);
    File {
        path: "src/main.rs".into(),
        text: format!(
            "{banner}//! The command line client. Its commands are a table in the library.\n\n\
             fn main() -> std::process::ExitCode {{\n    {library}::cli::main()\n}}\n"
        ),
    }
}

/// `src/cli.rs`
fn program(cx: &Cx) -> File {
    let mut text = cx.banner();
    text.push_str(
        "//! The command line client: its name, its settings and the table of its commands.\n\n\
         use std::process::ExitCode;\n\n\
         use crate::runtime::cli::run;\nuse crate::runtime::cli::table::*;\n\n",
    );
    for id in cx.outline.roots() {
        let module = &cx.names.resource(id).module;
        let _ = writeln!(text, "{}mod {module};", cfg(cx, id, ""));
    }
    text.push_str(
        "\n/// Runs the command that the process arguments name, and returns its exit code.\n\
         pub fn main() -> ExitCode {\n    run()\n}\n",
    );
    let _ = write!(
        text,
        "\npub(crate) static PROGRAM: Program = Program {{\n    name: {},\n    version: env!(\"CARGO_PKG_VERSION\"),\n    about: {},\n",
        string(&cx.names.cli.program),
        string(&about_program(cx)),
    );
    text.push_str("    settings: &[\n");
    for (setter, about) in settings(cx) {
        if let Some(flag) = cx.names.cli.setting(setter) {
            let _ = writeln!(
                text,
                "        Setting {{ flag: {}, setter: {}, about: {} }},",
                string(flag.as_str()),
                string(setter.plain()),
                string(&about),
            );
        }
    }
    text.push_str("    ],\n    groups: &[\n");
    for id in cx.outline.roots() {
        let module = &cx.names.resource(id).module;
        let _ = writeln!(
            text,
            "{}        {module}::RESOURCES,",
            cfg(cx, id, "        ")
        );
    }
    text.push_str("    ],\n};\n");
    File {
        path: "src/cli.rs".into(),
        text,
    }
}

fn about_program(cx: &Cx) -> String {
    let info = &cx.api.info;
    let doc = Doc {
        summary: info.summary.clone(),
        description: info.description.clone(),
        notes: Vec::new(),
        deprecated: false,
    };
    let (about, _) = texts(&doc);
    match about.is_empty() {
        true => visible(&info.title).into_owned(),
        false => about,
    }
}

/// The attribute that compiles what belongs to one of the first resources, on a line of its own.
fn cfg(cx: &Cx, id: ResourceId, indent: &str) -> String {
    let line = gate::line(cx, &cx.outline.gate(id));
    line.map(|line| format!("{indent}{line}\n"))
        .unwrap_or_default()
}

/// What can be set for all calls, with what the help says.
fn settings<'a>(cx: &Cx<'a>) -> Vec<(&'a Name, String)> {
    let about = |description: Option<&str>, env: Option<&str>| {
        let mut about = description.map(plain::text).unwrap_or_default();
        if let Some(env) = env {
            let gap = if about.is_empty() { "" } else { " " };
            let _ = write!(about, "{gap}[env: {}]", visible(env));
        }
        about
    };
    let credentials = service::credentials(cx).into_iter().map(|(it, names)| {
        (
            &names.setter,
            about(it.description.as_deref(), it.env.as_deref()),
        )
    });
    let headers = cx.api.client.headers.iter().zip(&cx.names.headers);
    let headers = headers.map(|(it, names)| {
        (
            &names.setter,
            about(it.description.as_deref(), it.env.as_deref()),
        )
    });
    credentials.chain(headers).collect()
}

/// `src/cli/<resource>.rs`: the commands of one of the first resources and of all below it.
fn group(cx: &Cx, root: ResourceId) -> File {
    let name = &cx.names.resource(root).module;
    let mut text = cx.banner();
    let _ = write!(
        text,
        "//! The commands of the resource `{}` and of the resources below it.\n\n\
         use crate::runtime::cli::table::*;\n\n\
         pub(super) static RESOURCES: &[Resource] = &[\n",
        cx.names.cli.resource(root),
    );
    let mut below = vec![root];
    while let Some(id) = below.pop() {
        let found = cx.outline.resource(id);
        below.extend(found.children.iter().rev());
        if !found.ops.is_empty() {
            resource(cx, id, &mut text);
        }
    }
    text.push_str("];\n");
    File {
        path: format!("src/cli/{}.rs", name.plain()),
        text,
    }
}

fn resource(cx: &Cx, id: ResourceId, text: &mut String) {
    let found = cx.outline.resource(id);
    let path: Vec<&str> = cx
        .names
        .resource(id)
        .path
        .iter()
        .map(Name::as_str)
        .collect();
    let module = path.join("::");
    let (about, _) = texts(&found.doc);
    let _ = write!(
        text,
        "    Resource {{\n        name: {},\n        about: {},\n        commands: &[\n",
        string(cx.names.cli.resource(id)),
        string(&about),
    );
    for op in &found.ops {
        command(cx, *op, &module, text);
    }
    text.push_str("        ],\n    },\n");
}

fn command(cx: &Cx, id: OpId, module: &str, text: &mut String) {
    let (op, names) = (&cx.api.ops[id.0], cx.names.cli.op(id));
    let (about, notes) = texts(&op.doc);
    let _ = write!(
        text,
        "            Command {{\n                name: {},\n                operation: || &crate::{module}::{},\n                about: {},\n                notes: {},\n                deprecated: {},\n",
        string(names.name.as_str()),
        cx.names.op(id).operation,
        string(&about),
        string(&notes),
        op.doc.deprecated,
    );
    let flags = &cx.outline.op(id).command.flags;
    let (params, body): (Vec<&Flag>, Vec<&Flag>) = flags
        .iter()
        .partition(|flag| matches!(flag.input, Input::Param(_)));
    rows(
        "params",
        params
            .into_iter()
            .filter_map(|flag| self::flag(cx, id, flag)),
        16,
        text,
    );
    let body = body.into_iter().filter_map(|flag| self::flag(cx, id, flag));
    self::body(cx, id, body, text);
    let _ = writeln!(
        text,
        "                reply: {},\n            }},",
        reply(cx, id)
    );
}

/// A list with an entry on each line.
fn rows(name: &str, rows: impl Iterator<Item = String>, indent: usize, text: &mut String) {
    let rows: String = rows
        .map(|row| format!("{:indent$}    {row},\n", ""))
        .collect();
    let _ = match rows.is_empty() {
        true => writeln!(text, "{:indent$}{name}: &[],", ""),
        false => writeln!(text, "{:indent$}{name}: &[\n{rows}{:indent$}],", "", ""),
    };
}

fn body(cx: &Cx, id: OpId, mut flags: impl Iterator<Item = String>, text: &mut String) {
    let op = &cx.api.ops[id.0];
    let Some(body) = &op.body else {
        text.push_str("                body: Body::None,\n");
        return;
    };
    let media_type = string(body.media_type());
    match cx.outline.op(id).command.body {
        CommandBody::None => text.push_str("                body: Body::None,\n"),
        CommandBody::Whole => {
            let flag = flags.next().unwrap_or_default();
            let _ = writeln!(
                text,
                "                body: Body::Whole {{ media_type: {media_type}, flag: {flag} }},"
            );
        }
        CommandBody::Members(_) => {
            let _ = writeln!(
                text,
                "                body: Body::Members {{\n                    media_type: {media_type},\n                    required: {},",
                body.presence.is_required(),
            );
            rows("members", flags, 20, text);
            text.push_str("                },\n");
        }
    }
}

/// A row of the table: a constructor, and a method for each thing that is not as usual.
fn flag(cx: &Cx, id: OpId, flag: &Flag) -> Option<String> {
    let op = &cx.api.ops[id.0];
    let name = string(cx.names.cli.op(id).flag(flag.input)?.as_str());
    let kind = kind(flag.kind);
    let (mut row, doc, presence) = match flag.input {
        Input::Param(index) => {
            let param = &op.params[index];
            let about = string(&whole_text(&param.doc));
            let (place, wire) = (place(param.location), string(&param.wire));
            let mut row = format!("param(Place::{place}, {name}, {wire}, Kind::{kind}, {about})");
            match param.style {
                ParamStyle::Plain => {}
                ParamStyle::Repeated => row.push_str(".repeated()"),
                ParamStyle::Joined(separator) => {
                    let _ = write!(row, ".joined({separator:?})");
                }
            }
            (row, &param.doc, Some(&param.presence))
        }
        Input::Field(ty, index) => {
            let field = field(cx, ty, index)?;
            let (about, wire) = (string(&whole_text(&field.doc)), string(&field.wire));
            let mut row = format!("member({name}, {wire}, Kind::{kind}, {about})");
            if flag.repeated {
                row.push_str(".repeated()");
            }
            (row, &field.doc, Some(&field.presence))
        }
        Input::Body => {
            let doc = &op.body.as_ref()?.doc;
            let about = string(&whole_text(doc));
            return Some(format!("whole({name}, {}, {about})", flag.required));
        }
    };
    if flag.required {
        row.push_str(".required()");
    }
    if doc.deprecated {
        row.push_str(".deprecated()");
    }
    if let Some(Presence::Default(literal)) = presence {
        let _ = write!(row, ".default({})", string(&doc::spelled(literal)));
    }
    if !flag.values.is_empty() {
        let values = flag.values.iter().map(|value| string(value).to_string());
        let values: Vec<String> = values.collect();
        let _ = write!(row, ".values(&[{}])", values.join(", "));
    }
    if let Some(json) = &flag.constant {
        let _ = write!(row, ".constant({})", string(json));
    }
    Some(row)
}

fn field<'a>(cx: &Cx<'a>, ty: crate::model::api::TypeId, index: usize) -> Option<&'a Field> {
    match &cx.api.types[ty.0].shape {
        Shape::Struct { fields, .. } => fields.get(index),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

fn kind(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::String => "String",
        FlagKind::Integer => "Integer",
        FlagKind::Number => "Number",
        FlagKind::Boolean => "Boolean",
        FlagKind::Text => "Text",
        FlagKind::Json => "Json",
    }
}

fn place(place: ParamLocation) -> &'static str {
    match place {
        ParamLocation::Path => "Path",
        ParamLocation::Query => "Query",
        ParamLocation::Header => "Header",
        ParamLocation::Cookie => "Cookie",
    }
}

fn reply(cx: &Cx, id: OpId) -> String {
    let op: &Op = &cx.api.ops[id.0];
    match (&op.reply, &op.paging) {
        (Reply::Empty, _) => "Reply::Empty".into(),
        (Reply::Json { .. }, Some(paging)) => {
            let fields = fields(&cx.api.types[paging.page.0].shape);
            let name = |field: usize| string(&fields[field].wire);
            let some = |field: Option<usize>| match field {
                Some(field) => format!("Some({})", name(field)),
                None => "None".to_owned(),
            };
            let (next, more) = match paging.next {
                None => (None, None),
                Some(NextPage::Cursor { from, more, .. }) => (Some(from), more),
            };
            let (items, next, more) = (name(paging.items), some(next), some(more));
            format!("Reply::Page(Paging {{ items: {items}, next: {next}, more: {more} }})")
        }
        (Reply::Json { .. }, None) => "Reply::Json".into(),
    }
}

/// What is said in a line, and the rest.
fn texts(doc: &Doc) -> (String, String) {
    let described = doc
        .description
        .iter()
        .chain(&wording::notes(doc))
        .map(|text| plain::text(text))
        .collect::<Vec<_>>()
        .join("\n\n");
    match doc.summary.as_deref().map(plain::text) {
        Some(summary) if !summary.is_empty() => {
            let about = plain::first(&summary).0;
            let notes = if described == summary {
                String::new()
            } else {
                described
            };
            (about, notes)
        }
        Some(_) | None => {
            let (about, rest) = plain::first(&described);
            (about, rest.to_owned())
        }
    }
}

fn whole_text(doc: &Doc) -> String {
    let notes = wording::notes(doc);
    let texts = [&doc.summary, &doc.description, &notes]
        .into_iter()
        .flatten();
    let texts: Vec<String> = texts.map(|text| plain::text(text)).collect();
    texts.join("\n\n")
}
