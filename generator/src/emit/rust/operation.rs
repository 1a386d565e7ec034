//! Operations.
//!
//! In: an [`Op`]. Out: the method that makes a call, the static that describes the operation, the call's struct with its
//! setters, and how its pages follow each other. All behavior is in the runtime. Not here: which inputs are arguments or
//! setters (`plan`).

use quote::quote;

use crate::emit::EmitCx;
use crate::emit::print::code::{
    Chain, RustCode, array, assignment, boolean, call, code, generic, holder, record, record_from,
    signature, string,
};
use crate::emit::print::item::Item;
use crate::emit::print::macros::macro_call;
use crate::emit::rust::argument::{self, Destination, Step, body_step};
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::Module;
use crate::emit::rust::{error, example, headers, paging, reply};
use crate::emit::text::{request, wording};
use crate::model::api::{Body, Op, OpId, ParamLocation, Reply};
use crate::model::ty::{fields, path_text};
use crate::plan::inputs::{BodyInput, Input, may_lack_value};
use crate::plan::members::Optionality;
use crate::plan::names::{Name, SettingNames};
use crate::plan::operations::Pagination;

/// The method of a resource that makes the call.
pub fn method(module: &mut Module, item: &mut Item, id: OpId) {
    let cx = module.cx();
    let (op, names, plan) = (&cx.api.ops[id.0], cx.names.op(id), cx.outline.op(id));
    module.runtime("Call");
    let mut parameters = vec![code!("&self")];
    let (mut steps, mut parts) = (Vec::new(), Vec::new());
    for input in &plan.inputs.arguments {
        let Some(name) = names.input(*input) else {
            continue;
        };
        let argument = argument::input(module, id, *input, name);
        parameters.push(code!(name, ": ", argument.ty));
        match argument.destination {
            Destination::Step(step) => steps.push(step),
            Destination::Part(value) => parts.push(value),
        }
    }
    let body = match plan.inputs.body {
        BodyInput::None | BodyInput::Whole => None,
        BodyInput::Made(body) | BodyInput::Held(body) => {
            Some(call(code!(module.import_type(body), "::new"), &parts))
        }
    };
    if let (Some(body), BodyInput::Made(_)) = (&body, plan.inputs.body) {
        steps.push(body_step(module, id, code!("&", body.clone())));
    }
    let is_client = |id| cx.outline.resource(id).is_client();
    let client = match plan.resource.is_some_and(is_client) {
        true => "self",
        false => "&self.client",
    };
    let start = reply::start(&op.reply, client, code!("&", &names.operation));
    item.docs(&method_docs(cx, id));
    item.deprecated(&op.doc);
    let drafted = chain(start, steps);
    let returned = match &names.call {
        Some(name) => code!(name),
        None => generic("Call", &[reply::ty(module, id)]),
    };
    let head = signature(&names.method, &parameters, returned);
    item.block(head, |item| match (&names.call, plan.inputs.body, body) {
        (None, ..) => item.line(drafted),
        (Some(name), BodyInput::Held(_), Some(body)) => {
            item.line(code!("let call = ", drafted, ";"));
            item.line(record(name, &[code!("call"), code!("body: ", body)]));
        }
        (Some(name), ..) => {
            item.line(code!("let call = ", drafted, ";"));
            item.line(self::call(name, &[code!("call")]));
        }
    });
}

/// Returns a value, and the methods of `Call` that are called on it.
fn chain(start: RustCode, steps: Vec<Step>) -> RustCode {
    if steps.is_empty() {
        return start;
    }
    let links = steps
        .iter()
        .fold(Chain::of(start), |chain, step| step.append_to(chain));
    links.end()
}

/// All items of an operation except its method.
pub fn items(module: &mut Module, id: OpId) {
    operation(module, id);
    encodings(module, id);
    if let Some(name) = &module.cx().names.op(id).call {
        self::structure(module, id, name);
        setters(module, id, name);
        behaviour(module, id, name);
        reply::alternatives(module, id, name);
    }
    reply::enumeration(module, id);
    error::alias(module, id);
}

