//! The parts of the runtime that a document needs.
//!
//! In: the model. Out: the modules that are emitted. Not here: their files (see `runtime`), their dependencies.

use crate::emit::EmitCx;
use crate::model::api::{Api, BodyContent, Reply, Repr, Shape, SuccessContent, Tag};

/// Whether a client needs a module.
type Need = fn(&EmitCx) -> bool;

/// Modules that not every client needs. Those in the folder of the command line need `cli/mod`, too.
const OPTIONAL: &[(&str, Need)] = &[
    ("alternative", |cx| {
        cx.api.ops.iter().any(|op| !op.alternatives.is_empty())
    }),
    ("blocking", |cx| !cx.left_out.blocking),
    ("by_status", |cx| {
        reads(cx.api, "by_status") || has_errors_by_status(cx.api)
    }),
    ("choice", has_unions),
    ("chunks", |cx| sends(cx.api, "chunks")),
    ("cli/listing", has_pages),
    ("cli/mod", |cx| !cx.left_out.cli),
    ("cli/open", |cx| reads(cx.api, "cli/open")),
    ("cli/save", |cx| reads(cx.api, "cli/save")),
    ("constant_union", has_unions),
    ("cursor", has_pages),
    ("download", |cx| has_downloads(cx.api)),
    ("effort", has_unions),
    ("encoding", |cx| sends(cx.api, "encoding")),
    ("events", |cx| has_streams(cx.api)),
    ("file_part", |cx| sends_files(cx.api)),
    ("form", |cx| sends(cx.api, "form")),
    ("frames", |cx| reads(cx.api, "frames")),
    ("grant", |cx| has_grants(cx.api)),
    ("multipart", |cx| sends(cx.api, "multipart")),
    ("next_url", has_pages),
    ("nullable_enum", |cx| has_nullable_enums(cx.api)),
    ("open_response", |cx| reads(cx.api, "open_response")),
    ("page", has_pages),
    ("pager", has_pages),
    ("pages", has_pages),
    ("paging", has_pages),
    ("redirect", |cx| reads(cx.api, "redirect")),
    ("seen", has_pages),
    ("text", |cx| reads(cx.api, "text")),
    ("text_body", |cx| sends(cx.api, "text_body")),
    ("union", |cx| has_unions(cx) || has_integer_enums(cx.api)),
    ("webhook", |cx| has_signed_webhooks(cx.api)),
];

/// Features of Cargo that not every client has, each with its module.
const FEATURES: &[(&str, &str)] = &[
    ("blocking", "blocking"),
    ("cli", "cli/mod"),
    ("oauth2-grants", "grant"),
    ("webhook-signatures", "webhook"),
];

/// Returns the module that a feature compiles, if not every client has the feature.
pub fn module_of_feature(feature: &str) -> Option<&'static str> {
    let mut features = FEATURES.iter();
    features
        .find(|(name, _)| *name == feature)
        .map(|(_, module)| *module)
}

/// The optional modules that send a body.
fn senders(content: &BodyContent) -> &'static [&'static str] {
    match content {
        BodyContent::Json => &[],
        BodyContent::JsonLines | BodyContent::JsonSequence | BodyContent::Text => &["text_body"],
        BodyContent::Form(_) => &["encoding", "form"],
        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => {
            &["chunks", "encoding", "file_part", "multipart"]
        }
        BodyContent::File => &["chunks", "file_part"],
    }
}

/// The optional modules that read a reply.
fn readers(reply: &Reply) -> &'static [&'static str] {
    match reply {
        Reply::Empty | Reply::Json { .. } => &[],
        Reply::Text => TEXT,
        Reply::Redirect => REDIRECT,
        Reply::Binary => DOWNLOAD,
        Reply::Stream(_) => STREAM,
        Reply::ByStatus(_) => &["by_status"],
    }
}

/// The optional modules that read one of several successes.
fn success_readers(content: &SuccessContent) -> &'static [&'static str] {
    match content {
        SuccessContent::Empty | SuccessContent::Json { .. } => &[],
        SuccessContent::Text => TEXT,
        SuccessContent::Redirect => REDIRECT,
        SuccessContent::Binary => DOWNLOAD,
        SuccessContent::Stream(_) => STREAM,
    }
}

const TEXT: &[&str] = &["text"];
const REDIRECT: &[&str] = &["redirect"];
const DOWNLOAD: &[&str] = &["cli/save", "download", "open_response"];
const STREAM: &[&str] = &["cli/open", "events", "frames", "open_response"];

