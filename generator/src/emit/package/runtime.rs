//! The runtime of the emitted crate: files that are copied byte for byte, as far as a document needs them.
//!
//! In: `templates/runtime`, embedded. Out: those of `src/runtime/*.rs` that the document needs. Not here: anything else that
//! depends on a document.

use crate::emit::File;
use crate::model::api::{Api, BodyContent, Reply, Shape, Success, SuccessContent, Tag};

/// The embedded files. A test in `tests` fails if one is missing.
pub const FILES: &[(&str, &str)] = &[
    (
        "alternative.rs",
        include_str!("../../../../templates/runtime/alternative.rs"),
    ),
    (
        "api_error.rs",
        include_str!("../../../../templates/runtime/api_error.rs"),
    ),
    (
        "arguments.rs",
        include_str!("../../../../templates/runtime/arguments.rs"),
    ),
    (
        "auth.rs",
        include_str!("../../../../templates/runtime/auth.rs"),
    ),
    (
        "blocking.rs",
        include_str!("../../../../templates/runtime/blocking.rs"),
    ),
    (
        "by_status.rs",
        include_str!("../../../../templates/runtime/by_status.rs"),
    ),
    (
        "call.rs",
        include_str!("../../../../templates/runtime/call.rs"),
    ),
    (
        "chunks.rs",
        include_str!("../../../../templates/runtime/chunks.rs"),
    ),
    (
        "cli/completions.rs",
        include_str!("../../../../templates/runtime/cli/completions.rs"),
    ),
    (
        "cli/debug.rs",
        include_str!("../../../../templates/runtime/cli/debug.rs"),
    ),
    (
        "cli/failure.rs",
        include_str!("../../../../templates/runtime/cli/failure.rs"),
    ),
    (
        "cli/format.rs",
        include_str!("../../../../templates/runtime/cli/format.rs"),
    ),
    (
        "cli/grammar.rs",
        include_str!("../../../../templates/runtime/cli/grammar.rs"),
    ),
    (
        "cli/layout.rs",
        include_str!("../../../../templates/runtime/cli/layout.rs"),
    ),
    (
        "cli/listing.rs",
        include_str!("../../../../templates/runtime/cli/listing.rs"),
    ),
    (
        "cli/manual.rs",
        include_str!("../../../../templates/runtime/cli/manual.rs"),
    ),
    (
        "cli/mod.rs",
        include_str!("../../../../templates/runtime/cli/mod.rs"),
    ),
    (
        "cli/open.rs",
        include_str!("../../../../templates/runtime/cli/open.rs"),
    ),
    (
        "cli/output.rs",
        include_str!("../../../../templates/runtime/cli/output.rs"),
    ),
    (
        "cli/progress.rs",
        include_str!("../../../../templates/runtime/cli/progress.rs"),
    ),
    (
        "cli/request.rs",
        include_str!("../../../../templates/runtime/cli/request.rs"),
    ),
    (
        "cli/save.rs",
        include_str!("../../../../templates/runtime/cli/save.rs"),
    ),
    (
        "cli/settings.rs",
        include_str!("../../../../templates/runtime/cli/settings.rs"),
    ),
    (
        "cli/style.rs",
        include_str!("../../../../templates/runtime/cli/style.rs"),
    ),
    (
        "cli/table.rs",
        include_str!("../../../../templates/runtime/cli/table.rs"),
    ),
    (
        "cli/values.rs",
        include_str!("../../../../templates/runtime/cli/values.rs"),
    ),
    (
        "client.rs",
        include_str!("../../../../templates/runtime/client.rs"),
    ),
    (
        "constant.rs",
        include_str!("../../../../templates/runtime/constant.rs"),
    ),
    (
        "constant_union.rs",
        include_str!("../../../../templates/runtime/constant_union.rs"),
    ),
    (
        "custom.rs",
        include_str!("../../../../templates/runtime/custom.rs"),
    ),
    (
        "decode_error.rs",
        include_str!("../../../../templates/runtime/decode_error.rs"),
    ),
    (
        "download.rs",
        include_str!("../../../../templates/runtime/download.rs"),
    ),
    (
        "effort.rs",
        include_str!("../../../../templates/runtime/effort.rs"),
    ),
    (
        "encoding.rs",
        include_str!("../../../../templates/runtime/encoding.rs"),
    ),
    (
        "error.rs",
        include_str!("../../../../templates/runtime/error.rs"),
    ),
    (
        "error_body.rs",
        include_str!("../../../../templates/runtime/error_body.rs"),
    ),
    (
        "escape.rs",
        include_str!("../../../../templates/runtime/escape.rs"),
    ),
    (
        "events.rs",
        include_str!("../../../../templates/runtime/events.rs"),
    ),
    (
        "frames.rs",
        include_str!("../../../../templates/runtime/frames.rs"),
    ),
    (
        "extra.rs",
        include_str!("../../../../templates/runtime/extra.rs"),
    ),
    (
        "file_part.rs",
        include_str!("../../../../templates/runtime/file_part.rs"),
    ),
    (
        "form.rs",
        include_str!("../../../../templates/runtime/form.rs"),
    ),
    (
        "free.rs",
        include_str!("../../../../templates/runtime/free.rs"),
    ),
    (
        "incoming.rs",
        include_str!("../../../../templates/runtime/incoming.rs"),
    ),
    (
        "json.rs",
        include_str!("../../../../templates/runtime/json.rs"),
    ),
    (
        "missing.rs",
        include_str!("../../../../templates/runtime/missing.rs"),
    ),
    (
        "mod.rs",
        include_str!("../../../../templates/runtime/mod.rs"),
    ),
    (
        "multipart.rs",
        include_str!("../../../../templates/runtime/multipart.rs"),
    ),
    (
        "next_url.rs",
        include_str!("../../../../templates/runtime/next_url.rs"),
    ),
    (
        "object.rs",
        include_str!("../../../../templates/runtime/object.rs"),
    ),
    (
        "options.rs",
        include_str!("../../../../templates/runtime/options.rs"),
    ),
    (
        "paging.rs",
        include_str!("../../../../templates/runtime/paging.rs"),
    ),
    (
        "payload.rs",
        include_str!("../../../../templates/runtime/payload.rs"),
    ),
    (
        "pages.rs",
        include_str!("../../../../templates/runtime/pages.rs"),
    ),
    (
        "param.rs",
        include_str!("../../../../templates/runtime/param.rs"),
    ),
    (
        "quoted.rs",
        include_str!("../../../../templates/runtime/quoted.rs"),
    ),
    (
        "read.rs",
        include_str!("../../../../templates/runtime/read.rs"),
    ),
    (
        "redirect.rs",
        include_str!("../../../../templates/runtime/redirect.rs"),
    ),
    (
        "request.rs",
        include_str!("../../../../templates/runtime/request.rs"),
    ),
    (
        "reqwest_transport.rs",
        include_str!("../../../../templates/runtime/reqwest_transport.rs"),
    ),
    (
        "response.rs",
        include_str!("../../../../templates/runtime/response.rs"),
    ),
    (
        "retry.rs",
        include_str!("../../../../templates/runtime/retry.rs"),
    ),
    (
        "send.rs",
        include_str!("../../../../templates/runtime/send.rs"),
    ),
    (
        "server.rs",
        include_str!("../../../../templates/runtime/server.rs"),
    ),
    (
        "style.rs",
        include_str!("../../../../templates/runtime/style.rs"),
    ),
    (
        "slot.rs",
        include_str!("../../../../templates/runtime/slot.rs"),
    ),
    (
        "string_enum.rs",
        include_str!("../../../../templates/runtime/string_enum.rs"),
    ),
    (
        "taken.rs",
        include_str!("../../../../templates/runtime/taken.rs"),
    ),
    (
        "target.rs",
        include_str!("../../../../templates/runtime/target.rs"),
    ),
    (
        "time.rs",
        include_str!("../../../../templates/runtime/time.rs"),
    ),
    (
        "testing.rs",
        include_str!("../../../../templates/runtime/testing.rs"),
    ),
    (
        "text.rs",
        include_str!("../../../../templates/runtime/text.rs"),
    ),
    (
        "text_body.rs",
        include_str!("../../../../templates/runtime/text_body.rs"),
    ),
    (
        "transport.rs",
        include_str!("../../../../templates/runtime/transport.rs"),
    ),
    (
        "union.rs",
        include_str!("../../../../templates/runtime/union.rs"),
    ),
    (
        "url.rs",
        include_str!("../../../../templates/runtime/url.rs"),
    ),
    (
        "whole.rs",
        include_str!("../../../../templates/runtime/whole.rs"),
    ),
];

