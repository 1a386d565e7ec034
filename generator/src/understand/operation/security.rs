//! `securitySchemes` and `security`.
//!
//! In: the document's schemes and requirements. Out: [`Scheme`]s, and the alternatives of an operation. Not here: sending.

use openapiv3::{Operation, SecurityRequirement};
use serde_json::Value;

use crate::document::{Flow, KeyPlace, SecurityKind, SecurityScheme, Tokens};
use crate::model::api::{
    Credential, CredentialLocation, Doc as Text, Endpoints, Scheme, SchemeIndex,
};
use crate::model::note::{self, Note, RequiredScopes, ScopeKind};
use crate::report::{Code, Pointer, Report};
use crate::understand::client::{self, Keys};
use crate::understand::schema::cx::Cx;

/// Returns the schemes that we can satisfy. The others are reported, and are up to the user's own
/// headers.
pub fn schemes(cx: &mut Cx) -> Vec<Scheme> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let doc = cx.doc;
    let declared = doc.security_schemes.iter();
    declared
        .filter_map(|(key, scheme)| read(key, scheme, at.child(key), cx.report))
        .collect()
}

fn read(key: &str, declared: &SecurityScheme, at: Pointer, report: &mut Report) -> Option<Scheme> {
    let place = match &declared.kind {
        SecurityKind::ApiKey { place, name } => match place {
            KeyPlace::Header => CredentialLocation::Header(name.clone()),
            KeyPlace::Query => CredentialLocation::Query(name.clone()),
            KeyPlace::Cookie => CredentialLocation::Cookie(name.clone()),
        },
        SecurityKind::Http { scheme } => http(scheme, &at, report)?,
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => CredentialLocation::Bearer,
        SecurityKind::MutualTls => {
            report
                .add(
                    Code::UnsupportedSecurity,
                    &at,
                    "client certificates are not supported",
                )
                .help(Some(
                    "pass a transport with a certificate to the client".into(),
                ));
            return None;
        }
    };
    let default = || {
        vec![Credential {
            name: key.into(),
            env: None,
            description: None,
            deprecated: declared.deprecated,
        }]
    };
    let given = declared
        .extensions
        .get(client::KEY)
        .and_then(|value| credentials(value, declared, &at, report));
    Some(Scheme {
        key: key.into(),
        doc: Text {
            summary: None,
            description: declared.description.clone(),
            notes: tokens(&declared.tokens).into_iter().collect(),
            deprecated: declared.deprecated,
        },
        location: place,
        credentials: given
            .filter(|list| !list.is_empty())
            .unwrap_or_else(default),
        endpoints: endpoints(&declared.tokens),
        at,
    })
}

/// Returns the endpoints of the flows that need no browser.
fn endpoints(declared: &Tokens) -> Option<Endpoints> {
    let url = |flow: &Flow, what: &str| {
        let found = flow.urls.iter().find(|(other, _)| *other == what);
        found.map(|(_, url)| url.clone())
    };
    let own = declared.flows.get("clientCredentials");
    // A flow of a user has refresh tokens; the client credentials flow has none (RFC 6749, 4.4.3).
    let of_users = || {
        declared
            .flows
            .iter()
            .filter(|(name, _)| *name != "clientCredentials")
    };
    let refresh = of_users().find_map(|(_, flow)| url(flow, "refreshing"));
    let found = Endpoints {
        client_credentials: own.and_then(|flow| url(flow, "tokens")),
        refresh: refresh.or_else(|| of_users().find_map(|(_, flow)| url(flow, "tokens"))),
        scopes: own.map_or_else(Vec::new, |flow| flow.scopes.keys().cloned().collect()),
    };
    (found.client_credentials.is_some() || found.refresh.is_some()).then_some(found)
}

/// Returns the documented ways to get a token.
fn tokens(declared: &Tokens) -> Option<Note> {
    let flow = |(name, flow): (&String, &Flow)| note::Flow {
        name: name.clone(),
        links: flow.urls.clone(),
        scopes: flow.scopes.clone().into_iter().collect(),
    };
    let tokens = note::Tokens {
        format: declared.format.clone(),
        links: declared.metadata.clone(),
        flows: declared.flows.iter().map(flow).collect(),
    };
    (tokens != note::Tokens::default()).then_some(Note::Tokens(tokens))
}

