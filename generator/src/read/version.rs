//! The version of the document.
//!
//! In: a document. Out: the support for it. OpenAPI 3.0, 3.1 and 3.2 are supported, later versions are read as 3.2. The
//! keywords of each version are honored in all.

use serde_json::Value;

use crate::report::{Code, Pointer, Report};

/// The support for a version.
pub(super) enum Support {
    Known,
    /// Its version is later than all known ones.
    Newer(String),
}

/// The reason why a document cannot be read.
pub(super) struct Unsupported {
    code: Code,
    at: Pointer,
    text: String,
    help: Option<String>,
}

impl Unsupported {
    pub(super) fn report(self, report: &mut Report) {
        report.add(self.code, &self.at, self.text).help(self.help);
    }
}

impl Support {
    pub(super) fn report(self, report: &mut Report) {
        if let Self::Newer(version) = self {
            let at = Pointer::root().child("openapi");
            let text = format!("version {version} is read as 3.2");
            report.add(Code::NewerVersion, &at, text);
        }
    }
}

/// Checks the version of a document.
pub(super) fn support(document: &Value) -> Result<Support, Unsupported> {
    let root = Pointer::root();
    let Value::Object(map) = document else {
        return Err(Unsupported {
            code: Code::NotAnObject,
            at: root,
            text: "an OpenAPI document must be an object".to_owned(),
            help: None,
        });
    };
    let Some(version) = map.get("openapi") else {
        let (at, text, help) = match map.get("swagger") {
            Some(_) => {
                let help = "convert it to OpenAPI 3, for example with swagger2openapi";
                (
                    root.child("swagger"),
                    "this is a Swagger 2.0 document",
                    help,
                )
            }
            None => {
                let text = "the field `openapi` is missing: this is not an OpenAPI document";
                (
                    root,
                    text,
                    "OpenAPI documents begin with `openapi: 3.1.0` or another version",
                )
            }
        };
        return Err(Unsupported {
            code: Code::UnsupportedVersion,
            at,
            text: text.to_owned(),
            help: Some(help.to_owned()),
        });
    };
    let version = match version {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let numbers = version.trim().split('.').map(|part| part.parse().ok());
    match numbers.collect::<Vec<Option<u32>>>()[..] {
        [Some(3), Some(0..=2), ..] | [Some(3)] => Ok(Support::Known),
        [Some(3), Some(_), ..] => Ok(Support::Newer(version)),
        _ => Err(Unsupported {
            code: Code::UnsupportedVersion,
            at: root.child("openapi"),
            text: format!("version {version} is not supported; 3.0 and later are"),
            help: None,
        }),
    }
}
