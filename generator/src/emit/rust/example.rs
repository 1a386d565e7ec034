//! A program that makes one call, for docs and reference pages.
//!
//! In: an operation, whose planned request is sent. Out: a program that compiles as it is, with the same values that the other
//! examples of the operation have. Not here: the call (see `call`), how a program is shown (`program`).

use crate::emit::EmitCx;
use crate::emit::print::code::{Chain, RustCode, code, import, string};
use crate::emit::print::item::Item;
use crate::emit::program::Program;
use crate::emit::rust::access;
use crate::emit::rust::call::{self, Call, Setting};
use crate::model::api::{CredentialLocation, OpId, Reply};
use crate::plan::operations::Pagination;

/// Returns the example of an operation; `None` if a required value is not known. It is made when it
/// is first wanted: rustdoc and the reference both show it.
pub fn example<'a>(cx: &'a EmitCx, id: OpId) -> Option<&'a Program> {
    cx.programs[id.0].get_or_init(|| program(cx, id)).as_ref()
}

fn program(cx: &EmitCx, id: OpId) -> Option<Program> {
    let request = cx.exchanges.op(id).brief.as_ref()?;
    let call = call::call(cx, id, request, Setting::Program)?;
    let library = &cx.names.library;
    let mut uses = Item::default();
    uses.line(match call.opens {
        true => code!("use ", library, "::{Client, FilePart};"),
        false => code!("use ", library, "::Client;"),
    });
    let types: Vec<RustCode> = call.types.iter().map(|name| code!(*name)).collect();
    if !types.is_empty() {
        uses.line(code!(
            "use ",
            import(code!(library, "::types"), &types),
            ";"
        ));
    }
    // JSON and files have other error types.
    let result = match call.reads || call.opens {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{library}::Result<()>"),
    };
    Some(Program {
        uses: uses.text().to_owned(),
        statements: statements(cx, id, &call)?,
        result,
        reads: call.reads,
    })
}

/// Returns the client with the credentials of a call: from the environment, or set by the program
/// if no variable has them.
fn client(cx: &EmitCx, id: OpId) -> RustCode {
    let has_env = |index: &usize| {
        let mut credentials = cx.api.schemes[*index].credentials.iter();
        credentials.any(|credential| credential.env.is_some())
    };
    let alternatives = &cx.outline.op(id).auth;
    let is_set = |schemes: &Vec<usize>| schemes.iter().all(has_env);
    let needed = match alternatives.first() {
        Some(schemes) if !alternatives.iter().any(is_set) => schemes,
        Some(_) | None => return code!("Client::from_env()"),
    };
    let mut builder = Chain::of("Client::builder()");
    if needed.iter().any(has_env) {
        builder = builder.method("env", &[]);
    }
    for index in needed.iter().filter(|index| !has_env(index)) {
        let values: &[&str] = match cx.api.schemes[*index].location {
            CredentialLocation::Basic => &["user", "password"],
            CredentialLocation::Bearer
            | CredentialLocation::Header(_)
            | CredentialLocation::Query(_)
            | CredentialLocation::Cookie(_) => &["your key"],
        };
        let values: Vec<RustCode> = values.iter().map(|value| string(value)).collect();
        if let Some(names) = cx.names.schemes[*index].credentials.first() {
            builder = builder.method(&names.setter, &values);
        }
    }
    builder.method("build", &[]).end()
}

fn statements(cx: &EmitCx, id: OpId, call: &Call) -> Option<String> {
    let plan = cx.outline.op(id);
    let resource = plan.resource?;
    let local = &cx.names.resource(resource).accessor;
    let mut item = Item::inside();
    item.line(code!("let client = ", client(cx, id), "?;"));
    if !cx.outline.resource(resource).is_client() {
        let access = access::access(cx, resource);
        item.line(code!("let ", local, " = ", access, ";"));
    }
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
