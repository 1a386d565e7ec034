//! The runtime of the emitted crate: files that are copied byte for byte, as far as a document needs them.
//!
//! In: `templates/runtime`, embedded. Out: those of `src/runtime/*.rs` that the document needs. Not here: anything else that
//! depends on a document.

use proc_macro2::{Ident, Span, TokenStream};

use crate::emit::package::cut::cut;
use crate::emit::package::needs::{is_needed, missing};
use crate::emit::{EmitCx, File};

/// Embeds files of `templates/runtime`, each with its path.
macro_rules! embedded {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../../../templates/runtime/", $path)))),*]
    };
}

/// The embedded files. A test in `tests` fails if one is missing.
pub const FILES: &[(&str, &str)] = embedded! {
    "alternative.rs"
    "api_error.rs"
    "arguments.rs"
    "auth.rs"
    "blocking.rs"
    "budget.rs"
    "buffered.rs"
    "builder.rs"
    "by_status.rs"
    "call.rs"
    "choice.rs"
    "chunks.rs"
    "cli/completions.rs"
    "cli/debug.rs"
    "cli/failure.rs"
    "cli/format.rs"
    "cli/grammar.rs"
    "cli/layout.rs"
    "cli/listing.rs"
    "cli/manual.rs"
    "cli/mod.rs"
    "cli/names.rs"
    "cli/open.rs"
    "cli/output.rs"
    "cli/progress.rs"
    "cli/request.rs"
    "cli/save.rs"
    "cli/settings.rs"
    "cli/style.rs"
    "cli/table.rs"
    "cli/transform.rs"
    "cli/values.rs"
    "client.rs"
    "connections.rs"
    "constant.rs"
    "constant_union.rs"
    "cookies.rs"
    "cursor.rs"
    "custom.rs"
    "decode.rs"
    "decode_error.rs"
    "digits.rs"
    "download.rs"
    "draft.rs"
    "drivers.rs"
    "effort.rs"
    "encoding.rs"
    "error.rs"
    "error_body.rs"
    "escape.rs"
    "events.rs"
    "exchange.rs"
    "extra.rs"
    "file_part.rs"
    "finite.rs"
    "fit.rs"
    "form.rs"
    "frames.rs"
    "free.rs"
    "grant.rs"
    "headers.rs"
    "json.rs"
    "limits.rs"
    "meta.rs"
    "missing.rs"
    "mod.rs"
    "multipart.rs"
    "next_url.rs"
    "nullable_enum.rs"
    "object.rs"
    "open_response.rs"
    "options.rs"
    "page.rs"
    "pager.rs"
    "pages.rs"
    "paging.rs"
    "param.rs"
    "payload.rs"
    "quoted.rs"
    "read.rs"
    "received.rs"
    "redirect.rs"
    "report.rs"
    "request.rs"
    "reqwest_transport.rs"
    "response.rs"
    "retry.rs"
    "seen.rs"
    "send.rs"
    "sending.rs"
    "sent.rs"
    "server.rs"
    "slot.rs"
    "string_enum.rs"
    "style.rs"
    "target.rs"
    "telemetry.rs"
    "testing.rs"
    "text.rs"
    "text_body.rs"
    "throughput.rs"
    "time.rs"
    "token.rs"
    "trace.rs"
    "transport.rs"
    "typed_error.rs"
    "union.rs"
    "url.rs"
    "webhook.rs"
    "whole.rs"
};

/// The list of modules, with what they export.
const MODULES: &str = include_str!("../../../../templates/runtime/mod.rs");

/// Returns the files that the client needs, without what only other clients need.
pub fn files(cx: &EmitCx) -> impl Iterator<Item = File> {
    let module = |path: &'static str| path.strip_suffix(".rs").unwrap_or(path);
    let needed = FILES
        .iter()
        .filter(move |(path, _)| is_needed(cx, module(path)));
    needed.map(|(path, text)| {
        let text = cut(text, |module| is_needed(cx, module));
        File {
            path: format!("src/runtime/{path}"),
            text: match path.strip_suffix("mod.rs") {
                Some(folder) => without_missing(cx, folder, &text).into(),
                None => text,
            },
        }
    })
}