/// Whether a document needs a module.
type Need = fn(&Api) -> bool;

/// Modules that not every document needs.
const OPTIONAL: &[(&str, Need)] = &[
    ("alternative", |api| {
        api.ops.iter().any(|op| !op.alternatives.is_empty())
    }),
    ("by_status", |api| {
        has(api, |reply| matches!(reply, Reply::ByStatus(_))) || has_errors_by_status(api)
    }),
    ("chunks", sends_files),
    ("cli/open", has_streams),
    ("cli/save", has_downloads),
    ("download", has_downloads),
    ("encoding", |api| sends_forms(api) || sends_parts(api)),
    ("events", has_streams),
    ("file_part", sends_files),
    ("form", sends_forms),
    ("frames", has_streams),
    ("incoming", |api| has_downloads(api) || has_streams(api)),
    ("multipart", sends_parts),
    ("redirect", |api| {
        has(api, |reply| matches!(reply, Reply::Redirect))
    }),
    ("text", |api| {
        let is_text = |success: &Success| matches!(success.content, SuccessContent::Text);
        api.replies().any(|reply| match reply {
            Reply::Text => true,
            Reply::ByStatus(successes) => successes.iter().any(is_text),
            Reply::Empty
            | Reply::Json { .. }
            | Reply::Redirect
            | Reply::Binary
            | Reply::Stream(_) => false,
        })
    }),
    ("text_body", |api| {
        sends(api, |content| {
            matches!(content, BodyContent::Text | BodyContent::JsonLines)
        })
    }),
];

