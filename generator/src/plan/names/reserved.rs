//! Reserved names, which Rust, Cargo or emitted code use.
//!
//! In: nothing. Out: lists by kind of name. Not here: keywords (see `scope`).

/// Types that emitted modules use without a path: the prelude and imports.
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
    // Imports of emitted modules.
    "BTreeMap",
    "Call",
    "Client",
    "Constant",
    "Encoding",
    "Extra",
    "Extras",
    "FilePart",
    "LazyLock",
    "Method",
    "Operation",
    "Page",
    "Paging",
    "Quoted",
    "SystemTime",
    "Value",
];

/// Modules of the emitted crate, first segments of its paths, and file names that some systems forbid.
pub(super) const MODULES: &[&str] = &[
    "alloc",
    "aux",
    "cli",
    "client",
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

/// Features of the runtime, now or later, and names with a meaning for Cargo or for dependencies.
pub(super) const FEATURES: &[&str] = &[
    "all",
    "aws_lc_rs",
    "blocking",
    "brotli",
    "bytes",
    "clap",
    "clap_complete",
    "clap_mangen",
    "cli",
    "default",
    "futures_core",
    "gzip",
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
    "socks",
    "std",
    "oauth2_grants",
    "test_util",
    "standardwebhooks",
    "tokio",
    "tracing",
    "webhook_signatures",
    "zstd",
];

/// Methods of `Client`.
pub(super) const CLIENT: &[&str] = &[
    "base_url", "builder", "client", "clone", "from_env", "new", "request",
];

/// Methods of `ClientBuilder`.
pub(super) const BUILDER: &[&str] = &[
    "allow_credentials_over_http",
    "at_server",
    "base_url",
    "build",
    "checked_base_url",
    "checked_credentials",
    "checked_headers",
    "client",
    "connect_timeout",
    "credential",
    "deadline",
    "default",
    "env",
    "env_from",
    "from_env",
    "header",
    "header_setting",
    "http2",
    "login_setting",
    "max_response_bytes",
    "min_throughput",
    "new",
    "pool_idle_timeout",
    "pool_max_idle_per_host",
    "proxy",
    "retry",
    "server_url",
    "server_variable",
    "timeout",
    "token_setting",
    "transport",
    "unset",
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
    "poll",
    "self",
    "send",
    "send_blocking",
    "sendable",
    "with_response",
];

/// Methods of enums.
pub(super) const FIELDS: &[&str] = &["extra"];

/// Methods of a struct that are no setters: its own, and those of traits that callers use.
pub(super) const METHODS: &[&str] = &["clone", "default", "into_items", "items", "new"];

/// Names with a special meaning in an enum.
pub(super) const VARIANTS: &[&str] = &["Other", "Self"];
pub(super) const NULLABLE_VARIANTS: &[&str] = &["Null", "Other", "Self"];

/// The statics of `service.rs` and of resources.
pub(super) const STATICS: &[&str] = &["SERVICE"];

/// Crate names that Cargo or crates.io refuse, or that would shadow crates of emitted code.
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The methods that the runtime defines in blocks that begin with a line.
    fn methods(head: &str) -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../templates/runtime");
        let files = fs::read_dir(folder).unwrap();
        let paths = files.map(|file| file.unwrap().path());
        let sources = paths.filter(|path| path.is_file());
        let sources: Vec<String> = sources
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        let lines = sources.iter().flat_map(|source| source.lines());
        let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
        let mut is_inside = false;
        let mut found = Vec::new();
        for line in lines {
            is_inside = line == head || (is_inside && line != "}");
            let after = line.split_once("fn ").filter(|_| is_inside);
            let name = after.and_then(|(_, rest)| rest.split(['(', '<']).next());
            found.extend(name.map(str::to_owned));
        }
        assert!(!found.is_empty(), "{head}");
        found
    }

    /// A method of the document with the name of another one does not compile, even if that one is private.
    #[test]
    fn methods_of_the_runtime_are_reserved() {
        for (head, reserved) in [
            ("impl Client {", CLIENT),
            ("impl ClientBuilder {", BUILDER),
            ("macro_rules! call {", CALL),
            ("macro_rules! paged_call {", CALL),
        ] {
            for name in methods(head) {
                assert!(reserved.contains(&name.as_str()), "{head} {name}");
            }
        }
    }
}
