//! `tests/operations.rs` of the emitted crate: every call sends the request that the document describes, and decodes the reply.
//!
//! In: the samples. Out: a test per operation, in a file per first resource; beside it, as JSON, the expected requests and the
//! replies. Not here: the values (`plan`), the comparison (`templates/tests`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::emit::package::needs::{has_downloads, has_streams};
use crate::emit::print::code::{self, Chain, code, string};
use crate::emit::print::item::Item;
use crate::emit::rust::call::{self, Call, Setting};
use crate::emit::rust::doc::Docs;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::{access, feature_gate, service};
use crate::emit::text::json::{one_line, quoted};
use crate::emit::{EmitCx, File};
use crate::model::api::{Body, BodyContent, CredentialLocation, Framing, Op, OpId, Reply};
use crate::model::json::sorted;
use crate::plan::exchange::{Request, SampleContent, SampleReply, body_parts, pair};
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;

/// The code that is the same in all crates.
const CHECK: &str = include_str!("../../../../templates/tests/operations.rs");
const BYTES: &str = include_str!("../../../../templates/tests/bytes.rs");
const STREAM: &str = include_str!("../../../../templates/tests/stream.rs");
/// The origin of the base URL in [`CHECK`].
const ORIGIN: &str = "https://example.com";

/// Returns the root of the tests, their shared code, and two files for each of the first resources.
pub fn files(cx: &EmitCx) -> Vec<File> {
    if cx.api.ops.is_empty() {
        return Vec::new();
    }
    let file = |path: &str, text: String| File {
        path: format!("tests/{path}"),
        text: text.into(),
    };
    let mut files = vec![
        file("operations.rs", root(cx)),
        file("operations/testing.rs", testing(cx)),
        file("operations/testing/check.rs", CHECK.into()),
    ];
    for (name, text) in readers(cx) {
        files.push(file(&format!("operations/testing/{name}.rs"), text.into()));
    }
    for id in cx.outline.roots() {
        let name = cx.names.resource(id).module.plain();
        let mut cases = Map::new();
        let tests = resource_file(cx, id, &mut cases);
        files.push(file(&format!("operations/{name}.rs"), tests));
        files.push(file(&format!("operations/{name}.json"), data(cx, &cases)));
    }
    files
}

/// Returns the modules that read what arrives in parts, if a call returns it.
fn readers(cx: &EmitCx) -> impl Iterator<Item = (&'static str, &'static str)> {
    let bytes = has_downloads(cx.api).then_some(("bytes", BYTES));
    let stream = has_streams(cx.api).then_some(("stream", STREAM));
    [bytes, stream].into_iter().flatten()
}

fn root(cx: &EmitCx) -> String {
    let docs = "Every call sends the documented request and decodes the documented response.";
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs.to_owned()]);
    let mut allow = Item::default();
    allow.line("#![allow(deprecated, reason = \"deprecated items are tested, too\")]");
    module.item(allow);
    let mut modules = Item::default();
    modules.line("#[path = \"operations/testing.rs\"]");
    modules.line("mod testing;");
    for id in cx.outline.roots() {
        let name = &cx.names.resource(id).module;
        modules.line_if(feature_gate::cfg(cx, &cx.outline.gate(id)));
        let path = string(&format!("operations/{}.rs", name.plain()));
        modules.line(code!("#[path = ", path, "]"));
        modules.line(code!("mod ", name, ";"));
    }
    module.item(modules);
    module.finish()
}

/// Returns the shared code of the tests, in a module whose name no resource has.
fn testing(cx: &EmitCx) -> String {
    let docs = "The code that the tests of calls share.";
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs.to_owned()]);
    let mut allow = Item::default();
    allow.line("#![allow(dead_code, reason = \"features decide which parts are used\")]");
    module.item(allow);
    let mut modules = Item::default();
    modules.line("#[path = \"testing/check.rs\"]");
    modules.line("pub mod check;");
    for (name, _) in readers(cx) {
        let path = string(&format!("testing/{name}.rs"));
        modules.line(code!("#[path = ", path, "]"));
        modules.line(code!("pub mod ", name, ";"));
    }
    modules.line("#[path = \"../common/json.rs\"]");
    modules.line("mod json;");
    modules.line("#[path = \"../common/stack.rs\"]");
    modules.line("mod stack;");
    module.item(modules);
    let mut client = Item::default();
    client.line(code!("use ::", &cx.names.library, " as client;"));
    module.item(client);
    let mut chain = Chain::of("builder");
    for (credential, names) in service::credentials(cx) {
        // All tests expect the same Base64 of a login.
        let values = match service::is_login(cx, &credential.name) {
            true => vec![string("user"), string("test-password")],
            false => vec![string(&key(&names.setter))],
        };
        chain = chain.method(&names.setter, &values);
    }
    let mut item = Item::new(&Docs::line("Sets all credentials."));
    let head = "fn with_credentials(builder: client::ClientBuilder) -> client::ClientBuilder";
    item.block(head, |item| item.line(chain.end()));
    module.item(item);
    module.finish()
}

