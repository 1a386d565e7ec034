//! `tests/operations.rs` of the emitted crate: every call sends what the document says, and takes the reply to it.
//!
//! In: the samples. Out: a test per operation, in a file per first resource; beside it, as JSON, what must be sent and
//! what comes back. Not here: what the values are (`plan`), how they are compared (`templates/tests`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::emit::print::code::string;
use crate::emit::rust::literal::spelled;
use crate::emit::rust::{gate, service};
use crate::emit::text::json::{quoted, shown};
use crate::emit::{Cx, File};
use crate::model::api::{CredentialLocation, Op, OpId, Reply, Scalar, Shape, Ty};
use crate::model::json::sorted;
use crate::model::ty::{non_null, resolve};
use crate::plan::exchange::{Request, pair};
use crate::plan::inputs::Input;
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;
use crate::plan::types::Optionality;

/// What is the same in all crates.
const CHECK: &str = include_str!("../../../../templates/tests/operations.rs");

/// The root of the tests, what they have in common, and two files for each of the first resources.
pub fn files(cx: &Cx) -> Vec<File> {
    if cx.api.ops.is_empty() {
        return Vec::new();
    }
    let file = |path: &str, text: String| File {
        path: format!("tests/{path}"),
        text,
    };
    let mut files = vec![
        file("operations.rs", root(cx)),
        file("operations/testing.rs", testing(cx)),
        file("operations/testing/check.rs", CHECK.into()),
    ];
    for id in cx.outline.roots() {
        let name = cx.names.resource(id).module.plain();
        let mut cases = Map::new();
        let tests = resource_file(cx, id, &mut cases);
        files.push(file(&format!("operations/{name}.rs"), tests));
        files.push(file(&format!("operations/{name}.json"), data(cx, &cases)));
    }
    files
}

fn root(cx: &Cx) -> String {
    let mut text = format!(
        "{}//! Every call sends the documented request and decodes the documented response.\n\n\
         #![allow(deprecated, reason = \"deprecated items are tested, too\")]\n\n",
        cx.banner()
    );
    text.push_str("#[path = \"operations/testing.rs\"]\nmod testing;\n");
    for id in cx.outline.roots() {
        let module = &cx.names.resource(id).module;
        if let Some(cfg) = gate::line(cx, &cx.outline.gate(id)) {
            let _ = writeln!(text, "{cfg}");
        }
        let path = string(&format!("operations/{}.rs", module.plain()));
        let _ = writeln!(text, "#[path = {path}]\nmod {module};");
    }
    text
}

/// What the tests have in common, in a module whose name no resource has.
fn testing(cx: &Cx) -> String {
    let mut text = format!(
        "{}//! The code that the tests of calls share.\n\n\
         #![allow(dead_code, reason = \"features decide which parts are used\")]\n\n\
         #[path = \"testing/check.rs\"]\npub mod check;\n#[path = \"../common/json.rs\"]\nmod json;\n\
         #[path = \"../common/stack.rs\"]\nmod stack;\n\n\
         use ::{} as client;\n\n\
         /// Sets all credentials.\n\
         fn with_credentials(builder: client::ClientBuilder) -> client::ClientBuilder {{\n    builder",
        cx.banner(),
        cx.names.library
    );
    for (_, names) in service::credentials(cx) {
        let value = string(&credential(cx, &names.setter));
        let _ = write!(text, "\n        .{}({value})", names.setter);
    }
    text.push_str("\n}\n");
    text
}

/// A credential's value. Those of `Basic` have a colon, and the same Base64 in all tests.
fn credential(cx: &Cx, setter: &Name) -> String {
    let schemes = cx.api.schemes.iter().zip(&cx.names.schemes);
    let mut basic = schemes.filter(|(scheme, _)| scheme.location == CredentialLocation::Basic);
    let is_basic = basic.any(|(_, names)| {
        let mut credentials = names.credentials.iter();
        credentials.any(|names| names.setter == *setter)
    });
    match is_basic {
        true => "user:password".into(),
        false => format!("test-{}", setter.plain()),
    }
}

