//! Security schemes and requirements.
//!
//! In: `securitySchemes` and `security`. Out: [`Scheme`]s, and the alternatives of an operation. Not here: how credentials are
//! sent.

use openapiv3::{Operation, SecurityRequirement};
use serde_json::Value;

use crate::document::{Document, Flow, KeyPlace, SecurityKind, SecurityScheme, Tokens, is_token};
use crate::model::api::{
    Credential, CredentialLocation, Doc as Text, Endpoints, Scheme, SchemeIndex, UnsupportedScheme,
};
use crate::model::note::{self, Note, RequiredScopes, ScopeKind};
use crate::report::{Code, Pointer, Report};
use crate::understand::schema::cx::Cx;
use crate::understand::x_client::{self, Keys};

/// Returns the supported schemes. Other schemes are reported if an operation requires them.
pub fn schemes(cx: &mut Cx) -> Vec<Scheme> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let doc = cx.doc;
    let declared = doc.security_schemes.iter();
    declared
        .filter_map(|(key, scheme)| read(key, scheme, at.child(key), cx.report))
        .collect()
}

/// Returns the schemes that are not supported, whether an operation requires them or not.
pub fn unsupported(doc: &Document) -> Vec<UnsupportedScheme> {
    let unsupported = |(key, scheme): (&String, &SecurityScheme)| {
        let unsupported = place(&scheme.kind).err()?;
        Some(UnsupportedScheme {
            key: key.clone(),
            reason: unsupported.text,
            help: unsupported.help,
        })
    };
    doc.security_schemes
        .iter()
        .filter_map(unsupported)
        .collect()
}