/// The static that describes an operation.
fn operation(module: &mut Module, id: OpId) {
    let cx = module.cx();
    let (op, names, plan) = (&cx.api.ops[id.0], cx.names.op(id), cx.outline.op(id));
    module.runtime("Operation");
    let query = op.params.iter();
    let query = query.filter(|param| param.location == ParamLocation::Query);
    let query: Vec<RustCode> = query.map(|param| string(&param.wire)).collect();
    let paging = paging::described(module, op);
    let server = match &op.server {
        Some(url) => call("Some", &[string(url)]),
        None => code!("None"),
    };
    let described = |method: RustCode, auth: RustCode| {
        let mut fields = vec![
            code!("id: ", string(&op.id)),
            code!("method: ", method),
            code!("server: ", server),
            code!("path: ", string(&path_text(&op.path))),
            code!("query: &", array(&query)),
            code!("auth: ", auth),
        ];
        fields.extend(paging.clone());
        fields.push(code!("accept: ", string(&reply::accept(&op.accept))));
        fields.push(code!("idempotent: ", boolean(plan.idempotent)));
        record("Operation", &fields)
    };
    let (name, auth) = (&names.operation, auth(module, id));
    match op.method.constant() {
        Some(constant) => {
            module.runtime("Method");
            let described = described(code!("Method::", constant), auth);
            let mut item = Item::default();
            item.line(code!(
                "pub(crate) static ",
                name,
                ": Operation = ",
                described,
                ";"
            ));
            module.item(item);
        }
        None => {
            module.runtime("method");
            module.import("std::sync", "LazyLock");
            let method = call("method", &[string(op.method.as_str())]);
            let described = described(method, code!("const { ", auth, " }"));
            module.item(
                quote! { pub(crate) static #name: LazyLock<Operation> = LazyLock::new(|| #described); },
            );
        }
    }
}

/// Returns the alternative credentials.
fn auth(module: &mut Module, id: OpId) -> RustCode {
    let cx = module.cx();
    let mut auth = Vec::new();
    for schemes in &cx.outline.op(id).auth {
        let names = schemes.iter().map(|index| &cx.names.schemes[*index]);
        let names: Vec<&Name> = names.map(|names| &names.constant).collect();
        names.iter().for_each(|name| module.import_service(name));
        let schemes: Vec<RustCode> = names.into_iter().map(|name| code!("&", name)).collect();
        auth.push(code!("&", array(&schemes)));
    }
    code!("&", array(&auth))
}

/// The static that says how the properties of the body are encoded.
fn encodings(module: &mut Module, id: OpId) {
    let cx = module.cx();
    let (Some(name), Some(body)) = (&cx.names.op(id).encodings, &cx.api.ops[id.0].body) else {
        return;
    };
    module.runtime("Encoding");
    let mut item = Item::default();
    let encodings: Vec<RustCode> = body
        .content
        .encodings()
        .iter()
        .map(argument::encoding)
        .collect();
    let head = code!("pub(crate) static ", name, ": &[Encoding] = &");
    item.line(code!(head, array(&encodings), ";"));
    module.item(item);
}

/// The call's struct.
fn structure(module: &mut Module, id: OpId, name: &Name) {
    let cx = module.cx();
    let call = generic("Call", &[reply::ty(module, id)]);
    let mut item = Item::new(&call_docs(cx, id));
    item.line("#[derive(Clone, Debug)]");
    item.line("#[must_use = \"a call does nothing until it is awaited\"]");
    let head = code!("pub struct ", name);
    match cx.outline.op(id).inputs.body {
        BodyInput::None | BodyInput::Whole | BodyInput::Made(_) => {
            item.line(code!(holder(head, call), ";"));
        }
        BodyInput::Held(body) => item.block(head, |item| {
            item.line(code!("call: ", call, ","));
            item.line(code!("body: ", module.import_type(body), ","));
        }),
    }
    module.item(item);
}

/// The setters of optional inputs.
fn setters(module: &mut Module, id: OpId, name: &Name) {
    let cx = module.cx();
    let mut methods = Item::inside();
    for input in &cx.outline.op(id).inputs.setters {
        setter_of(module, &mut methods, id, *input);
    }
    if !methods.is_empty() {
        let mut item = Item::default();
        item.block(code!("impl ", name), |item| item.append(methods));
        module.item(item);
    }
}

/// The macro call that makes the call awaitable.
fn behaviour(module: &mut Module, id: OpId, name: &Name) {
    let cx = module.cx();
    let plan = cx.outline.op(id);
    let macro_name = match plan.paged {
        Pagination::No => "call",
        Pagination::Single | Pagination::Many => "paged_call",
    };
    module.runtime(macro_name);
    let held = match plan.inputs.body {
        BodyInput::Held(_) => {
            let (method, how) = argument::body_method(cx, id, RustCode::default());
            Some(match (method, how.as_slice()) {
                (method, []) => code!(method, " body"),
                ("json_as", [media_type]) => code!(media_type.clone(), " body"),
                (method, how) => code!(call(method, how), " body"),
            })
        }
        BodyInput::None | BodyInput::Whole | BodyInput::Made(_) => None,
    };
    let comma = held.is_some().then_some(",");
    let call = code!(name, " =>");
    let page = match (&cx.api.ops[id.0].reply, plan.paged) {
        (Reply::ByStatus(_), Pagination::Single | Pagination::Many) => reply::page(module, id),
        _ => None,
    };
    let after_reply = page.is_some().then_some(",");
    let page = page.map(|ty| code!("pages ", ty, comma));
    let reply = code!(reply::ty(module, id), after_reply.or(comma));
    let mut item = Item::default();
    item.line(macro_call(
        macro_name,
        [call, reply].into_iter().chain(page).chain(held),
    ));
    module.item(item);
}

/// The setter of an optional input.
fn setter_of(module: &mut Module, item: &mut Item, id: OpId, input: Input) {
    let cx = module.cx();
    let (op, names, plan) = (&cx.api.ops[id.0], cx.names.op(id), cx.outline.op(id));
    let Some(name) = names.input(input) else {
        return;
    };
    let argument = argument::input(module, id, input, name);
    let parameter = code!(name, ": ", argument.ty);
    let held = matches!(plan.inputs.body, BodyInput::Held(_));
    let (receiver, lines) = match (argument.destination, input) {
        (Destination::Step(made), _) if held => {
            let call = made.append_to(Chain::of("self").field("call")).end();
            let made = record_from("Self", &[code!("call: ", call)], "self");
            ("self", vec![made])
        }
        (Destination::Step(made), _) => {
            let call = made.append_to(Chain::of("self").field("0")).end();
            ("self", vec![self::call("Self", &[call])])
        }
        (Destination::Part(value), Input::Field(body, index)) => {
            let member = &cx.outline.ty(body).members[index];
            let value = match member.boxed {
                true => self::call("Box::new", &[value]),
                false => value,
            };
            let some = |value| self::call("Some", &[value]);
            let value = match member.optionality {
                Optionality::Required | Optionality::Nullable => value,
                Optionality::Optional | Optionality::OptionalAny | Optionality::Received => {
                    some(value)
                }
                Optionality::OptionalNullable => some(some(value)),
            };
            let field = &cx.names.ty(body).members[index];
            let place = Chain::of("self").field("body").field(field).end();
            ("mut self", vec![assignment(place, value), code!("self")])
        }
        (Destination::Part(_), Input::Param(_) | Input::Body) => return,
    };
    item.gap();
    input_docs(item, cx, op, input);
    let head = signature(name, &[code!(receiver), parameter], "Self");
    item.block(head, |item| {
        lines.into_iter().for_each(|line| item.line(line))
    });
    null_setter(cx, item, id, input);
}

/// The setter that sends `null`, if that differs from sending nothing.
fn null_setter(cx: &EmitCx, item: &mut Item, id: OpId, input: Input) {
    let names = cx.names.op(id);
    let (Some(name), Some(value), Input::Field(body, index)) =
        (names.null(input), names.input(input), input)
    else {
        return;
    };
    let link = doc::link(value.plain(), &format!("Self::{}", value.plain()));
    item.gap();
    item.docs(&Docs::line(format!("Sets {link} to `null`.")));
    if let Some(field) = fields(&cx.api.types[body.0].shape).get(index) {
        item.deprecated(&field.doc);
    }
    item.block(signature(name, &[code!("mut self")], "Self"), |item| {
        let field = &cx.names.ty(body).members[index];
        let place = Chain::of("self").field("body").field(field).end();
        item.line(assignment(place, code!("Some(None)")));
        item.line("self");
    });
}

/// What the absence of a value means.
const NO_VALUE: &str = "`None` sends the name with an empty value.";

fn input_docs(item: &mut Item, cx: &EmitCx, op: &Op, input: Input) {
    match input {
        Input::Param(index) => {
            let param = &op.params[index];
            let mut docs = Docs::about(&param.wire, &param.doc, || None);
            doc::default(&mut docs, &param.presence);
            doc::constant(&mut docs, cx, &param.ty);
            if may_lack_value(cx.api, param) {
                docs.add(NO_VALUE);
            }
            item.docs(&docs);
            item.deprecated(&param.doc);
        }
        Input::Body => {
            let text = op.body.as_ref().map(|body: &Body| body.doc.clone());
            let text = text.unwrap_or_default();
            item.docs(&Docs::of(&text, || Some("Sets the request body.".into())));
        }
        Input::Field(id, index) => {
            if let Some(field) = fields(&cx.api.types[id.0].shape).get(index) {
                item.docs(&doc::field(field));
                item.deprecated(&field.doc);
            }
        }
    }
}

fn call_docs(cx: &EmitCx, id: OpId) -> Docs {
    let link = doc::method(cx, id);
    Docs::line(match cx.outline.op(id).paged {
        Pagination::Single | Pagination::Many => format!(
            "The call that {link} returns. Await it for one page, or use [`items`](Self::items) or [`pages`](Self::pages)."
        ),
        Pagination::No => format!("The call that {link} returns."),
    })
}

fn method_docs(cx: &EmitCx, id: OpId) -> Docs {
    let op = &cx.api.ops[id.0];
    let request = request::code(op);
    let mut docs = Docs::of(&op.doc, || Some(request.clone()));
    if !docs.begins_with(&request) {
        docs.paragraph(request);
    }
    if let Some(credentials) = credentials(cx, &cx.outline.op(id).auth) {
        docs.paragraph(format!("Requires the credential {credentials}."));
    }
    if let Some(omitted) = wording::omitted(op) {
        docs.paragraph(omitted);
    }
    docs.section("Arguments", arguments(cx, id));
    error::docs(&mut docs, cx, id);
    headers::docs(&mut docs, cx, id);
    docs.section(
        "Examples",
        example::example(cx, id).map_or(Vec::new(), |it| it.block()),
    );
    docs
}

/// Returns the list of required inputs that the document describes.
fn arguments(cx: &EmitCx, id: OpId) -> Vec<String> {
    let op = &cx.api.ops[id.0];
    let inputs = &cx.outline.op(id).inputs.arguments;
    let brief = |input: &Input| match *input {
        Input::Param(index) => doc::brief(&op.params[index].doc),
        Input::Body => op.body.as_ref().and_then(|body| doc::brief(&body.doc)),
        Input::Field(id, index) => fields(&cx.api.types[id.0].shape)
            .get(index)
            .and_then(|field| doc::brief(&field.doc)),
    };
    let names = cx.names.op(id);
    let no_value = |input: &Input| match *input {
        Input::Param(index) => may_lack_value(cx.api, &op.params[index]).then_some(NO_VALUE),
        Input::Body | Input::Field(..) => None,
    };
    let line = |input: &Input| {
        let texts = brief(input).into_iter();
        let texts: Vec<String> = texts.chain(no_value(input).map(Into::into)).collect();
        let name = names.input(*input)?;
        (!texts.is_empty()).then(|| format!("- `{name}`: {}", texts.join(" ")))
    };
    inputs.iter().filter_map(line).collect()
}

/// Returns the credentials that a call requires, as alternatives. `None` if it requires none.
fn credentials(cx: &EmitCx, alternatives: &[Vec<usize>]) -> Option<String> {
    if alternatives.iter().any(Vec::is_empty) {
        return None;
    }
    let setter = |names: &SettingNames| {
        let name = &names.setter;
        format!("[`{name}`](crate::ClientBuilder::{})", name.plain())
    };
    let scheme = |index: &usize| {
        let credentials = &cx.names.schemes[*index].credentials;
        let setters: Vec<String> = credentials.iter().map(setter).collect();
        setters.join(" or ")
    };
    let alternative = |schemes: &Vec<usize>| {
        let schemes: Vec<String> = schemes.iter().map(scheme).collect();
        schemes.join(" and ")
    };
    let texts: Vec<String> = alternatives.iter().map(alternative).collect();
    (!texts.is_empty()).then(|| texts.join(", or "))
}
