//! Names that are not to be had: what Rust, Cargo or emitted code gives a meaning.
//!
//! In: nothing. Out: lists, by what they are kept clear of. Not here: keywords (see `scope`).

/// Types that emitted modules use without saying where they are from: the prelude and what they import.
pub(super) const TYPES: &[&str] = &[
    // The prelude.
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    // What emitted modules import.
    "BTreeMap",
    "Call",
    "Client",
    "Constant",
    "Extra",
    "LazyLock",
    "Method",
    "Next",
    "Operation",
    "Page",
    "Quoted",
    "SystemTime",
    "Value",
];

/// Modules of the emitted crate, names that its paths begin with, and file names that some systems do not have.
pub(super) const MODULES: &[&str] = &[
    "alloc",
    "aux",
    "cli",
    "com1",
    "com2",
    "com3",
    "com4",
    "con",
    "core",
    "crate",
    "examples",
    "lib",
    "literals",
    "lpt1",
    "lpt2",
    "lpt3",
    "main",
    "mod",
    "nul",
    "pages",
    "prn",
    "runtime",
    "self",
    "serde_json",
    "service",
    "std",
    "super",
    "test",
    "testing",
    "tests",
    "transport",
    "types",
];

/// Features of the runtime, now or later, and what Cargo or the packages that it depends on may take for something else.
pub(super) const FEATURES: &[&str] = &[
    "all",
    "blocking",
    "bytes",
    "clap",
    "clap_complete",
    "clap_mangen",
    "cli",
    "default",
    "futures_core",
    "http",
    "http2",
    "http_body",
    "httpdate",
    "jiff",
    "reqwest",
    "rustls",
    "serde",
    "serde_json",
    "serde_json_path",
    "serde_saphyr",
    "std",
    "test_util",
    "tokio",
    "tracing",
];

/// Methods of `Client`.
pub(super) const CLIENT: &[&str] = &["base_url", "builder", "client", "clone", "from_env", "new"];

/// Methods of `ClientBuilder`.
pub(super) const BUILDER: &[&str] = &[
    "base_url",
    "build",
    "client",
    "connect_timeout",
    "credential",
    "deadline",
    "default",
    "env",
    "from_env",
    "header",
    "header_setting",
    "http2",
    "max_response_bytes",
    "new",
    "proxy",
    "retry",
    "timeout",
    "transport",
    "user_agent",
];

/// Methods of resources.
pub(super) const RESOURCE: &[&str] = &["client", "clone", "new"];

/// Methods and locals of calls.
pub(super) const CALL: &[&str] = &[
    "build",
    "call",
    "clone",
    "into_future",
    "items",
    "items_blocking",
    "options",
    "pages",
    "pages_blocking",
    "self",
    "send",
    "send_blocking",
    "with_response",
];

/// Methods of enums.
pub(super) const FIELDS: &[&str] = &["extra"];

/// Names that mean something else in an enum.
pub(super) const VARIANTS: &[&str] = &["Other", "Self"];

/// The statics of `service.rs` and of resources.
pub(super) const STATICS: &[&str] = &["SERVICE"];

/// Crate names that Cargo or crates.io refuse, or that would shadow what emitted code uses.
pub(super) const CRATES: &[&str] = &[
    "alloc",
    "bytes",
    "core",
    "crate",
    "http",
    "jiff",
    "proc-macro",
    "reqwest",
    "self",
    "serde",
    "serde-json",
    "std",
    "super",
    "test",
    "tokio",
    "tracing",
];
