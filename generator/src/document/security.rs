//! Security schemes.
//!
//! `openapiv3` fails a whole scheme for one part that it does not know, and knows those of OpenAPI 3.0 only.

use indexmap::IndexMap;
use serde_json::Value;

use super::reader::{Extensions, Reader};
use crate::report::Code;

/// A security scheme (OpenAPI 3.2, 4.8.27).
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    pub kind: SecurityKind,
    pub description: Option<String>,
    pub deprecated: bool,
    pub tokens: Tokens,
    pub extensions: Extensions,
}

/// The documentation of tokens and of the ways to get them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    pub format: Option<String>,
    pub flows: IndexMap<String, Flow>,
    /// Documents of the server that say more, each with what it is.
    pub metadata: Vec<(&'static str, String)>,
}

/// A way to get tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// Each with what it is for.
    pub urls: Vec<(&'static str, String)>,
    pub scopes: IndexMap<String, String>,
}

/// The effect of a scheme on requests. The way to a token has none.
#[derive(Clone, Debug, PartialEq)]
pub enum SecurityKind {
    ApiKey { place: KeyPlace, name: String },
    Http { scheme: String },
    MutualTls,
    OAuth2,
    OpenIdConnect,
}

/// `in` of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    Query,
    Header,
    Cookie,
}

/// The fields of all kinds of schemes, before `type` has been read.
#[derive(Default)]
struct Fields {
    kind: Option<String>,
    place: Option<String>,
    name: Option<String>,
    scheme: Option<String>,
}

pub(super) fn scheme(reader: &mut Reader, value: Value) -> Option<SecurityScheme> {
    let (mut fields, mut description, mut deprecated) = (Fields::default(), None, None);
    let mut tokens = Tokens::default();
    let extensions = reader.fields(value, |reader, key, value| {
        match key {
            "type" => fields.kind = reader.string(value),
            "in" => fields.place = reader.string(value),
            "name" => fields.name = reader.string(value),
            "scheme" => fields.scheme = reader.string(value),
            "description" => description = reader.string(value),
            "deprecated" => deprecated = reader.flag(value),
            "flows" => tokens.flows = flows(reader, value),
            "bearerFormat" => tokens.format = reader.string(value),
            "openIdConnectUrl" => {
                let url = reader.string(value);
                tokens
                    .metadata
                    .extend(url.map(|url| ("OpenID Connect", url)));
            }
            "oauth2MetadataUrl" => {
                let url = reader.string(value);
                tokens.metadata.extend(url.map(|url| ("OAuth", url)));
            }
            _ => return Some(value),
        }
        None
    })?;
    match kind(fields) {
        Ok(kind) => Some(SecurityScheme {
            kind,
            description,
            deprecated: deprecated.unwrap_or_default(),
            tokens,
            extensions,
        }),
        Err(reason) => {
            reader.report.lose(Code::UnreadableItem, &reader.at, reason);
            None
        }
    }
}

fn kind(fields: Fields) -> Result<SecurityKind, String> {
    let missing = |what: &str| format!("a security scheme of this type must have `{what}`");
    Ok(match fields.kind.as_deref() {
        Some("apiKey") => SecurityKind::ApiKey {
            place: match fields.place.as_deref() {
                Some("query") => KeyPlace::Query,
                Some("header") => KeyPlace::Header,
                Some("cookie") => KeyPlace::Cookie,
                Some(other) => return Err(format!("an API key cannot be in `{other}`")),
                None => return Err(missing("in")),
            },
            name: fields.name.ok_or_else(|| missing("name"))?,
        },
        Some("http") => SecurityKind::Http {
            scheme: fields.scheme.ok_or_else(|| missing("scheme"))?,
        },
        Some("mutualTLS") => SecurityKind::MutualTls,
        Some("oauth2") => SecurityKind::OAuth2,
        Some("openIdConnect") => SecurityKind::OpenIdConnect,
        Some(other) => {
            return Err(format!("there is no security scheme of type `{other}`"));
        }
        None => return Err(missing("type")),
    })
}

/// Reads the flows for the documentation. The client does not get tokens.
fn flows(reader: &mut Reader, value: Value) -> IndexMap<String, Flow> {
    let mut flows = IndexMap::new();
    reader.fields(value, |reader, key, value| {
        match key {
            "implicit"
            | "password"
            | "clientCredentials"
            | "authorizationCode"
            | "deviceAuthorization" => {
                flows.extend(flow(reader, value).map(|flow| (key.to_owned(), flow)));
            }
            _ => return Some(value),
        }
        None
    });
    flows.sort_keys();
    flows
}

fn flow(reader: &mut Reader, value: Value) -> Option<Flow> {
    let mut flow = Flow::default();
    reader.fields(value, |reader, key, value| {
        let what = match key {
            "authorizationUrl" => "authorization",
            "deviceAuthorizationUrl" => "device authorization",
            "tokenUrl" => "tokens",
            "refreshUrl" => "refreshing",
            "scopes" => {
                flow.scopes = reader.map(value, Reader::string);
                return None;
            }
            _ => return Some(value),
        };
        flow.urls
            .extend(reader.string(value).map(|url| (what, url)));
        None
    })?;
    // The order of keys has no meaning.
    flow.urls.sort_unstable();
    flow.scopes.sort_keys();
    Some(flow)
}
