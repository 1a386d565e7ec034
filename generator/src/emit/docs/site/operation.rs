//! An operation on its page.
//!
//! In: an operation. Out: its article: signature, inputs, reply, errors; and beside them the examples. Not here: words that pages of
//! Markdown have, too (`docs::operation`).

use super::escape::escape;
use super::highlight::{self, Language};
use super::homes::listed;
use super::properties::{self, Entry, at};
use super::sheet::Sheet;
use crate::emit::docs::operation::{self, LOCATIONS, param_notes};
use crate::emit::docs::page::Depth;
use crate::emit::docs::places::Home;
use crate::emit::docs::schema::{ItemLine, has_section};
use crate::emit::docs::{command, curl, incoming, title};
use crate::emit::rust::{access, example, head};
use crate::emit::text::{pretty, wording};
use crate::model::api::{Doc, Op, OpId, Param, ParamLocation, TypeId};
use crate::model::ty::path_text;
use crate::model::uses::call_types;
use crate::plan::inputs::Input;

/// Adds the article of an operation.
pub fn article(sheet: &mut Sheet, id: OpId) {
    let cx = sheet.cx;
    let (op, anchor) = (&cx.api.ops[id.0], cx.names.op(id).method.plain());
    sheet.html(&[
        "<article aria-labelledby=\"",
        anchor,
        "\">\n<h2 id=\"",
        anchor,
        "\"><a href=\"#",
        anchor,
        "\">",
    ]);
    match title::short_summary(op) {
        Some(_) => sheet.inline(&title::title(cx, id)),
        None => sheet.html(&["<code>", &call(sheet, id), "()</code>"]),
    }
    sheet.html(&["</a></h2>\n"]);
    request(sheet, op);
    signature(sheet, id);
    sheet.html(&["<div class=\"columns\">\n<div>\n"]);
    if op.doc.deprecated {
        sheet.html(&["<p><strong class=\"warn\">Deprecated.</strong></p>\n"]);
    }
    sheet.blocks(|page| operation::notes(page, id));
    parameters(sheet, id);
    body(sheet, id);
    reply(sheet, id);
    sheet.blocks(|page| {
        operation::errors(page, id);
        incoming::links(page, op);
        incoming::callbacks(page, op);
    });
    sheet.html(&["</div>\n"]);
    examples(sheet, id);
    sheet.html(&["</div>\n</article>\n"]);
}

/// `client.files().create`.
fn call(sheet: &Sheet, id: OpId) -> String {
    let (cx, method) = (sheet.cx, sheet.cx.names.op(id).method.as_str());
    match cx.outline.op(id).resource {
        Some(resource) => format!("{}.{method}", access::access(cx, resource)),
        None => method.to_owned(),
    }
}

/// The method and the path of a request, and the id of the operation.
fn request(sheet: &mut Sheet, op: &Op) {
    sheet.html(&["<p class=\"request\">", &badge(op), " <code>"]);
    sheet.text(&path_text(&op.path));
    sheet.html(&["</code>"]);
    if !op.id.contains(' ') {
        sheet.html(&[" <span class=\"quiet\">", &escape(&op.id), "</span>"]);
    }
    sheet.html(&["</p>\n"]);
}

/// The HTTP method of an operation.
pub fn badge(op: &Op) -> String {
    let method = op.method.as_str();
    let class = match method {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => method.to_ascii_lowercase(),
        _ => "other".to_owned(),
    };
    format!("<span class=\"method {class}\">{}</span>", escape(method))
}

/// The method in Rust. The types of the document lead to their descriptions.
fn signature(sheet: &mut Sheet, id: OpId) {
    let cx = sheet.cx;
    let head = head::head(cx, id);
    let mut text = format!("{}(", call(sheet, id));
    let arguments: Vec<String> = head
        .arguments
        .iter()
        .map(|(name, ty)| format!("{name}: {ty}"))
        .collect();
    let flat = arguments.join(", ");
    match text.len() + flat.len() + head.returned.len() < 90 {
        true => text.push_str(&flat),
        false if arguments.is_empty() => {}
        false => {
            for argument in &arguments {
                text.extend(["\n    ", argument, ","]);
            }
            text.push('\n');
        }
    }
    text.push_str(&format!(") -> {}", head.returned));
    let types = call_types(&cx.api.ops[id.0]);
    let link = |name: &str| {
        let mut named = types
            .iter()
            .filter(|id| cx.names.ty(**id).name.plain() == name);
        let id = named.next().filter(|id| has_section(&cx.api.types[id.0]))?;
        Some(sheet.target(sheet.places.path(*id), name))
    };
    let mut code = highlight::linked(&text, Language::Rust, &link);
    if let Some(reply) = head.reply {
        let reply = highlight::linked(&format!("Result<{reply}>"), Language::Rust, &link);
        code.extend(["\n<span class=\"c\">// .await: </span>", &reply]);
    }
    sheet.html(&[
        "<pre class=\"signature\" tabindex=\"0\"><code>",
        &code,
        "</code></pre>\n",
    ]);
}

