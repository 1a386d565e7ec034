//! `README.md` of the emitted crate, and the crate's docs, which have the same content.
//!
//! In: the model. Out: Markdown, from templates that know no document. All strings of the document are made safe before a
//! template sees them. Not here: docs of items (`doc`).

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};

use crate::emit::docs;
use crate::emit::package::features::{self, Feature, ResourceFeature};
use crate::emit::package::manifest;
use crate::emit::package::needs::{
    has_downloads, has_grants, has_signed_webhooks, has_streams, sends_files,
};
use crate::emit::program::Program;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::example;
use crate::emit::rust::service::{self, Setting};
use crate::emit::rust::{access, feature_gate};
use crate::emit::text::{markdown, request};
use crate::emit::{EmitCx, File};
use crate::model::api::{Doc, OpId};
use crate::plan::names::Name;
use crate::plan::operations::Pagination;
use crate::plan::resources::ResourceId;

const README: &str = include_str!("../../../../templates/README.md.jinja");
const ERRORS: &str = include_str!("../../../../templates/errors.md");
const CRATE: &str = include_str!("../../../../templates/crate.md.jinja");

/// `README.md`.
pub fn file(cx: &EmitCx) -> File {
    let marker = cx.marker().replace("--", "-");
    File {
        path: "README.md".into(),
        text: format!("<!-- {marker} -->\n\n{}", render(README, model(cx))).into(),
    }
}

/// Returns the lines of the crate's docs.
pub fn crate_docs(cx: &EmitCx) -> Vec<String> {
    render(CRATE, model(cx))
        .lines()
        .map(str::to_owned)
        .collect()
}

fn render(template: &str, model: Value) -> String {
    let mut environment = Environment::new();
    // Template tags on separate lines leave no blank lines.
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .unwrap_or_default(),
    );
    // The templates are ours and the model is complete; an error here is a bug that the output shows.
    let text = environment
        .render_str(template, model)
        .unwrap_or_else(|error| format!("template: {error}"));
    text.trim_end().to_owned() + "\n"
}

/// Returns the table of the cases of the runtime's error type, which the reference shows, too.
pub fn errors(cx: &EmitCx) -> String {
    match cx.left_out.blocking {
        true => ERRORS.replace(OF_BLOCKING, "."),
        false => ERRORS.to_owned(),
    }
}

/// What the table says about blocking calls.
const OF_BLOCKING: &str = ", or a blocking call in an async task.";

fn model(cx: &EmitCx) -> Value {
    let info = &cx.api.info;
    let doc = Doc {
        summary: info.summary.clone(),
        description: info.description.clone(),
        notes: Vec::new(),
        deprecated: false,
    };
    let about = Docs::of(&doc, || Some("A client of the API.".into())).into_lines();
    let first = first_call(cx);
    context! {
        title => markdown::escape(&info.title),
        version => markdown::escape(&info.version),
        about => about.join("\n"),
        package => cx.names.package.as_str(),
        library => cx.names.library.as_str(),
        cli => (!cx.left_out.cli).then_some(cx.names.cli.program.as_str()),
        docs => !cx.left_out.docs,
        blocking => !cx.left_out.blocking,
        package_version => manifest::version(cx),
        first => first.as_ref().map(|(_, example)| example.lines().join("\n")),
        first_result => first.as_ref().map(|(_, example)| example.result.as_str()),
        first_cfg => first.as_ref().and_then(|(id, _)| cx.outline.op(*id).resource).and_then(|id| feature_gate::line(cx, &cx.outline.gate(id))),
        program => first.as_ref().map(|(_, example)| example.program()),
        pages => features::has_listings(cx),
        resources => resources(cx),
        runtime_features => runtime_features(cx),
        features => resource_features(cx),
        all => features::ALL,
        settings => settings(cx),
        errors => errors(cx).trim_end(),
        base_url => markdown::code(&cx.api.base_url()),
        relative_server => relative_server(cx),
        own_servers => cx.api.ops.iter().any(|op| op.server.is_some()),
        base_url_env => markdown::code(&cx.names.base_url_env),
        extra_headers_env => cx.api.client.extra_headers_env.as_deref().map(markdown::code),
        uploads => sends_files(cx.api),
        downloads => has_downloads(cx.api),
        streams => has_streams(cx.api),
        webhooks => cx.api.webhooks.requests.len(),
        webhook_page => docs::WEBHOOKS,
        webhook_checking => docs::webhook_checking(cx),
        signed_webhooks => has_signed_webhooks(cx.api),
        grants => has_grants(cx.api),
        tokens => service::credentials(cx).iter().any(|(_, names)| names.tokens.is_some()),
        skipped => cx.api.skipped.len(),
        operations => cx.api.skipped.len() + cx.api.operation_count(),
        license => cx.api.client.package.license.as_deref().map(markdown::escape),
    }
}