/// Returns whether a response is a page.
fn has_pages(cx: &EmitCx) -> bool {
    cx.api.ops.iter().any(|op| op.listing.pages().is_some())
}

/// Returns whether a type is one of several others, which the value decides.
fn has_unions(cx: &EmitCx) -> bool {
    let mut shapes = cx.api.types.iter().map(|def| &def.shape);
    shapes.any(|shape| match shape {
        Shape::Union { tag, .. } => !matches!(tag, Tag::Status(_)),
        Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => false,
    })
}

fn has_integer_enums(api: &Api) -> bool {
    let mut shapes = api.types.iter().map(|def| &def.shape);
    shapes.any(|shape| {
        matches!(
            shape,
            Shape::Enum {
                repr: Repr::Integer,
                ..
            }
        )
    })
}

fn has_errors_by_status(api: &Api) -> bool {
    let mut shapes = api.types.iter().map(|def| &def.shape);
    shapes.any(|shape| match shape {
        Shape::Union { tag, .. } => matches!(tag, Tag::Status(_)),
        Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => false,
    })
}

/// Returns whether an enum holds null itself.
fn has_nullable_enums(api: &Api) -> bool {
    let mut shapes = api.types.iter().map(|def| &def.shape);
    shapes.any(|shape| matches!(shape, Shape::Enum { null: true, .. }))
}

/// Returns whether a reply needs a module.
fn reads(api: &Api, module: &str) -> bool {
    api.replies().any(|reply| {
        let successes = match reply {
            Reply::ByStatus(all) => all.as_slice(),
            Reply::Empty
            | Reply::Json { .. }
            | Reply::Text
            | Reply::Redirect
            | Reply::Binary
            | Reply::Stream(_) => &[],
        };
        let mut contents = successes.iter().map(|success| &success.content);
        readers(reply).contains(&module)
            || contents.any(|content| success_readers(content).contains(&module))
    })
}

/// Returns whether a body needs a module.
fn sends(api: &Api, module: &str) -> bool {
    let mut bodies = api.ops.iter().filter_map(|op| op.body.as_ref());
    bodies.any(|body| senders(&body.content).contains(&module))
}

/// Returns whether a body has files.
pub fn sends_files(api: &Api) -> bool {
    sends(api, "file_part")
}

/// Returns whether a reply is read in chunks.
pub fn has_downloads(api: &Api) -> bool {
    reads(api, "download")
}

/// Returns whether a reply is a stream of values.
pub fn has_streams(api: &Api) -> bool {
    reads(api, "events")
}

/// Returns whether the client can get tokens by itself.
pub fn has_grants(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| scheme.endpoints.is_some())
}

/// Returns whether the client can check the signature of webhooks.
pub fn has_signed_webhooks(api: &Api) -> bool {
    api.webhooks.signature.is_some()
}

/// Returns whether a module is emitted.
pub fn is_needed(cx: &EmitCx, module: &str) -> bool {
    let is_missing = |module: &str| missing(cx).contains(&module);
    let lacks_folder = module.starts_with("cli/") && is_missing("cli/mod");
    !lacks_folder && !is_missing(module)
}

/// Returns the modules that are not emitted. Every operation asks, so it is decided once.
pub fn missing<'a>(cx: &'a EmitCx) -> &'a [&'static str] {
    let missing = OPTIONAL.iter().filter(|(_, is_needed)| !is_needed(cx));
    let decide = || missing.map(|(module, _)| *module).collect();
    cx.missing_modules.get_or_init(decide)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::emit::package::runtime::FILES;

    /// Returns the modules that not every client needs.
    pub fn modules() -> impl Iterator<Item = &'static str> {
        OPTIONAL.iter().map(|(module, _)| *module)
    }

    /// A module without a file would never be left out.
    #[test]
    fn optional_modules_have_files() {
        let has_file = |name: &str| FILES.iter().any(|(path, _)| *path == format!("{name}.rs"));
        let bodies = [
            BodyContent::Json,
            BodyContent::JsonLines,
            BodyContent::JsonSequence,
            BodyContent::Form(Vec::new()),
            BodyContent::MultipartObject(Vec::new()),
            BodyContent::MultipartArray(Vec::new()),
            BodyContent::Text,
            BodyContent::File,
        ];
        let of_bodies = bodies.iter().flat_map(senders).copied();
        for name in modules().chain(of_bodies) {
            assert!(has_file(name), "{name}");
        }
        let is_optional = |name: &&str| modules().any(|other| other == *name);
        assert!(bodies.iter().flat_map(senders).all(is_optional));
        assert!(FEATURES.iter().all(|(_, module)| is_optional(module)));
    }
}