/// Returns a list of modules without the statements for those that are not emitted. They may have several lines.
fn without_missing(cx: &EmitCx, folder: &str, text: &str) -> String {
    let missing = missing(cx);
    let missing = missing.iter().filter_map(|it| it.strip_prefix(folder));
    let missing: Vec<&str> = missing.collect();
    let mut goes = false;
    let lines = text.split_inclusive('\n').filter(|line| {
        let is_out = goes || module(line).is_some_and(|name| missing.contains(&name));
        goes = is_out && !line.ends_with(";\n");
        !is_out
    });
    lines.collect()
}

/// Returns the module that a line declares or imports from.
fn module(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mut item = line;
    for visibility in ["pub ", "pub(crate) "] {
        item = line.strip_prefix(visibility).unwrap_or(item);
    }
    let name = item
        .strip_prefix("mod ")
        .or_else(|| item.strip_prefix("use "))?;
    let name = name.strip_prefix("super::").unwrap_or(name);
    name.split([':', ';']).next()
}

/// Public items of a module of the runtime, which the crate has at its root.
pub struct Export {
    /// `#[cfg(..)]`, or nothing.
    pub attribute: TokenStream,
    pub names: Vec<Ident>,
}

/// Returns what the list of modules exports, of the modules that are needed.
pub fn exports(cx: &EmitCx) -> Vec<Export> {
    let statements = MODULES.split(';');
    statements
        .filter_map(|statement| export(cx, statement.trim()))
        .collect()
}

/// Splits `pub use module::{One, Another}`, perhaps below an attribute, into attribute, module and names. A parser of Rust would take a tenth of the time that a small
/// document needs.
fn statement(text: &str) -> Option<(&str, &str, &str)> {
    let (attribute, item) = match text.split_once('\n') {
        Some((attribute, item)) if attribute.starts_with("#[cfg(") => (attribute, item),
        Some(_) | None => ("", text),
    };
    let (module, names) = item.strip_prefix("pub use ")?.split_once("::")?;
    Some((attribute, module, names))
}

fn export(cx: &EmitCx, text: &str) -> Option<Export> {
    let (attribute, module, names) = statement(text)?;
    let names = names.split(|c: char| !c.is_alphanumeric() && c != '_');
    is_needed(cx, module).then(|| Export {
        attribute: attribute.parse().unwrap_or_default(),
        names: names
            .filter(|name| !name.is_empty())
            .map(|name| Ident::new(name, Span::call_site()))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    use super::*;

    #[test]
    fn files_are_sorted() {
        assert!(FILES.is_sorted_by_key(|(path, _)| path));
    }

    #[test]
    fn exports_are_those_of_a_parser() {
        let is_public = |item: &syn::Item| match item {
            syn::Item::Use(item) => matches!(item.vis, syn::Visibility::Public(_)),
            _ => false,
        };
        let file = syn::parse_file(MODULES).expect("Rust");
        let items = file.items.into_iter().filter(is_public);
        let parsed: Vec<String> = items
            .map(|item| item.to_token_stream().to_string())
            .collect();
        let statements = MODULES.split(';').filter_map(|it| statement(it.trim()));
        let read: Vec<String> = statements
            .map(|(attribute, module, names)| {
                let (attribute, module) = (tokens(attribute), tokens(module));
                let names = tokens(names);
                quote! { #attribute pub use #module::#names; }.to_string()
            })
            .collect();
        assert_eq!(read, parsed);
        assert!(read.len() > 20);
    }

    fn tokens(text: &str) -> TokenStream {
        text.parse().expect("tokens")
    }
}