fn read(key: &str, declared: &SecurityScheme, at: Pointer, report: &mut Report) -> Option<Scheme> {
    let place = place(&declared.kind).ok()?;
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
        .get(x_client::KEY)
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

/// Returns the endpoints of OAuth flows that work without a browser.
fn endpoints(declared: &Tokens) -> Option<Endpoints> {
    let url = |flow: &Flow, what: &str| {
        let found = flow.urls.iter().find(|(other, _)| *other == what);
        found.map(|(_, url)| url.clone())
    };
    let own = declared.flows.get("clientCredentials");
    // Flows with a user have refresh tokens. The client credentials flow has none (RFC 6749, 4.4.3).
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

/// Returns a note on the documented ways to get a token.
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

/// Returns a note on the documented scopes or roles that an operation requires.
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

/// A scheme whose credential the client does not send.
struct Unsupported {
    text: String,
    help: &'static str,
    /// Whether a transport can authenticate instead, so nothing is lost.
    by_transport: bool,
}

/// Returns the location of a credential.
fn place(kind: &SecurityKind) -> Result<CredentialLocation, Unsupported> {
    match kind {
        SecurityKind::ApiKey { place, name } => key(*place, name),
        SecurityKind::Http { scheme } => http(scheme),
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => Ok(CredentialLocation::Bearer),
        SecurityKind::MutualTls => Err(Unsupported {
            text: "client certificates are not supported".into(),
            help: "configure the client with a transport that has a certificate",
            by_transport: true,
        }),
    }
}

fn key(place: KeyPlace, name: &str) -> Result<CredentialLocation, Unsupported> {
    let (what, is_allowed, located) = match place {
        KeyPlace::Query => return Ok(CredentialLocation::Query(name.into())),
        KeyPlace::Header => (
            "header",
            is_token(name),
            CredentialLocation::Header(name.into()),
        ),
        KeyPlace::Cookie => (
            "cookie",
            is_cookie(name),
            CredentialLocation::Cookie(name.into()),
        ),
    };
    match is_allowed {
        true => Ok(located),
        false => Err(Unsupported {
            text: format!("HTTP does not allow a {what} with the name `{name}`"),
            help: "correct the name with an overlay",
            by_transport: false,
        }),
    }
}

/// Returns whether a text can be the name of a cookie. Servers accept more than RFC 6265 (4.1.1) allows.
pub(super) fn is_cookie(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !b";,=".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}

/// Returns the location of an HTTP scheme's credential. Names of schemes are case-insensitive (RFC 9110, 11.1).
fn http(scheme: &str) -> Result<CredentialLocation, Unsupported> {
    let (help, by_transport) = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => return Ok(CredentialLocation::Bearer),
        "basic" => return Ok(CredentialLocation::Basic),
        // These schemes respond to a challenge of the server (RFC 7616, RFC 4559).
        "digest" | "negotiate" | "ntlm" => (
            "configure the client with a transport that responds to the server's challenges",
            true,
        ),
        _ => ("set the header on the client or on each call", false),
    };
    Err(Unsupported {
        text: format!("the HTTP scheme `{scheme}` is not supported"),
        help,
        by_transport,
    })
}

fn credentials(
    value: &Value,
    declared: &SecurityScheme,
    at: &Pointer,
    report: &mut Report,
) -> Option<Vec<Credential>> {
    let mut keys = Keys::new(value, at.child(x_client::KEY), report)?;
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

/// Returns the alternatives of an operation, each with the schemes that it combines. Requirements of the operation replace those
/// of the document (OpenAPI 3.1, 4.8.10).
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
        .flat_map(|(index, requirement)| {
            alternatives(cx, schemes, requirement, &at.child(&index.to_string()))
        })
        .collect();
    // If only the empty alternative remains, no credential can be sent.
    if alternatives.iter().all(Vec::is_empty) {
        Vec::new()
    } else {
        alternatives
    }
}

/// Returns the schemes of a requirement without those that a transport handles, or nothing if another one is not supported.
///
/// A request carries one bearer token. If a requirement has several schemes for it, the token must do for all of them, whichever
/// the caller gives it for. So each is an alternative.
fn alternatives(
    cx: &mut Cx,
    schemes: &[Scheme],
    requirement: &SecurityRequirement,
    at: &Pointer,
) -> Vec<Vec<SchemeIndex>> {
    let mut found: Vec<SchemeIndex> = Vec::with_capacity(requirement.len());
    let mut same_token: Vec<(usize, SchemeIndex)> = Vec::new();
    // The order of keys has no meaning.
    let mut keys: Vec<&String> = requirement.keys().collect();
    keys.sort();
    for key in keys {
        let Some(index) = schemes.iter().position(|scheme| scheme.key == *key) else {
            if is_missing(cx, key, at) {
                return Vec::new();
            }
            continue;
        };
        let location = &schemes[index].location;
        let shares = |other: &SchemeIndex| {
            header(location).is_some() && header(&schemes[*other].location) == header(location)
        };
        match found.iter().position(shares) {
            None => found.push(index),
            Some(other) if is_bearer(location) && is_bearer(&schemes[found[other]].location) => {
                same_token.push((other, index));
            }
            Some(other) => shared_header(cx, &schemes[found[other]], &schemes[index], at),
        }
    }
    let others = same_token.into_iter().map(|(at, index)| {
        let mut other = found.clone();
        other[at] = index;
        other
    });
    let others: Vec<Vec<SchemeIndex>> = others.collect();
    [found].into_iter().chain(others).collect()
}

fn is_bearer(location: &CredentialLocation) -> bool {
    matches!(location, CredentialLocation::Bearer)
}

/// Reports a scheme whose header already has another credential.
fn shared_header(cx: &mut Cx, first: &Scheme, second: &Scheme, at: &Pointer) {
    let (other, key) = (&first.key, &second.key);
    let header = header(&second.location).unwrap_or_default();
    let text = format!(
        "`{other}` and `{key}` both use the header `{header}`, which can carry only one credential; `{key}` is not sent"
    );
    let reported = cx
        .report
        .once(Code::UnsupportedSecurity, &at.child(key), text);
    let help = "set the header on the client or on each call";
    reported.map(|diagnostic| diagnostic.help(Some(help.into())));
}

/// Reports an unsupported scheme. Returns false if a transport can handle it.
fn is_missing(cx: &mut Cx, key: &str, at: &Pointer) -> bool {
    let doc = cx.doc;
    let Some(declared) = doc.security_schemes.get(key) else {
        let text = format!("the security scheme `{key}` does not exist");
        cx.report.once(Code::UnknownSecurity, &at.child(key), text);
        return true;
    };
    let Err(unsupported) = place(&declared.kind) else {
        return true;
    };
    let at = Pointer::root().child("components").child("securitySchemes");
    let reported = cx
        .report
        .once(Code::UnsupportedSecurity, &at.child(key), unsupported.text);
    reported.map(|diagnostic| diagnostic.help(Some(unsupported.help.into())));
    !unsupported.by_transport
}

/// Returns the name of the header that carries a credential, in lower case.
fn header(location: &CredentialLocation) -> Option<String> {
    match location {
        CredentialLocation::Bearer | CredentialLocation::Basic => Some("authorization".into()),
        CredentialLocation::Header(name) => Some(name.to_ascii_lowercase()),
        CredentialLocation::Query(_) | CredentialLocation::Cookie(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_of_http() {
        assert_eq!(http("Bearer").ok(), Some(CredentialLocation::Bearer));
        assert_eq!(http("BASIC").ok(), Some(CredentialLocation::Basic));
        assert!(http("digest").is_err_and(|it| it.by_transport));
        assert!(http("hoba").is_err_and(|it| !it.by_transport));
    }

    #[test]
    fn names_of_keys_can_be_sent() {
        assert!(key(KeyPlace::Header, "X-Api-Key").is_ok());
        assert!(key(KeyPlace::Query, "api key").is_ok());
        assert!(key(KeyPlace::Cookie, "session[id]").is_ok());
        for name in ["X Api Key", "", "a;b", "naïve"] {
            assert!(key(KeyPlace::Header, name).is_err(), "{name}");
            assert!(key(KeyPlace::Cookie, name).is_err(), "{name}");
        }
    }
}
