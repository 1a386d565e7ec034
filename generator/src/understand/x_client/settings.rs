//! The settings of the whole document.
//!
//! In: `x-client` at the root. Out: [`ClientSettings`]. Not here: `x-client` of operations, parameters and schemas.

use super::{KEY, Keys, check_lists, wrong};
use crate::document::Document;
use crate::model::api::{
    ClientSettings, ErrorShape, ExampleFile, HeaderSetting, LeftOut, Misfits, NameSettings,
    NameSource, Package, Signature,
};
use crate::report::{Pointer, Report};
use crate::understand::schema::cx::Cx;

/// Returns the settings at the root of the document.
pub fn settings(cx: &mut Cx) -> ClientSettings {
    let defaults = ClientSettings {
        request_id_header: "x-request-id".into(),
        idempotency_header: "Idempotency-Key".into(),
        ..ClientSettings::default()
    };
    let doc = cx.doc;
    let report = &mut *cx.report;
    let Some(value) = doc.openapi.extensions.get(KEY) else {
        return defaults;
    };
    let Some(mut keys) = Keys::new(value, Pointer::root().child(KEY), report) else {
        return defaults;
    };
    let settings = ClientSettings {
        left_out: left_out(&mut keys, report),
        package: keys
            .object("crate", report)
            .map(|keys| package(keys, report))
            .unwrap_or_default(),
        base_url_env: keys
            .object("baseUrl", report)
            .and_then(|keys| env(keys, report)),
        headers: headers(&mut keys, report),
        extra_headers_env: keys
            .object("extraHeaders", report)
            .and_then(|keys| env(keys, report)),
        request_id_header: keys
            .text("requestId", report)
            .unwrap_or(defaults.request_id_header),
        idempotency_header: keys
            .text("idempotencyKey", report)
            .unwrap_or(defaults.idempotency_header),
        errors: keys
            .object("errors", report)
            .map(|keys| errors(keys, report))
            .unwrap_or_default(),
        misfits: misfits(&mut keys, report),
        signature: keys
            .object("webhooks", report)
            .and_then(|keys| signature(keys, report)),
        program: match keys.is_flag("cli") {
            true => None,
            false => keys
                .object("cli", report)
                .and_then(|keys| program(keys, report)),
        },
        examples: examples(doc, keys.texts("examples", report)),
        names: keys
            .object("names", report)
            .map(|keys| names(keys, report))
            .unwrap_or_default(),
    };
    check_lists(&mut keys, report);
    keys.done(report);
    settings
}

/// Returns what the document leaves out. `cli` is `false`, or has the settings of the command line client.
fn left_out(keys: &mut Keys, report: &mut Report) -> LeftOut {
    let is_cli_flag = keys.is_flag("cli");
    let mut is_off = |key| keys.flag(key, report) == Some(false);
    LeftOut {
        cli: is_cli_flag && is_off("cli"),
        docs: is_off("docs"),
        blocking: is_off("blocking"),
    }
}

fn examples(doc: &Document, paths: Vec<String>) -> Vec<ExampleFile> {
    let example = |path: String| {
        let text = doc.files.get(&path)?.clone();
        let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
        Some(ExampleFile { name, text })
    };
    paths.into_iter().filter_map(example).collect()
}

fn package(mut keys: Keys, report: &mut Report) -> Package {
    let package = Package {
        name: keys.text("name", report),
        version: keys.text("version", report),
        description: keys.text("description", report),
        license: keys.text("license", report),
        repository: keys.text("repository", report),
        homepage: keys.text("homepage", report),
        documentation: keys.text("documentation", report),
        authors: keys.texts("authors", report),
        keywords: keys.texts("keywords", report),
        categories: keys.texts("categories", report),
    };
    keys.done(report);
    package
}

/// Returns the source of names for resources and methods.
fn names(mut keys: Keys, report: &mut Report) -> NameSettings {
    let source = match keys.text("from", report).as_deref() {
        None | Some("paths") => NameSource::Paths,
        Some("ids") => NameSource::Ids,
        Some("tags") => NameSource::Tags,
        Some(_) => {
            wrong(report, &keys.at.child("from"), "`paths`, `ids` or `tags`");
            NameSource::Paths
        }
    };
    let prefix = keys.text("prefix", report).unwrap_or_default();
    let segments = prefix.split('/').filter(|it| !it.is_empty());
    let names = NameSettings {
        source,
        prefix: segments.map(str::to_owned).collect(),
    };
    if !prefix.is_empty() && !prefix.starts_with('/') {
        wrong(
            report,
            &keys.at.child("prefix"),
            "the beginning of a path, such as `/api`",
        );
    }
    keys.done(report);
    names
}

/// Returns the name of the environment variable in an object that has nothing else.
fn env(mut keys: Keys, report: &mut Report) -> Option<String> {
    let env = keys.text("env", report);
    keys.done(report);
    env
}

/// Returns the signature scheme of webhooks.
fn signature(mut keys: Keys, report: &mut Report) -> Option<Signature> {
    let name = keys.text("signature", report)?;
    let at = keys.at.child("signature");
    keys.done(report);
    if name != STANDARD_WEBHOOKS {
        wrong(report, &at, &format!("`{STANDARD_WEBHOOKS}`"));
        return None;
    }
    Some(Signature::StandardWebhooks)
}

/// The value of `webhooks.signature` for Standard Webhooks.
const STANDARD_WEBHOOKS: &str = "standard-webhooks";

/// Returns the name of the command-line client.
fn program(mut keys: Keys, report: &mut Report) -> Option<String> {
    let name = keys.text("name", report);
    let name = name.filter(|name| {
        let fits = is_program_name(name);
        if !fits {
            wrong(report, &keys.at.child("name"), "a valid program name");
        }
        fits
    });
    keys.done(report);
    name
}

/// Returns whether Cargo accepts the name for a program, and shells for a command.
fn is_program_name(name: &str) -> bool {
    // Cargo places programs beside its own folders of these names.
    const FOLDERS: [&str; 4] = ["build", "deps", "examples", "incremental"];
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !FOLDERS.contains(&name)
}

fn headers(keys: &mut Keys, report: &mut Report) -> Vec<HeaderSetting> {
    let mut found = Vec::new();
    for mut keys in keys.objects("headers", report).unwrap_or_default() {
        let (name, header) = (keys.needed("name", report), keys.needed("header", report));
        let (env, description) = (keys.text("env", report), keys.text("description", report));
        keys.done(report);
        if let (Some(name), Some(header)) = (name, header) {
            found.push(HeaderSetting {
                name,
                header,
                env,
                description,
            });
        }
    }
    found
}

/// Returns the members of error bodies. An `errors` object replaces all defaults: members that it does not name are absent.
fn errors(mut keys: Keys, report: &mut Report) -> ErrorShape {
    let defaults = ErrorShape::default();
    let errors = ErrorShape {
        envelope: keys.text("envelope", report),
        message: keys.text("message", report).unwrap_or(defaults.message),
        kind: keys.text("type", report).unwrap_or(defaults.kind),
        code: keys.text("code", report).unwrap_or(defaults.code),
        param: keys.text("param", report).unwrap_or(defaults.param),
    };
    keys.done(report);
    errors
}

/// Returns what happens to values that match no variant of their union.
fn misfits(keys: &mut Keys, report: &mut Report) -> Misfits {
    match keys.text("misfits", report).as_deref() {
        None => Misfits::default(),
        Some("keep") => Misfits::Keep,
        Some("refuse") => Misfits::Refuse,
        Some(_) => {
            wrong(report, &keys.at.child("misfits"), "`keep` or `refuse`");
            Misfits::default()
        }
    }
}
