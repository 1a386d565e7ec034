//! The runtime of the emitted crate: files that are copied byte for byte, as far as a document needs them.
//!
//! In: `templates/runtime`, embedded. Out: those of `src/runtime/*.rs` that the document needs. Not here: anything else that
//! depends on a document.

use crate::emit::File;
use crate::emit::package::needs::{is_needed, not_needed};
use crate::model::api::Api;

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
        "builder.rs",
        include_str!("../../../../templates/runtime/builder.rs"),
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
        "digits.rs",
        include_str!("../../../../templates/runtime/digits.rs"),
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
        "fit.rs",
        include_str!("../../../../templates/runtime/fit.rs"),
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
        "grant.rs",
        include_str!("../../../../templates/runtime/grant.rs"),
    ),
    (
        "headers.rs",
        include_str!("../../../../templates/runtime/headers.rs"),
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
        "open_response.rs",
        include_str!("../../../../templates/runtime/open_response.rs"),
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
        "token.rs",
        include_str!("../../../../templates/runtime/token.rs"),
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
        "webhook.rs",
        include_str!("../../../../templates/runtime/webhook.rs"),
    ),
    (
        "whole.rs",
        include_str!("../../../../templates/runtime/whole.rs"),
    ),
];

/// Returns the files that the document needs, as they are, except that lists of modules lack those
/// that are not needed.
pub fn files(api: &Api) -> impl Iterator<Item = File> {
    let module = |path: &'static str| path.strip_suffix(".rs").unwrap_or(path);
    let needed = FILES
        .iter()
        .filter(move |(path, _)| is_needed(api, module(path)));
    needed.map(|(path, text)| File {
        path: format!("src/runtime/{path}"),
        text: match path.strip_suffix("mod.rs") {
            Some(folder) => without_missing(api, folder, text),
            None => (*text).to_owned(),
        },
    })
}

/// Returns a list of modules without the lines for those that are not emitted.
fn without_missing(api: &Api, folder: &str, text: &str) -> String {
    let others = not_needed(api).filter_map(|path| path.strip_prefix(folder));
    let others: Vec<[String; 2]> = others
        .map(|name| [format!("mod {name};"), format!("use {name}::")])
        .collect();
    let is_other = |line: &str| others.iter().flatten().any(|word| line.contains(word));
    let mut kept = String::with_capacity(text.len());
    let mut attribute = "";
    for line in text.split_inclusive('\n') {
        if line.starts_with("#[cfg(") {
            attribute = line;
        } else if is_other(line) {
            attribute = "";
        } else {
            kept.push_str(std::mem::take(&mut attribute));
            kept.push_str(line);
        }
    }
    kept
}
