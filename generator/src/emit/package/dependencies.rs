//! The dependencies of the emitted crate.
//!
//! In: what the document needs of the runtime. Out: tables of `Cargo.toml`. Not here: the rest of that file (see `manifest`).

use toml_edit::{InlineTable, Item, Table, Value, value};

use crate::emit::EmitCx;
use crate::emit::package::needs::{has_downloads, has_grants, has_signed_webhooks, has_streams};

/// A dependency of the runtime: crate, version, options.
struct Dependency {
    name: &'static str,
    version: &'static str,
    optional: bool,
    default_features: bool,
    features: &'static [&'static str],
}

const fn plain(name: &'static str, version: &'static str) -> Dependency {
    Dependency {
        name,
        version,
        optional: false,
        default_features: true,
        features: &[],
    }
}

const fn lean(
    name: &'static str,
    version: &'static str,
    features: &'static [&'static str],
) -> Dependency {
    Dependency {
        name,
        version,
        optional: false,
        default_features: false,
        features,
    }
}

const fn optional(
    name: &'static str,
    version: &'static str,
    features: &'static [&'static str],
) -> Dependency {
    Dependency {
        optional: true,
        ..lean(name, version, features)
    }
}

const DEPENDENCIES: &[Dependency] = &[
    plain("bytes", "1.12"),
    optional(
        "clap",
        "4.6.9",
        &[
            "color",
            "error-context",
            "help",
            "std",
            "string",
            "suggestions",
            "usage",
            "wrap_help",
        ],
    ),
    optional("clap_complete", "4.6.11", &[]),
    optional("clap_mangen", "0.3.3", &[]),
    lean("futures-core", "0.3.34", &[]),
    plain("http", "1.5"),
    plain("http-body", "1.1"),
    plain("httpdate", "1.0"),
    optional("jiff", "0.2.46", &["std"]),
    optional("reqwest", "0.13.5", &[]),
    optional("rustls", "0.23.37", &["ring", "std", "tls12"]),
    lean("serde", "1.0.229", &["std"]),
    optional("serde-saphyr", "2.1.1", &["deserialize", "serialize"]),
    // Without this feature, the last digit of a number changes.
    Dependency {
        features: &["float_roundtrip"],
        ..plain("serde_json", "1.0.154")
    },
    optional("serde_json_path", "0.7.2", &["functions", "regex"]),
    lean("tokio", "1.54", &["rt", "sync", "time"]),
    optional("tracing", "0.1.44", &["std"]),
];

const DEV_DEPENDENCIES: &[Dependency] = &[lean("tokio", "1.54", &["macros", "rt-multi-thread"])];

/// The dependencies that only clients with token grants need.
const OF_GRANTS: &[Dependency] = &[optional("oauth2", "5.0.0", &[])];
/// The dependencies that only receivers of signed webhooks need.
const OF_WEBHOOKS: &[Dependency] = &[Dependency {
    default_features: true,
    ..optional("standardwebhooks", "1.0.1", &[])
}];
/// The dependencies that only streams of values need.
const OF_STREAMS: &[Dependency] = &[plain("memchr", "2.8")];
/// What only downloads need of a dependency: they write files.
const OF_DOWNLOADS: (&str, &[&str]) = ("tokio", &["fs", "io-util", "rt", "sync", "time"]);

pub fn dependencies(cx: &EmitCx) -> Table {
    let of_streams = OF_STREAMS.iter().filter(|_| has_streams(cx.api));
    let with_files = |one: &Dependency| {
        let (name, features) = OF_DOWNLOADS;
        let features = match one.name == name && has_downloads(cx.api) {
            true => features,
            false => one.features,
        };
        dependency(&Dependency { features, ..*one })
    };
    let of_grants = OF_GRANTS.iter().filter(|_| has_grants(cx.api));
    let of_webhooks = OF_WEBHOOKS.iter().filter(|_| has_signed_webhooks(cx.api));
    let all = DEPENDENCIES.iter().chain(of_streams);
    let all = all.chain(of_grants).chain(of_webhooks).map(with_files);
    let mut table: Table = all.collect();
    table.sort_values();
    table
}

/// Dependencies of examples and tests, with the crate itself for its mock transport.
pub fn dev_dependencies(cx: &EmitCx) -> Table {
    let mut table: Table = DEV_DEPENDENCIES.iter().map(dependency).collect();
    if cx.tests && !cx.api.ops.is_empty() {
        let mut this = InlineTable::new();
        this.insert("path", ".".into());
        this.insert("default-features", false.into());
        this.insert(
            "features",
            Value::Array(["test-util"].into_iter().collect()),
        );
        table.insert(&cx.names.package, value(this));
    }
    table.sort_values();
    table
}

fn dependency(dependency: &Dependency) -> (&'static str, Item) {
    if dependency.default_features && !dependency.optional && dependency.features.is_empty() {
        return (dependency.name, value(dependency.version));
    }
    let mut options = InlineTable::new();
    options.insert("version", dependency.version.into());
    if dependency.optional {
        options.insert("optional", true.into());
    }
    if !dependency.default_features {
        options.insert("default-features", false.into());
    }
    if !dependency.features.is_empty() {
        options.insert(
            "features",
            Value::Array(dependency.features.iter().copied().collect()),
        );
    }
    (dependency.name, value(options))
}
