//! The runtime of the emitted crate: files that are copied byte for byte, as far as a document needs them.
//!
//! In: `templates/runtime`, embedded. Out: those of `src/runtime/*.rs` that the document needs. Not here: anything else that
//! depends on a document.

use proc_macro2::Ident;
use syn::{Attribute, Item, ItemUse, UsePath, UseTree, Visibility};

use crate::emit::File;
use crate::emit::package::needs::{is_needed, not_needed};
use crate::model::api::Api;

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
    "cli/open.rs"
    "cli/output.rs"
    "cli/progress.rs"
    "cli/request.rs"
    "cli/save.rs"
    "cli/settings.rs"
    "cli/style.rs"
    "cli/table.rs"
    "cli/values.rs"
    "client.rs"
    "constant.rs"
    "constant_union.rs"
    "cookies.rs"
    "custom.rs"
    "decode.rs"
    "decode_error.rs"
    "digits.rs"
    "download.rs"
    "draft.rs"
    "effort.rs"
    "encoding.rs"
    "error.rs"
    "error_body.rs"
    "escape.rs"
    "events.rs"
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
    "redirect.rs"
    "request.rs"
    "reqwest_transport.rs"
    "response.rs"
    "retry.rs"
    "seen.rs"
    "send.rs"
    "server.rs"
    "slot.rs"
    "string_enum.rs"
    "style.rs"
    "target.rs"
    "testing.rs"
    "text.rs"
    "text_body.rs"
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

/// Public items of a module of the runtime, which the crate has at its root.
pub struct Export {
    /// `#[cfg(..)]`, or nothing.
    pub attributes: Vec<Attribute>,
    pub names: Vec<Ident>,
}

/// Returns what the list of modules exports, of the modules that are needed.
pub fn exports(api: &Api) -> Vec<Export> {
    let file = syn::parse_file(MODULES).map(|file| file.items);
    let items = file.unwrap_or_default().into_iter();
    items
        .filter_map(|item| match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => export(api, item),
            _ => None,
        })
        .collect()
}

fn export(api: &Api, item: ItemUse) -> Option<Export> {
    let UseTree::Path(UsePath { ident, tree, .. }) = item.tree else {
        return None;
    };
    let name = |tree: UseTree| match tree {
        UseTree::Name(name) => Some(name.ident),
        _ => None,
    };
    is_needed(api, &ident.to_string()).then(|| Export {
        attributes: item.attrs,
        names: match *tree {
            UseTree::Group(group) => group.items.into_iter().filter_map(name).collect(),
            tree => name(tree).into_iter().collect(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted() {
        assert!(FILES.is_sorted_by_key(|(path, _)| path));
    }
}