/// Returns the call for the first example: a listing, else the first call that is one statement. It
/// is not deprecated.
fn first_call<'a>(cx: &'a EmitCx) -> Option<(OpId, &'a Program)> {
    let resources = cx.outline.resources();
    let all = || {
        resources
            .clone()
            .flat_map(|(_, resource)| resource.ops.iter().copied())
            .filter(|id| !cx.api.ops[id.0].doc.deprecated)
    };
    let plain = |id: OpId| Some((id, example::example(cx, id).filter(|it| it.is_plain)?));
    let is_listing = |id: &OpId| cx.outline.op(*id).paged == Pagination::Many;
    let listing = all().filter(is_listing).find_map(plain);
    listing.or_else(|| all().find_map(plain))
}

fn resources(cx: &EmitCx) -> Vec<Value> {
    let with_ops = cx
        .outline
        .resources()
        .filter(|(_, resource)| !resource.ops.is_empty());
    with_ops
        .map(|(id, found)| {
            let methods: Vec<Value> = found.ops.iter().map(|op| method(cx, *op)).collect();
            context! {
                access => access::access(cx, id).text(),
                link => structure(cx, id),
                title => access::title(cx, id),
                methods => methods,
            }
        })
        .collect()
}

/// Returns the path of the struct of a resource.
fn structure(cx: &EmitCx, id: ResourceId) -> String {
    let names = cx.names.resource(id);
    if cx.outline.resource(id).is_client() {
        return names.structure.to_string();
    }
    let path: Vec<&str> = names.path.iter().map(Name::plain).collect();
    format!("{}::{}", path.join("::"), names.structure)
}

fn runtime_features(cx: &EmitCx) -> Vec<Value> {
    let feature =
        |it: Feature| context! { name => it.name, text => it.text, is_default => it.is_default };
    features::of_runtime(cx).into_iter().map(feature).collect()
}

fn resource_features(cx: &EmitCx) -> Vec<Value> {
    let feature = |it: ResourceFeature| {
        // That of a divided resource enables a private one, and those below it.
        let is_divided = it.enables.len() > 1;
        context! { name => it.name, access => it.access, title => it.title, is_divided => is_divided }
    };
    features::of_resources(cx)
        .into_iter()
        .map(feature)
        .collect()
}

fn method(cx: &EmitCx, id: OpId) -> Value {
    let op = &cx.api.ops[id.0];
    let name = &cx.names.op(id).method;
    context! { name => name.as_str(), link => name.plain(), request => request::code(op), brief => doc::brief(&op.doc) }
}

/// Returns the settings of the client, with their environment variables.
fn settings(cx: &EmitCx) -> Vec<Value> {
    let settings = service::settings(cx).into_iter();
    let setting = |Setting { names, description }| {
        let text = description
            .as_deref()
            .map(markdown::lines)
            .unwrap_or_default()
            .join(" ");
        context! { setter => names.setter.as_str(), link => names.setter.plain(), env => names.env.as_deref().map(markdown::code), text => text }
    };
    settings.map(setting).chain(token_settings(cx)).collect()
}

/// Returns the settings that get tokens.
fn token_settings(cx: &EmitCx) -> Vec<Value> {
    let row = |setter: &Name, text: String| {
        context! { setter => setter.as_str(), link => setter.plain(), env => None::<String>, text => text }
    };
    let mut rows = Vec::new();
    for (credential, names) in service::credentials(cx) {
        let Some(tokens) = &names.tokens else {
            continue;
        };
        let setter = names.setter.plain();
        rows.push(row(
            &tokens.provider,
            format!("Fetches the token of `{setter}` when a call needs it: a `TokenProvider`, or an async function."),
        ));
        if service::endpoints(cx, credential).is_some() {
            rows.push(row(
                &tokens.grant,
                format!("With the feature `oauth2-grants`: gets the token of `{setter}` for client credentials or a refresh token."),
            ));
        }
    }
    rows
}

/// Returns the path of the first server, if that is all the document says about it.
fn relative_server(cx: &EmitCx) -> Option<String> {
    let server = cx.api.servers.first()?;
    let has_path = server.is_relative() && !server.url.is_empty();
    has_path.then(|| markdown::code(&server.url))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of errors has all cases of the runtime's type.
    #[test]
    fn all_errors_are_listed() {
        const TYPE: &str = include_str!("../../../../templates/runtime/error.rs");
        let (_, rest) = TYPE.split_once("pub enum Error {\n").unwrap();
        let (body, _) = rest.split_once("\n}").unwrap();
        let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
        let cases = lines.filter(|line| line.starts_with(char::is_uppercase));
        let names: Vec<&str> = cases
            .filter_map(|line| line.split(['(', ' ']).next())
            .collect();
        assert!(names.len() > 5, "{names:?}");
        assert!(ERRORS.contains(OF_BLOCKING));
        for name in names {
            assert!(ERRORS.contains(&format!("`{name}`")), "{name}");
        }
    }
}
