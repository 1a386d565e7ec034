//! `securitySchemes` and `security`.
//!
//! In: the document's schemes and requirements. Out: [`Scheme`]s, and the alternatives of an operation. Not here: sending.

use openapiv3::{APIKeyLocation, Operation, ReferenceOr, SecurityRequirement, SecurityScheme};
use serde_json::Value;

use super::Cx;
use super::client::{self, Keys};
use crate::api::{Credential, Doc as Text, Place, Scheme, SchemeIndex};
use crate::diag::{Code, Pointer, Report};

/// The schemes that we can satisfy. The others are reported, and are up to the user's own headers.
pub(super) fn schemes(cx: &mut Cx) -> Vec<Scheme> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let doc = cx.doc;
    let stated = doc
        .openapi
        .components
        .iter()
        .flat_map(|components| &components.security_schemes);
    stated
        .filter_map(|(key, scheme)| match scheme {
            ReferenceOr::Item(scheme) => read(key, scheme, at.child(key), cx.report),
            ReferenceOr::Reference { .. } => None,
        })
        .collect()
}

fn read(key: &str, stated: &SecurityScheme, at: Pointer, report: &mut Report) -> Option<Scheme> {
    let (place, description, extensions) = match stated {
        SecurityScheme::APIKey {
            location,
            name,
            description,
            extensions,
        } => {
            let place = match location {
                APIKeyLocation::Header => Place::Header(name.clone()),
                APIKeyLocation::Query => Place::Query(name.clone()),
                APIKeyLocation::Cookie => Place::Cookie(name.clone()),
            };
            (place, description, extensions)
        }
        SecurityScheme::HTTP {
            scheme,
            description,
            extensions,
            ..
        } => (http(scheme, &at, report)?, description, extensions),
        SecurityScheme::OAuth2 {
            description,
            extensions,
            ..
        } => (Place::Bearer, description, extensions),
        SecurityScheme::OpenIDConnect {
            description,
            extensions,
            ..
        } => (Place::Bearer, description, extensions),
    };
    let default = || {
        vec![Credential {
            name: key.into(),
            env: None,
            description: None,
        }]
    };
    let given = extensions
        .get(client::KEY)
        .and_then(|value| credentials(value, &at, report));
    Some(Scheme {
        key: key.into(),
        doc: Text {
            description: description.clone(),
            ..Text::default()
        },
        place,
        credentials: given
            .filter(|list| !list.is_empty())
            .unwrap_or_else(default),
        at,
    })
}

/// Names of schemes are compared without regard to case (RFC 9110, 11.1).
fn http(scheme: &str, at: &Pointer, report: &mut Report) -> Option<Place> {
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(Place::Bearer),
        "basic" => Some(Place::Basic),
        _ => {
            report
                .add(
                    Code::UnsupportedSecurity,
                    at,
                    format!("the HTTP scheme `{scheme}` is not supported"),
                )
                .help(Some(
                    "set the header yourself: as a default of the client, or per call".into(),
                ));
            None
        }
    }
}

fn credentials(value: &Value, at: &Pointer, report: &mut Report) -> Option<Vec<Credential>> {
    let mut keys = Keys::new(value, at.child(client::KEY), report)?;
    let mut found = Vec::new();
    for mut keys in keys.objects("credentials", report).unwrap_or_default() {
        let name = keys.needed("name", report);
        let (env, description) = (keys.text("env", report), keys.text("description", report));
        keys.done(report);
        found.extend(name.map(|name| Credential {
            name,
            env,
            description,
        }));
    }
    keys.done(report);
    Some(found)
}

/// What an operation asks for: its own requirements, else those of the document.
pub(super) fn required(
    cx: &mut Cx,
    schemes: &[Scheme],
    operation: &Operation,
    at: &Pointer,
) -> Vec<Vec<SchemeIndex>> {
    let doc = cx.doc;
    let (stated, at) = match (&operation.security, &doc.openapi.security) {
        (Some(own), _) => (own, at.child("security")),
        (None, Some(of_all)) => (of_all, Pointer::root().child("security")),
        (None, None) => return Vec::new(),
    };
    let alternatives: Vec<Vec<SchemeIndex>> = stated
        .iter()
        .enumerate()
        .filter_map(|(index, requirement)| {
            alternative(cx, schemes, requirement, &at.child(&index.to_string()))
        })
        .collect();
    // Only the empty alternative: nothing is required, and nothing can be given.
    if alternatives.iter().all(Vec::is_empty) {
        Vec::new()
    } else {
        alternatives
    }
}

/// The schemes of one alternative, if we have them all.
fn alternative(
    cx: &mut Cx,
    schemes: &[Scheme],
    stated: &SecurityRequirement,
    at: &Pointer,
) -> Option<Vec<SchemeIndex>> {
    let mut found = Vec::with_capacity(stated.len());
    for key in stated.keys() {
        match schemes.iter().position(|scheme| scheme.key == *key) {
            Some(index) => found.push(index),
            None => {
                let declared = cx
                    .doc
                    .openapi
                    .components
                    .as_ref()
                    .is_some_and(|all| all.security_schemes.contains_key(key));
                if !declared && cx.said.insert(at.child(key)) {
                    cx.report.add(
                        Code::UnknownSecurity,
                        &at.child(key),
                        format!("there is no security scheme `{key}`"),
                    );
                }
                return None;
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_of_http() {
        let mut report = Report::default();
        assert_eq!(
            http("Bearer", &Pointer::root(), &mut report),
            Some(Place::Bearer)
        );
        assert_eq!(
            http("BASIC", &Pointer::root(), &mut report),
            Some(Place::Basic)
        );
        assert_eq!(http("digest", &Pointer::root(), &mut report), None);
        assert_eq!(report.iter().count(), 1);
    }
}