/// Returns the value of a credential that isn't a login.
fn key(setter: &Name) -> String {
    format!("test-{}", setter.plain())
}

/// Returns the tests of a resource and of those below it, in modules that are nested as they are.
fn resource_file(cx: &EmitCx, id: ResourceId, cases: &mut Map<String, Value>) -> String {
    let names = cx.names.resource(id);
    let docs = format!(
        "The calls of `client.{}()` and of the resources below it.",
        names.accessor
    );
    let mut module = Module::new(cx, ModuleFile::Elsewhere, vec![docs]);
    let mut item = Item::default();
    tests(cx, id, cases, &mut item, &names.module);
    if !cases.is_empty() {
        module.import("std::sync", "LazyLock");
        module.import("crate::testing::check", "Cases");
        let data = string(&format!("{}.json", names.module.plain()));
        let mut item = Item::default();
        item.line(code!(
            "static CASES: LazyLock<Cases> = LazyLock::new(|| Cases::read(include_str!(",
            data,
            ")));"
        ));
        module.item(item);
    }
    module.item(item);
    module.finish()
}

fn tests(
    cx: &EmitCx,
    id: ResourceId,
    cases: &mut Map<String, Value>,
    item: &mut Item,
    root: &Name,
) {
    let resource = cx.outline.resource(id);
    let calls: Vec<_> = resource.ops.iter().map(|op| call(cx, *op)).collect();
    if resource.parent.is_some() && calls.iter().any(Option::is_some) {
        item.line(code!("use crate::", root, "::CASES;"));
    }
    for (op, call) in resource.ops.iter().zip(calls) {
        item.gap();
        match call {
            Some((request, call)) => test(cx, (id, *op), (request, &call), cases, item),
            None => item.line(code!(
                "// `",
                &cx.names.op(*op).method,
                "` is not tested: it needs a value, and there is no example of it."
            )),
        }
    }
    for child in &resource.children {
        item.gap();
        item.line_if(feature_gate::cfg(cx, &cx.outline.own_gate(*child)));
        let head = code!("mod ", &cx.names.resource(*child).module);
        item.block(head, |item| tests(cx, *child, cases, item, root));
    }
}

/// Returns the request that the test of an operation sends, and its call. `None` if a required
/// value or the reply is unknown.
fn call<'a>(cx: &'a EmitCx<'a>, id: OpId) -> Option<(&'a Request, Call<'a>)> {
    let exchange = cx.exchanges.op(id);
    if exchange.reply.content == SampleContent::Unknown {
        return None;
    }
    let request = exchange.full.as_ref()?;
    Some((request, call::call(cx, id, request, Setting::Test)?))
}

/// The test of an operation of a resource. Its request and its reply go to the cases.
fn test(
    cx: &EmitCx,
    (resource, id): (ResourceId, OpId),
    (request, call): (&Request, &Call),
    cases: &mut Map<String, Value>,
    item: &mut Item,
) {
    let (names, op) = (cx.names.op(id), &cx.api.ops[id.0]);
    let path = cx.names.resource(resource).path.iter();
    let path: Vec<&str> = path
        .map(Name::plain)
        .chain([names.method.plain()])
        .collect();
    let name = path.join(".");
    let given = if call.reads { "given" } else { "_" };
    item.line("#[test]");
    item.block(code!("fn ", &names.method, "()"), |item| {
        let head = code!("CASES.check(", string(&name), ", |client, ", given, "|");
        item.nest(code!(head, " {"), "});", |item| {
            let call = call.append_to(access::chain(cx, resource)).end();
            item.line(match op.reply {
                Reply::Binary => code::call("crate::testing::bytes::bytes", &[call]),
                Reply::Stream(_) => code::call("crate::testing::stream::all", &[call]),
                Reply::Empty
                | Reply::Json { .. }
                | Reply::Text
                | Reply::Redirect
                | Reply::ByStatus(_) => call,
            });
        });
    });
    cases.insert(name, case(cx, id, op, request));
}

/// Returns the expected request, and the reply.
fn case(cx: &EmitCx, id: OpId, op: &Op, request: &Request) -> Value {
    let server = match op.server.as_deref() {
        Some(server) if server.starts_with('/') => {
            format!("{ORIGIN}{}", server.trim_end_matches('/'))
        }
        server => server.unwrap_or_default().to_owned(),
    };
    let mut target = server + &request.target(cx.api, op);
    let mut headers: BTreeMap<String, String> = request
        .headers(cx.api, op)
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    // A header parameter may have cookies, too.
    let cookies = [headers.remove("cookie"), Some(request.cookies(cx.api, op))];
    let cookies = cookies.into_iter().flatten().filter(|it| !it.is_empty());
    let mut cookies = cookies.collect::<Vec<String>>().join("; ");
    authorize(cx, id, &mut target, &mut headers, &mut cookies);
    if !cookies.is_empty() {
        headers.insert("cookie".into(), cookies);
    }
    let sent = op.body.as_ref().zip(request.body.as_ref());
    let mut text = None;
    if let Some((body, value)) = sent {
        text = body_parts::text(cx.api, cx.outline, body, value);
        let content_type = content_type(body);
        headers.entry("content-type".into()).or_insert(content_type);
    }
    let mut expected = json!({
        "method": op.method.as_str(),
        "target": target,
        "headers": headers,
        "body": request.body,
    });
    if let Some(text) = text {
        expected["text"] = text.into();
    }
    json!({
        "request": expected,
        "reply": reply(&cx.exchanges.op(id).reply),
    })
}

