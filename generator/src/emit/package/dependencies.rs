//! The dependencies of the emitted crate.
//!
//! In: what the document needs of the runtime. Out: tables of `Cargo.toml`. Not here: the rest of that file (see `manifest`).

use toml_edit::{InlineTable, Item, Table, Value, value};

use crate::emit::EmitCx;
use crate::emit::package::needs::is_needed;

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
    lean("futures-core", "0.3.34", &[]),
    plain("http", "1.5"),
    plain("http-body", "1.1"),
    plain("httpdate", "1.0"),
    optional("jiff", "0.2.46", &["std"]),
    optional("reqwest", "0.13.5", &[]),
    optional("rustls", "0.23.37", &["ring", "std", "tls12"]),
    lean("serde", "1.0.229", &["std"]),
    // Without this feature, the last digit of a number changes.
    Dependency {
        features: &["float_roundtrip"],
        ..plain("serde_json", "1.0.154")
    },
    lean("tokio", "1.54", &["rt", "sync", "time"]),
    optional("tracing", "0.1.44", &["std"]),
];

const DEV_DEPENDENCIES: &[Dependency] = &[lean("tokio", "1.54", &["macros", "rt-multi-thread"])];

/// The dependencies of modules that not every client needs.
const OF_MODULES: &[(&str, &[Dependency])] = &[
    (
        "cli/mod",
        &[
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
            optional("serde-saphyr", "2.1.1", &["deserialize", "serialize"]),
            optional("serde_json_path", "0.7.2", &["functions", "regex"]),
        ],
    ),
    ("events", &[plain("memchr", "2.8")]),
    ("grant", &[optional("oauth2", "5.0.0", &[])]),
    (
        "webhook",
        &[Dependency {
            default_features: true,
            ..optional("standardwebhooks", "1.0.1", &[])
        }],
    ),
];
/// What only downloads need of a dependency: they write files.
const OF_DOWNLOADS: (&str, &[&str]) = ("tokio", &["fs", "io-util", "rt", "sync", "time"]);

pub fn dependencies(cx: &EmitCx) -> Table {
    let with_files = |one: &Dependency| {
        let (name, features) = OF_DOWNLOADS;
        let features = match one.name == name && is_needed(cx, "download") {
            true => features,
            false => one.features,
        };
        dependency(&Dependency { features, ..*one })
    };
    let of_modules = OF_MODULES.iter();
    let of_modules = of_modules.filter(|(module, _)| is_needed(cx, module));
    let of_modules = of_modules.flat_map(|(_, dependencies)| *dependencies);
    let all = DEPENDENCIES.iter().chain(of_modules).map(with_files);
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