/// Returns the documented scopes or roles that the credentials of an operation need.
pub(super) fn required_scopes(cx: &Cx, operation: &Operation) -> Option<Note> {
    let declared = operation
        .security
        .as_ref()
        .or(cx.doc.openapi.security.as_ref())?;
    let named = declared.iter().flatten();
    let required = |(key, names): (&String, &Vec<String>)| RequiredScopes {
        scheme: key.clone(),
        kind: match cx.doc.security_schemes.get(key).map(|scheme| &scheme.kind) {
            Some(SecurityKind::OAuth2 | SecurityKind::OpenIdConnect) => ScopeKind::Scopes,
            Some(
                SecurityKind::ApiKey { .. } | SecurityKind::Http { .. } | SecurityKind::MutualTls,
            )
            | None => ScopeKind::Roles,
        },
        names: names.clone(),
    };
    let all: Vec<RequiredScopes> = named
        .filter(|(_, names)| !names.is_empty())
        .map(required)
        .collect();
    (!all.is_empty()).then_some(Note::Scopes(all))
}

/// Names of schemes are compared without regard to case (RFC 9110, 11.1).
fn http(scheme: &str, at: &Pointer, report: &mut Report) -> Option<CredentialLocation> {
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(CredentialLocation::Bearer),
        "basic" => Some(CredentialLocation::Basic),
        known => {
            let help = match known {
                // Their header answers a challenge of the server (RFC 7616, RFC 4559).
                "digest" | "negotiate" | "ntlm" => {
                    "pass a transport to the client that answers the challenges of the server"
                }
                _ => "set the header on the client or on each call",
            };
            let text = format!("the HTTP scheme `{scheme}` is not supported");
            report
                .add(Code::UnsupportedSecurity, at, text)
                .help(Some(help.into()));
            None
        }
    }
}

fn credentials(
    value: &Value,
    declared: &SecurityScheme,
    at: &Pointer,
    report: &mut Report,
) -> Option<Vec<Credential>> {
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
            deprecated: declared.deprecated,
        }));
    }
    keys.done(report);
    Some(found)
}

/// Returns the schemes of an operation, as alternatives: its own requirements replace those of the
/// document (OpenAPI 3.1, 4.8.10).
pub(super) fn required(
    cx: &mut Cx,
    schemes: &[Scheme],
    operation: &Operation,
    at: &Pointer,
) -> Vec<Vec<SchemeIndex>> {
    let doc = cx.doc;
    let (requirements, at) = match (&operation.security, &doc.openapi.security) {
        (Some(own), _) => (own, at.child("security")),
        (None, Some(of_all)) => (of_all, Pointer::root().child("security")),
        (None, None) => return Vec::new(),
    };
    let alternatives: Vec<Vec<SchemeIndex>> = requirements
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

/// Returns the schemes of one alternative, if we have them all.
fn alternative(
    cx: &mut Cx,
    schemes: &[Scheme],
    requirement: &SecurityRequirement,
    at: &Pointer,
) -> Option<Vec<SchemeIndex>> {
    let mut found = Vec::with_capacity(requirement.len());
    for key in requirement.keys() {
        let declared = cx.doc.security_schemes.get(key);
        match schemes.iter().position(|scheme| scheme.key == *key) {
            Some(index) => found.push(index),
            // It is up to the transport, and nothing to be sent.
            None if declared.is_some_and(|scheme| scheme.kind == SecurityKind::MutualTls) => {}
            None => {
                if declared.is_none() {
                    cx.report.once(
                        Code::UnknownSecurity,
                        &at.child(key),
                        format!("the security scheme `{key}` does not exist"),
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
            Some(CredentialLocation::Bearer)
        );
        assert_eq!(
            http("BASIC", &Pointer::root(), &mut report),
            Some(CredentialLocation::Basic)
        );
        assert_eq!(http("digest", &Pointer::root(), &mut report), None);
        assert_eq!(report.iter().count(), 1);
    }
}