/// Returns a reply: its status, unless it is the usual one, and its content.
fn reply(answer: &SampleReply) -> Value {
    let mut reply = Map::new();
    let usual = match &answer.content {
        SampleContent::Empty | SampleContent::Unknown => 204,
        SampleContent::Json(body) => {
            reply.insert("body".into(), body.clone());
            200
        }
        SampleContent::Text(text) => {
            reply.insert("text".into(), (*text).into());
            200
        }
        SampleContent::Bytes(bytes) => {
            reply.insert("bytes".into(), (*bytes).into());
            200
        }
        SampleContent::Stream(framing, item) => {
            reply.insert("stream".into(), wire(*framing, item).into());
            reply.insert("items".into(), json!([item]));
            200
        }
        SampleContent::Location(url) => {
            reply.insert("location".into(), (*url).into());
            302
        }
    };
    if answer.status != usual {
        reply.insert("status".into(), answer.status.into());
    }
    match reply.is_empty() {
        true => Value::Null,
        false => reply.into(),
    }
}

/// Returns a value of a stream on the wire.
fn wire(framing: Framing, item: &Value) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    match (framing, item) {
        (Framing::Events, item) => format!("data: {}\n\n", plain(item)),
        (Framing::EventObjects, item) => {
            let fields = item.as_object().into_iter().flatten();
            let fields = fields.filter(|(_, value)| !value.is_null());
            let lines = fields.map(|(name, value)| format!("{name}: {}\n", plain(value)));
            lines.chain(["\n".to_owned()]).collect()
        }
        (Framing::Lines, item) => format!("{item}\n"),
        (Framing::Sequence, item) => format!("\u{1e}{item}\n"),
    }
}

/// Returns the content type of a body.
fn content_type(body: &Body) -> String {
    match &body.content {
        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => {
            format!("{}; boundary={}", body.media_type, body_parts::BOUNDARY)
        }
        BodyContent::Json
        | BodyContent::JsonLines
        | BodyContent::JsonSequence
        | BodyContent::Form(_)
        | BodyContent::Text
        | BodyContent::File => body.media_type.clone(),
    }
}

/// Adds the credentials of the first alternative, since the tests set all of them.
fn authorize(
    cx: &EmitCx,
    id: OpId,
    target: &mut String,
    headers: &mut BTreeMap<String, String>,
    cookies: &mut String,
) {
    let alternatives = &cx.outline.op(id).auth;
    for index in alternatives
        .iter()
        .find(|all| !all.is_empty())
        .into_iter()
        .flatten()
    {
        let Some(names) = cx.names.schemes[*index].credentials.first() else {
            continue;
        };
        let value = key(&names.setter);
        let mut header = |name: &str, value: String| {
            headers.entry(name.to_ascii_lowercase()).or_insert(value);
        };
        match &cx.api.schemes[*index].location {
            CredentialLocation::Bearer => header("authorization", format!("Bearer {value}")),
            CredentialLocation::Basic => {
                header("authorization", "Basic dXNlcjp0ZXN0LXBhc3N3b3Jk".into())
            }
            CredentialLocation::Header(name) => header(name, value),
            CredentialLocation::Query(name) if has_parameter(target, name) => {}
            CredentialLocation::Query(name) => {
                target.push(if target.contains('?') { '&' } else { '?' });
                pair(target, name, &value);
            }
            CredentialLocation::Cookie(name) => {
                cookies.push_str(if cookies.is_empty() { "" } else { "; " });
                let mut escaped = String::new();
                pair(&mut escaped, "", &value);
                cookies.push_str(&format!("{name}{escaped}"));
            }
        }
    }
}

/// Returns whether a target has a query parameter, which the client takes for the credential.
fn has_parameter(target: &str, name: &str) -> bool {
    let mut escaped = String::new();
    pair(&mut escaped, name, "");
    let (_, query) = target.split_once('?').unwrap_or_default();
    let mut pairs = query.split('&');
    pairs.any(|pair| pair.starts_with(&escaped) || pair == name)
}

/// Returns the cases, two lines each.
fn data(cx: &EmitCx, cases: &Map<String, Value>) -> String {
    let marker = cx.marker();
    let marker = marker.strip_prefix("@generated ").unwrap_or(&marker);
    let mut text = format!("{{\n  \"@generated\": {}", quoted(marker));
    let names: BTreeSet<&String> = cases.keys().collect();
    for name in names {
        let (request, reply) = (&cases[name]["request"], &cases[name]["reply"]);
        let _ = write!(
            text,
            ",\n  {}: {{\n    \"request\": {},\n    \"reply\": {}\n  }}",
            quoted(name),
            one_line(&sorted(request)),
            one_line(&sorted(reply))
        );
    }
    text.push_str("\n}\n");
    text
}
