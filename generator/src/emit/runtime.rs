//! The runtime of the emitted crate, copied byte for byte.
//!
//! In: `templates/runtime`, embedded. Out: `src/runtime/*.rs`. Not here: anything that depends on a document.

use super::File;

/// The embedded files. `tests` holds that none is missing.
pub const FILES: &[(&str, &str)] = &[
    (
        "api_error.rs",
        include_str!("../../../templates/runtime/api_error.rs"),
    ),
    (
        "auth.rs",
        include_str!("../../../templates/runtime/auth.rs"),
    ),
    (
        "blocking.rs",
        include_str!("../../../templates/runtime/blocking.rs"),
    ),
    (
        "call.rs",
        include_str!("../../../templates/runtime/call.rs"),
    ),
    (
        "client.rs",
        include_str!("../../../templates/runtime/client.rs"),
    ),
    (
        "constant_union.rs",
        include_str!("../../../templates/runtime/constant_union.rs"),
    ),
    (
        "error.rs",
        include_str!("../../../templates/runtime/error.rs"),
    ),
    (
        "json.rs",
        include_str!("../../../templates/runtime/json.rs"),
    ),
    ("mod.rs", include_str!("../../../templates/runtime/mod.rs")),
    (
        "object.rs",
        include_str!("../../../templates/runtime/object.rs"),
    ),
    (
        "options.rs",
        include_str!("../../../templates/runtime/options.rs"),
    ),
    (
        "pages.rs",
        include_str!("../../../templates/runtime/pages.rs"),
    ),
    (
        "quoted.rs",
        include_str!("../../../templates/runtime/quoted.rs"),
    ),
    (
        "request.rs",
        include_str!("../../../templates/runtime/request.rs"),
    ),
    (
        "reqwest_transport.rs",
        include_str!("../../../templates/runtime/reqwest_transport.rs"),
    ),
    (
        "response.rs",
        include_str!("../../../templates/runtime/response.rs"),
    ),
    (
        "retry.rs",
        include_str!("../../../templates/runtime/retry.rs"),
    ),
    (
        "send.rs",
        include_str!("../../../templates/runtime/send.rs"),
    ),
    (
        "testing.rs",
        include_str!("../../../templates/runtime/testing.rs"),
    ),
    (
        "transport.rs",
        include_str!("../../../templates/runtime/transport.rs"),
    ),
    (
        "union.rs",
        include_str!("../../../templates/runtime/union.rs"),
    ),
    ("url.rs", include_str!("../../../templates/runtime/url.rs")),
];

/// The files, as they are.
pub fn files() -> impl Iterator<Item = File> {
    FILES.iter().map(|(name, text)| File {
        path: format!("src/runtime/{name}"),
        text: (*text).to_owned(),
    })
}