fn parameters(sheet: &mut Sheet, id: OpId) {
    let op = &sheet.cx.api.ops[id.0];
    for (location, title) in LOCATIONS {
        if op.params.iter().any(|param| param.location == location) {
            sheet.html(&["<h3>", title, "</h3>\n"]);
            self::located(sheet, id, location);
        }
    }
    if let Some(omitted) = wording::omitted(op) {
        sheet.blocks(|page| page.paragraph(Depth::TOP, &omitted));
    }
}

fn located(sheet: &mut Sheet, id: OpId, location: ParamLocation) {
    let cx = sheet.cx;
    let params = cx.api.ops[id.0].params.iter().enumerate();
    let params: Vec<(usize, &Param)> = params
        .filter(|(_, param)| param.location == location)
        .collect();
    let notes: Vec<Vec<String>> = params
        .iter()
        .map(|(_, param)| param_notes(cx, param))
        .collect();
    let notes: Vec<Vec<&str>> = notes
        .iter()
        .map(|notes| notes.iter().map(String::as_str).collect())
        .collect();
    let entries = params.iter().zip(&notes).map(|((index, param), notes)| {
        let (anchor, rust) = param_anchor(sheet, id, *index);
        Entry {
            anchor,
            name: &param.wire,
            rust: rust.filter(|name| *name != param.wire),
            line: ItemLine {
                ty: &param.ty,
                presence: &param.presence,
                doc: &param.doc,
                notes,
            },
            folded: at(sheet, &param.ty, Home::Param(id, *index)),
        }
    });
    let entries = entries.collect();
    properties::list(sheet, entries);
}

/// Returns the anchor of a parameter, and its name in Rust.
pub fn param_anchor<'a>(sheet: &Sheet<'a>, id: OpId, index: usize) -> (String, Option<&'a str>) {
    let names = sheet.cx.names.op(id);
    let rust = names.input(Input::Param(index));
    let last = rust.map_or(format!("p{index}"), |name| name.plain().to_owned());
    (
        format!("{}.{last}", names.method.plain()),
        rust.map(|name| name.as_str()),
    )
}

fn body(sheet: &mut Sheet, id: OpId) {
    let cx = sheet.cx;
    let op = &cx.api.ops[id.0];
    let Some(body) = &op.body else { return };
    sheet.blocks(|page| operation::body(page, op));
    let Some(ty) = listed(&body.ty) else { return };
    if at(sheet, &body.ty, Home::Body(id)).is_some() {
        sheet.html(&["<div id=\"", cx.names.ty(ty).name.plain(), "\">\n"]);
        properties::members(sheet, ty);
        sheet.html(&["</div>\n"]);
    } else if is_first(sheet, id, ty) {
        let prefix = format!("{}.body", cx.names.op(id).method.plain());
        let mut fields = properties::fields(sheet, ty, &prefix);
        // They are described with the type.
        fields.iter_mut().for_each(|entry| entry.folded = None);
        properties::list(sheet, fields);
    }
}

/// Returns whether no operation above on the page has the same body.
fn is_first(sheet: &Sheet, id: OpId, ty: TypeId) -> bool {
    let cx = sheet.cx;
    let Some(resource) = cx.outline.op(id).resource else {
        return true;
    };
    let mut before = cx
        .outline
        .resource(resource)
        .ops
        .iter()
        .take_while(|op| **op != id);
    let has_it = |op: &OpId| {
        let body = cx.api.ops[op.0].body.as_ref();
        body.and_then(|body| listed(&body.ty)) == Some(ty)
    };
    !before.any(has_it)
}

fn reply(sheet: &mut Sheet, id: OpId) {
    let op = &sheet.cx.api.ops[id.0];
    sheet.blocks(|page| operation::returns(page, id));
    for ty in op.reply.types() {
        if let Some(ty) = at(sheet, ty, Home::Reply(id)) {
            properties::folded(sheet, ty, &Doc::default());
        }
    }
}

/// The examples, each with a heading. A script shows them as tabs.
fn examples(sheet: &mut Sheet, id: OpId) {
    let (cx, op) = (sheet.cx, &sheet.cx.api.ops[id.0]);
    let types = op.reply.types();
    let reply = types.first().zip(cx.exchanges.op(id).reply.json());
    let examples = [
        (
            "Rust",
            Language::Rust,
            example::example(cx, id).map(|it| it.program()),
        ),
        ("Command line", Language::Shell, command::command(cx, id)),
        ("curl", Language::Shell, curl::command(cx, id)),
        (
            "Reply",
            Language::Json,
            reply.map(|(ty, reply)| pretty::json(cx.api, Some(ty), reply)),
        ),
    ];
    if examples.iter().all(|(_, _, code)| code.is_none()) {
        return;
    }
    sheet.html(&["<div class=\"examples\">\n"]);
    for (title, language, code) in examples {
        let Some(code) = code else { continue };
        let code = highlight::html(code.trim_end(), language);
        sheet.html(&[
            "<section>\n<h3>",
            title,
            "</h3>\n<pre tabindex=\"0\"><code>",
            &code,
            "</code></pre>\n</section>\n",
        ]);
    }
    sheet.html(&["</div>\n"]);
}