fn has_errors_by_status(api: &Api) -> bool {
    let mut shapes = api.types.iter().map(|def| &def.shape);
    shapes.any(|shape| match shape {
        Shape::Union { tag, .. } => matches!(tag, Tag::Status(_)),
        Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => false,
    })
}

fn has(api: &Api, is_it: fn(&Reply) -> bool) -> bool {
    api.replies().any(is_it)
}

fn sends(api: &Api, is_it: fn(&BodyContent) -> bool) -> bool {
    let mut bodies = api.ops.iter().filter_map(|op| op.body.as_ref());
    bodies.any(|body| is_it(&body.content))
}

fn sends_files(api: &Api) -> bool {
    sends(api, |content| {
        matches!(content, BodyContent::Multipart(_) | BodyContent::File)
    })
}

fn sends_forms(api: &Api) -> bool {
    sends(api, |content| matches!(content, BodyContent::Form(_)))
}

fn sends_parts(api: &Api) -> bool {
    sends(api, |content| matches!(content, BodyContent::Multipart(_)))
}

/// Whether a reply is read in chunks.
pub fn has_downloads(api: &Api) -> bool {
    has(api, |reply| matches!(reply, Reply::Binary))
}

/// Whether a reply is a stream of values.
pub fn has_streams(api: &Api) -> bool {
    has(api, |reply| matches!(reply, Reply::Stream(_)))
}

/// Whether a module is emitted.
pub fn is_needed(api: &Api, module: &str) -> bool {
    let mut optional = OPTIONAL.iter();
    optional
        .find(|(name, _)| *name == module)
        .is_none_or(|(_, is_needed)| is_needed(api))
}

/// The files that the document needs, as they are, except that lists of modules lack those that are not needed.
pub fn files(api: &Api) -> impl Iterator<Item = File> {
    let module = |path: &'static str| path.strip_suffix(".rs").unwrap_or(path);
    let needed = FILES
        .iter()
        .filter(move |(path, _)| is_needed(api, module(path)));
    needed.map(|(path, text)| File {
        path: format!("src/runtime/{path}"),
        text: match path.strip_suffix("mod.rs") {
            Some(folder) => without_others(api, folder, text),
            None => (*text).to_owned(),
        },
    })
}

/// A list of modules without the lines for those that are not emitted.
fn without_others(api: &Api, folder: &str, text: &str) -> String {
    let others = OPTIONAL.iter().filter(|(_, is_needed)| !is_needed(api));
    let others = others.filter_map(|(path, _)| path.strip_prefix(folder));
    let others: Vec<[String; 2]> = others
        .map(|name| [format!("mod {name};"), format!("use {name}::")])
        .collect();
    let is_other = |line: &str| others.iter().flatten().any(|word| line.contains(word));
    text.lines()
        .filter(|line| !is_other(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}