/// The tests of a resource and of those below it, in modules that are nested as they are.
fn resource_file(cx: &Cx, id: ResourceId, cases: &mut Map<String, Value>) -> String {
    let module = &cx.names.resource(id).module;
    let mut text = cx.banner();
    let _ = write!(
        text,
        "//! The calls of `client.{}()` and of the resources below it.\n\n\
         use std::sync::LazyLock;\n\n\
         use crate::testing::check::Cases;\n\n\
         static CASES: LazyLock<Cases> = LazyLock::new(|| Cases::read(include_str!({})));\n",
        cx.names.resource(id).accessor,
        string(&format!("{}.json", module.plain())),
    );
    tests(cx, id, module, 0, cases, &mut text);
    text
}

fn tests(
    cx: &Cx,
    id: ResourceId,
    root: &Name,
    depth: usize,
    cases: &mut Map<String, Value>,
    text: &mut String,
) {
    let resource = cx.outline.resource(id);
    let mut parts: Vec<String> = Vec::new();
    if depth > 0 && !resource.ops.is_empty() {
        parts.push(format!("use crate::{root}::CASES;\n"));
    }
    for op in &resource.ops {
        let method = &cx.names.op(*op).method;
        parts.push(test(cx, *op, cases).unwrap_or_else(|| {
            format!(
                "// `{method}` is not tested: it needs a value, and there is no example of it.\n"
            )
        }));
    }
    for child in &resource.children {
        let mut inner = String::new();
        tests(cx, *child, root, depth + 1, cases, &mut inner);
        let name = &cx.names.resource(*child).module;
        parts.push(format!("mod {name} {{\n{inner}}}\n"));
    }
    if depth == 0 {
        text.push('\n');
    }
    indent(text, &parts.join("\n"), depth);
}

/// Appends lines, those of a module below the first one further to the right.
fn indent(text: &mut String, lines: &str, depth: usize) {
    for line in lines.lines() {
        if depth > 0 && !line.is_empty() {
            text.push_str("    ");
        }
        text.push_str(line);
        text.push('\n');
    }
}

/// The test of an operation. What it sends and what comes back goes to the cases.
fn test(cx: &Cx, id: OpId, cases: &mut Map<String, Value>) -> Option<String> {
    let (names, op) = (cx.names.op(id), &cx.api.ops[id.0]);
    let request = cx.exchanges.op(id).full.as_ref()?;
    if let (Reply::Json { .. }, None) = (&op.reply, &cx.exchanges.op(id).reply) {
        return None;
    }
    let call = call(cx, id, request)?;
    let resource = cx.outline.op(id).resource?;
    let path = cx.names.resource(resource).path.iter();
    let path: Vec<&str> = path
        .map(Name::plain)
        .chain([names.method.plain()])
        .collect();
    let name = path.join(".");
    let given = if call.iter().any(|line| line.contains("given.")) {
        "given"
    } else {
        "_"
    };
    let mut text = format!(
        "#[test]\nfn {}() {{\n    CASES.check({}, |client, {given}| {{\n        client\n",
        names.method,
        string(&name)
    );
    for line in call {
        let _ = writeln!(text, "            {line}");
    }
    text.push_str("    });\n}\n");
    cases.insert(name, case(cx, id, op, request));
    Some(text)
}

/// What must be sent, and what comes back.
fn case(cx: &Cx, id: OpId, op: &Op, request: &Request) -> Value {
    let mut target = request.target(cx.api, op);
    let mut headers: BTreeMap<String, String> = request
        .headers(cx.api, op)
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    let mut cookies = request.cookies(cx.api, op);
    authorize(cx, id, &mut target, &mut headers, &mut cookies);
    if !cookies.is_empty() {
        headers.insert("cookie".into(), cookies);
    }
    if let Some(body) = &op.body
        && request.body.is_some()
    {
        headers
            .entry("content-type".into())
            .or_insert_with(|| body.media_type().to_owned());
    }
    json!({
        "request": {
            "method": op.method.as_str(),
            "target": target,
            "headers": headers,
            "body": request.body,
        },
        "reply": match op.reply {
            Reply::Empty => Value::Null,
            Reply::Json { .. } => json!({ "body": cx.exchanges.op(id).reply }),
        },
    })
}

