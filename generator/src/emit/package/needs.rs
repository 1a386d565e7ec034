//! The parts of the runtime that a document needs.
//!
//! In: the model. Out: the modules that are emitted. Not here: their files (see `runtime`), their dependencies.

use crate::model::api::{Api, BodyContent, Reply, Shape, Success, SuccessContent, Tag};

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
    ("grant", has_grants),
    ("multipart", sends_parts),
    ("open_response", |api| {
        has_downloads(api) || has_streams(api)
    }),
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
    ("webhook", has_signed_webhooks),
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

/// Returns true if a body has files.
pub fn sends_files(api: &Api) -> bool {
    sends(api, |content| {
        matches!(
            content,
            BodyContent::Multipart(_) | BodyContent::Parts(_) | BodyContent::File
        )
    })
}

fn sends_forms(api: &Api) -> bool {
    sends(api, |content| matches!(content, BodyContent::Form(_)))
}

fn sends_parts(api: &Api) -> bool {
    sends(api, |content| {
        matches!(content, BodyContent::Multipart(_) | BodyContent::Parts(_))
    })
}

/// Returns whether a reply is read in chunks.
pub fn has_downloads(api: &Api) -> bool {
    has(api, |reply| matches!(reply, Reply::Binary))
}

/// Returns whether a reply is a stream of values.
pub fn has_streams(api: &Api) -> bool {
    has(api, |reply| matches!(reply, Reply::Stream(_)))
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
pub fn is_needed(api: &Api, module: &str) -> bool {
    let mut optional = OPTIONAL.iter();
    optional
        .find(|(name, _)| *name == module)
        .is_none_or(|(_, is_needed)| is_needed(api))
}

/// Returns the modules that are not emitted.
pub fn not_needed(api: &Api) -> impl Iterator<Item = &'static str> {
    let others = OPTIONAL.iter().filter(|(_, is_needed)| !is_needed(api));
    others.map(|(module, _)| *module)
}
