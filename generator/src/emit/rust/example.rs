//! A program that makes one call, for docs and reference pages.
//!
//! In: an operation, whose planned request is sent. Out: a program that compiles as it is, with the same values that the other
//! examples of the operation have. Not here: the call (see `call`), how a program is shown (`program`).

use crate::emit::EmitCx;
use crate::emit::print::code::{Chain, RustCode, code, import};
use crate::emit::print::item::Item;
use crate::emit::program::Program;
use crate::emit::rust::access;
use crate::emit::rust::call::{self, Call, Setting};
use crate::emit::rust::value::Uses;
use crate::model::api::{OpId, Reply};
use crate::plan::operations::Pagination;

/// Returns the example of an operation; `None` if a required value is not known. It is made when it
/// is first wanted: rustdoc and the reference both show it.
pub fn example<'a>(cx: &'a EmitCx, id: OpId) -> Option<&'a Program> {
    cx.programs[id.0].get_or_init(|| program(cx, id)).as_ref()
}

fn program(cx: &EmitCx, id: OpId) -> Option<Program> {
    let request = cx.exchanges.op(id).brief.as_ref()?;
    let call = call::call(cx, id, request, Setting::Program)?;
    // A file has another type of error.
    let result = match call.uses.opens_files() {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{}::Result<()>", cx.names.library),
    };
    Some(Program {
        uses: uses(cx, &call.uses).text().to_owned(),
        statements: statements(cx, id, &call)?,
        result,
        is_plain: call.before.is_empty(),
    })
}

fn uses(cx: &EmitCx, uses: &Uses) -> Item {
    let library = &cx.names.library;
    let runtime = uses.runtime.iter().map(|name| code!(*name));
    let runtime: Vec<RustCode> = [code!("Client")].into_iter().chain(runtime).collect();
    let types: Vec<RustCode> = uses.types.iter().map(|name| code!(*name)).collect();
    let mut imports = vec![import(library, &runtime)];
    if !types.is_empty() {
        imports.push(import(code!(library, "::types"), &types));
    }
    imports.extend(uses.has_maps.then(|| code!("std::collections::BTreeMap")));
    imports.extend(uses.has_json.then(|| code!("serde_json::json")));
    // The order of rustfmt.
    imports.sort_by(|one, other| one.text().cmp(other.text()));
    let mut item = Item::default();
    for path in imports {
        item.line(code!("use ", path, ";"));
    }
    item
}

fn statements(cx: &EmitCx, id: OpId, call: &Call) -> Option<String> {
    let plan = cx.outline.op(id);
    let resource = plan.resource?;
    let local = &cx.names.resource(resource).accessor;
    let mut item = Item::inside();
    item.line("let client = Client::from_env()?;");
    if !cx.outline.resource(resource).is_client() {
        let access = access::access(cx, resource);
        item.line(code!("let ", local, " = ", access, ";"));
    }
    call.before
        .iter()
        .for_each(|statement| item.line(statement));
    match (plan.paged, &cx.api.ops[id.0].reply) {
        (Pagination::Many, _) => {
            let items = call.append_to(Chain::of(local)).method("items", &[]).end();
            item.line(code!("let mut items = ", items, ";"));
            item.block("while let Some(item) = items.next().await", |item| {
                item.line("let item = item?;");
                item.line("println!(\"{item:?}\");");
            });
        }
        (Pagination::No | Pagination::Single, Reply::Empty) => {
            let call = call.append_to(Chain::statement(local));
            item.line(code!(call.field("await").end(), "?;"));
        }
        (Pagination::No | Pagination::Single, Reply::Text) => {
            let reply = call.append_to(Chain::of(local)).field("await").end();
            item.line(code!("let text = ", reply, "?;"));
            item.line("println!(\"{text}\");");
        }
        (Pagination::No | Pagination::Single, Reply::Binary) => {
            let reply = call.append_to(Chain::of(local)).field("await").end();
            item.line(code!("let download = ", reply, "?;"));
            item.line("download.save(\"download.bin\").await?;");
        }
        (Pagination::No | Pagination::Single, Reply::Stream(_)) => {
            let reply = call.append_to(Chain::of(local)).field("await").end();
            item.line(code!("let mut stream = ", reply, "?;"));
            item.block("while let Some(event) = stream.next().await", |item| {
                item.line("println!(\"{:?}\", event?);");
            });
        }
        (Pagination::No | Pagination::Single, Reply::Redirect) => {
            let reply = call.append_to(Chain::of(local)).field("await").end();
            item.line(code!("let redirect = ", reply, "?;"));
            item.line("println!(\"{}\", redirect.location);");
        }
        (Pagination::No | Pagination::Single, Reply::Json { .. } | Reply::ByStatus(_)) => {
            let reply = call.append_to(Chain::of(local)).field("await").end();
            item.line(code!("let reply = ", reply, "?;"));
            item.line("println!(\"{reply:?}\");");
        }
    }
    Some(item.text().to_owned())
}