/// Adds what the first alternative asks for: all credentials are set.
fn authorize(
    cx: &Cx,
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
        let value = credential(cx, &names.setter);
        let mut header = |name: &str, value: String| {
            headers.entry(name.to_ascii_lowercase()).or_insert(value);
        };
        match &cx.api.schemes[*index].location {
            CredentialLocation::Bearer => header("authorization", format!("Bearer {value}")),
            CredentialLocation::Basic => {
                header("authorization", "Basic dXNlcjpwYXNzd29yZA==".into())
            }
            CredentialLocation::Header(name) => header(name, value),
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

/// The steps of the call that sends a request, from the client on.
fn call(cx: &Cx, id: OpId, request: &Request) -> Option<Vec<String>> {
    let (plan, names, op) = (cx.outline.op(id), cx.names.op(id), &cx.api.ops[id.0]);
    let mut steps = Vec::new();
    let mut at = plan.resource;
    while let Some(resource) = at {
        steps.push(format!(".{}()", cx.names.resource(resource).accessor));
        at = cx.outline.resource(resource).parent;
    }
    steps.reverse();
    let arguments: Option<Vec<String>> = plan
        .inputs
        .arguments
        .iter()
        .map(|input| argument(cx, op, *input, request))
        .collect();
    steps.push(format!(".{}({})", names.method, arguments?.join(", ")));
    for input in &plan.inputs.setters {
        if let (Some(name), Some(value)) = (names.input(*input), argument(cx, op, *input, request))
        {
            steps.push(format!(".{name}({value})"));
        }
    }
    Some(steps)
}

/// The expression of an argument; `None` where nothing is sent.
fn argument(cx: &Cx, op: &Op, input: Input, request: &Request) -> Option<String> {
    match input {
        Input::Param(index) => {
            let param = &op.params[index];
            let (value, ty) = (request.params[index].as_ref()?, non_null(&param.ty).0);
            Some(match resolve(cx.api, ty) {
                Ty::List(item) => {
                    let items = value.as_array()?.iter();
                    let items = items.map(|value| parameter(cx, non_null(item).0, value));
                    format!("[{}]", items.collect::<Vec<_>>().join(", "))
                }
                Ty::Scalar(_)
                | Ty::Named(_)
                | Ty::Map(_)
                | Ty::Tuple(_)
                | Ty::Nullable(_)
                | Ty::Any(_) => parameter(cx, ty, value),
            })
        }
        Input::Body => request.body.as_ref().map(|_| "&given.body()".into()),
        Input::Field(id, index) => {
            let Shape::Struct { fields, .. } = &cx.api.types[id.0].shape else {
                return None;
            };
            let field = &fields[index];
            let value = request.body.as_ref()?.get(&field.wire)?;
            let member = &cx.outline.ty(id).members[index];
            let ty = match member.optionality {
                Optionality::Nullable => &field.ty,
                Optionality::Required
                | Optionality::Optional
                | Optionality::OptionalAny
                | Optionality::OptionalNullable => &member.ty,
            };
            Some(self::member(cx, ty, &field.wire, value))
        }
    }
}

/// A value in a path, a query, a header or a cookie.
fn parameter(cx: &Cx, ty: &Ty, value: &Value) -> String {
    spelled(cx, ty, value).unwrap_or_else(|| {
        format!(
            "serde_json::from_str({}).unwrap()",
            string(&value.to_string())
        )
    })
}

/// A member of the body. What cannot be spelled in a word is read from the body that is expected.
fn member(cx: &Cx, ty: &Ty, name: &str, value: &Value) -> String {
    let literal = match (resolve(cx.api, ty), value) {
        (Ty::List(item), Value::Array(items)) => {
            let is_text = matches!(resolve(cx.api, item), Ty::Scalar(Scalar::String));
            let literals: Option<Vec<String>> =
                items.iter().map(|value| spelled(cx, item, value)).collect();
            match (literals, is_text) {
                (Some(items), true) if items.is_empty() => Some("Vec::<String>::new()".into()),
                (Some(items), _) if !items.is_empty() => Some(format!("[{}]", items.join(", "))),
                (Some(_) | None, _) => Some(format!("given.member::<Vec<_>>({})", string(name))),
            }
        }
        (_, value) => spelled(cx, ty, value),
    };
    literal.unwrap_or_else(|| format!("given.member({})", string(name)))
}

/// The cases, two lines each.
fn data(cx: &Cx, cases: &Map<String, Value>) -> String {
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
            shown(&sorted(request)),
            shown(&sorted(reply))
        );
    }
    text.push_str("\n}\n");
    text
}
