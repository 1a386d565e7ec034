//! The command line client: the table of its commands.
//!
//! In: the commands of the plan. Out: `src/cli.rs`, which lists resources and settings, a file below it for each top-level
//! resource, and `src/main.rs`. The output is data: the runtime has the code. Not here: which flags there are (`plan`), their
//! names (`names`).

mod reply;
mod send;

use crate::emit::print::code::{RustCode, boolean, code, string};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::feature_gate;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::service::{self, Setting};
use crate::emit::rust::style;
use crate::emit::text::markdown::visible;
use crate::emit::text::{plain, wording};
use crate::emit::{EmitCx, File};
use crate::model::api::{Doc, OpId, ParamLocation, ParamStyle, Presence};
use crate::model::ty::fields;
use crate::plan::commands::{CommandBody, Flag, FlagKind};
use crate::plan::inputs::Input;
use crate::plan::resources::ResourceId;

/// Emits all files of the command line client.
pub fn files(cx: &EmitCx) -> Vec<File> {
    let groups = cx.outline.roots().map(|id| group(cx, id));
    [main(cx), program(cx)].into_iter().chain(groups).collect()
}

/// Emits `src/main.rs`.
fn main(cx: &EmitCx) -> File {
    let docs = "The command line client. Its commands are a table in the library.";
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs.to_owned()]);
    let mut item = Item::default();
    item.block("fn main() -> std::process::ExitCode", |item| {
        item.line(code!(&cx.names.library, "::cli::main()"));
    });
    module.item(item);
    File {
        path: "src/main.rs".into(),
        text: module.finish().into(),
    }
}

/// Emits `src/cli.rs`.
fn program(cx: &EmitCx) -> File {
    let docs = "The command line client: its name, its settings and the table of its commands.";
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs.to_owned()]);
    module.import("std::process", "ExitCode");
    module.import("crate::runtime::cli", "run");
    module.import("crate::runtime::cli::table", "*");
    let mut modules = Item::default();
    for id in cx.outline.roots() {
        modules.line_if(feature_gate::cfg(cx, &cx.outline.gate(id)));
        modules.line(code!("mod ", &cx.names.resource(id).module, ";"));
    }
    module.item(modules);
    let docs = "Runs the command that the process arguments name, and returns its exit code.";
    let mut main = Item::new(&Docs::line(docs));
    main.block("pub fn main() -> ExitCode", |item| item.line("run()"));
    module.item(main);
    let mut table = Item::default();
    let head = "pub(crate) static PROGRAM: Program = Program {";
    table.nest(head, "};", |item| {
        item.line(code!("name: ", string(&cx.names.cli.program), ","));
        item.line("version: env!(\"CARGO_PKG_VERSION\"),");
        item.line(code!("about: ", string(&about_program(cx)), ","));
        item.nest("settings: &[", "],", |item| {
            for setting in service::settings(cx) {
                item.line_if(self::setting(cx, &setting));
            }
        });
        item.nest("groups: &[", "],", |item| {
            for id in cx.outline.roots() {
                item.line_if(feature_gate::cfg(cx, &cx.outline.gate(id)));
                item.line(code!(&cx.names.resource(id).module, "::RESOURCES,"));
            }
        });
    });
    module.item(table);
    File {
        path: "src/cli.rs".into(),
        text: module.finish().into(),
    }
}

fn setting(cx: &EmitCx, setting: &Setting) -> Option<RustCode> {
    let setter = &setting.names.setter;
    let flag = cx.names.cli.setting(setter)?;
    let description = setting.description.as_deref();
    let mut about = description.map(plain::text).unwrap_or_default();
    if let Some(env) = &setting.names.env {
        let gap = if about.is_empty() { "" } else { " " };
        about.extend([gap, "[env: ", &visible(env), "]"]);
    }
    let (flag, setter) = (string(flag.as_str()), string(setter.plain()));
    Some(code!(
        "Setting { flag: ",
        flag,
        ", setter: ",
        setter,
        ", about: ",
        string(&about),
        " },"
    ))
}

fn about_program(cx: &EmitCx) -> String {
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

/// Emits `src/cli/<resource>.rs`: the commands of a top-level resource and of all resources below it.
fn group(cx: &EmitCx, root: ResourceId) -> File {
    let docs = format!(
        "The commands of the resource `{}` and of the resources below it.",
        cx.names.cli.resource(root)
    );
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs]);
    module.import("crate::runtime::cli::table", "*");
    let mut table = Item::default();
    let head = "pub(super) static RESOURCES: &[Resource] = &[";
    table.nest(head, "];", |item| {
        let mut below = vec![root];
        while let Some(id) = below.pop() {
            let found = cx.outline.resource(id);
            below.extend(found.children.iter().rev());
            if !found.ops.is_empty() {
                item.line_if(feature_gate::cfg(cx, &cx.outline.gate_within(root, id)));
                resource(cx, id, item);
            }
        }
    });
    module.item(table);
    let name = &cx.names.resource(root).module;
    File {
        path: format!("src/cli/{}.rs", name.plain()),
        text: module.finish().into(),
    }
}

fn resource(cx: &EmitCx, id: ResourceId, item: &mut Item) {
    let found = cx.outline.resource(id);
    let mut module = RustCode::default();
    for name in &cx.names.resource(id).path {
        module = code!(module, name, "::");
    }
    let (about, _) = texts(&found.doc);
    item.nest("Resource {", "},", |item| {
        item.line(code!("name: ", string(cx.names.cli.resource(id)), ","));
        item.line(code!("about: ", string(&about), ","));
        item.nest("commands: &[", "],", |item| {
            for op in &found.ops {
                item.nest("Command {", "},", |item| command(cx, *op, &module, item));
            }
        });
    });
}

