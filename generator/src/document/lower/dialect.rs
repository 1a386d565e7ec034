//! Dialects of JSON Schema.
//!
//! In: `$schema` or `jsonSchemaDialect`. Out: a diagnostic for one that is not known.

use serde_json::Value;

use super::state::Walk;
use crate::report::Code;

/// Reports a dialect that is not supported: its schemas are read as if they had the default one.
pub(super) fn check(declared: Option<&Value>, key: &str, walk: &mut Walk) {
    const KNOWN: [&str; 3] = [
        "json-schema.org/",
        "spec.openapis.org/oas/",
        "spec.openapis.org/dialect/",
    ];
    let Some(Value::String(dialect)) = declared else {
        return;
    };
    let name = dialect
        .split_once("://")
        .map_or(dialect.as_str(), |(_, name)| name);
    if !KNOWN.iter().any(|known| name.starts_with(known)) {
        let text =
            format!("the dialect {dialect} is unknown; schemas are read as JSON Schema 2020-12");
        walk.report
            .add(Code::UnknownDialect, &walk.at.child(key), text);
    }
}