fn command(cx: &EmitCx, id: OpId, module: &RustCode, item: &mut Item) {
    let (op, names) = (&cx.api.ops[id.0], cx.names.cli.op(id));
    let (about, notes) = texts(&op.doc);
    let operation = &cx.names.op(id).operation;
    item.line(code!("name: ", string(names.name.as_str()), ","));
    item.line(code!("operation: || &crate::", module, operation, ","));
    item.line(code!("about: ", string(&about), ","));
    item.line(code!("notes: ", string(&notes), ","));
    item.line(code!("deprecated: ", boolean(op.doc.deprecated), ","));
    let flags = &cx.outline.op(id).command.flags;
    let (params, body): (Vec<&Flag>, Vec<&Flag>) = flags
        .iter()
        .partition(|flag| matches!(flag.input, Input::Param(_)));
    rows(cx, id, "params: &[", &params, item);
    self::body(cx, id, module, &body, item);
    reply::with_others(cx, id, module, item);
}

/// Adds a list with a flag on each line.
fn rows(cx: &EmitCx, id: OpId, head: &'static str, flags: &[&Flag], item: &mut Item) {
    item.nest(head, "],", |item| {
        for flag in flags {
            item.line_if(self::flag(cx, id, flag).map(|row| code!(row, ",")));
        }
    });
}

fn body(cx: &EmitCx, id: OpId, module: &RustCode, flags: &[&Flag], item: &mut Item) {
    let (op, kind) = (&cx.api.ops[id.0], cx.outline.op(id).command.body);
    match (&op.body, kind) {
        (None, _) | (Some(_), CommandBody::None) => item.line("body: Body::None,"),
        (Some(body), CommandBody::Whole) => {
            let flag = flags.first().and_then(|flag| self::flag(cx, id, flag));
            item.nest("body: Body::Whole {", "},", |item| {
                item.line(code!("send: ", send::function(cx, id, module, body), ","));
                item.line(code!("flag: ", flag, ","));
            });
        }
        (Some(body), CommandBody::Members(_)) => {
            item.nest("body: Body::Members {", "},", |item| {
                item.line(code!("send: ", send::function(cx, id, module, body), ","));
                let required = boolean(body.presence.is_required());
                item.line(code!("required: ", required, ","));
                rows(cx, id, "members: &[", flags, item);
            });
        }
    }
}

/// Returns a row of the table: a constructor, and a method call for each property that differs from the default.
fn flag(cx: &EmitCx, id: OpId, flag: &Flag) -> Option<RustCode> {
    let op = &cx.api.ops[id.0];
    let name = string(cx.names.cli.op(id).flag(flag.input)?.as_str());
    let kind = kind(flag.kind);
    let (row, doc, presence) = match flag.input {
        Input::Param(index) => {
            let param = &op.params[index];
            let about = string(&whole_text(&param.doc));
            let head = code!("param(Place::", place(param.location), ", ", name, ", ");
            let wire = string(&param.wire);
            let row = code!(head, wire, ", Kind::", kind, ", ", about, ")");
            let repeated = flag.repeated.then_some(".repeated()");
            let is_usual = param.style == ParamStyle::of(param.location);
            let style = (!is_usual).then(|| code!(".style(", style::constant(&param.style), ")"));
            (code!(row, repeated, style), &param.doc, &param.presence)
        }
        Input::Field(ty, index) => {
            let field = fields(&cx.api.types[ty.0].shape).get(index)?;
            let (about, wire) = (string(&whole_text(&field.doc)), string(&field.wire));
            let row = code!(
                "member(", name, ", ", wire, ", Kind::", kind, ", ", about, ")"
            );
            let repeated = flag.repeated.then_some(".repeated()");
            (code!(row, repeated), &field.doc, &field.presence)
        }
        Input::Body => {
            let about = string(&whole_text(&op.body.as_ref()?.doc));
            let required = boolean(flag.required);
            let kind = code!("Kind::", kind);
            return Some(code!(
                "whole(", name, ", ", kind, ", ", required, ", ", about, ")"
            ));
        }
    };
    Some(code!(row, modifiers(flag, doc, presence)))
}

/// Returns the method calls for the properties that differ from the default, for any kind of flag.
fn modifiers(flag: &Flag, doc: &Doc, presence: &Presence) -> RustCode {
    let required = flag.required.then_some(".required()");
    let deprecated = doc.deprecated.then_some(".deprecated()");
    let default = match presence {
        Presence::Default(literal) => {
            Some(code!(".default(", string(&doc::literal_text(literal)), ")"))
        }
        Presence::Required | Presence::Optional => None,
    };
    let mut values = RustCode::default();
    for (index, value) in flag.values.iter().enumerate() {
        let comma = (index > 0).then_some(", ");
        values = code!(values, comma, string(value));
    }
    let has_values = !flag.values.is_empty();
    let values = has_values.then(|| code!(".values(&[", values, "])"));
    let constant = flag.constant.as_ref();
    let constant = constant.map(|json| code!(".constant(", string(json), ")"));
    code!(required, deprecated, default, values, constant)
}

fn kind(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::String => "String",
        FlagKind::Integer => "Integer",
        FlagKind::Number => "Number",
        FlagKind::Boolean => "Boolean",
        FlagKind::Text => "Text",
        FlagKind::Json => "Json",
        FlagKind::Object => "Object",
        FlagKind::File => "File",
        FlagKind::FileOrText => "FileOrText",
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

/// Returns the first paragraph and the rest of a description.
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
