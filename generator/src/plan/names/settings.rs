//! Names of the client's settings.
//!
//! In: security schemes, headers of the client's settings. Out: [`SchemeNames`] and [`SettingNames`]. Not here: their flags (see `cli`).

use super::reserved::{BUILDER, STATICS};
use super::scope::{Case, Name, Scope};
use crate::model::api::{Api, CredentialLocation, Server};

/// The names of a security scheme.
#[derive(Clone, Debug)]
pub struct SchemeNames {
    pub constant: Name,
    /// By index of the credential. Credentials of the same name are one, even in different schemes.
    pub credentials: Vec<SettingNames>,
}

/// The names of a setting of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingNames {
    pub constant: Name,
    pub setter: Name,
    /// The setters of what gets the credential, if it is a token.
    pub tokens: Option<TokenNames>,
}

/// The names of the setters for what gets tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenNames {
    pub provider: Name,
    pub grant: Name,
}

/// The names of servers.
#[derive(Clone, Debug, Default)]
pub struct ServerNames {
    /// The setter that chooses a server; `None` if there is no choice.
    pub choice: Option<SettingNames>,
    /// The variants of the choice, by index in [`Api::servers`].
    pub variants: Vec<Name>,
    /// The variables of all servers, each name once, in order.
    pub variables: Vec<(String, SettingNames)>,
}

/// The names of all settings.
pub(super) struct Settings {
    pub schemes: Vec<SchemeNames>,
    pub headers: Vec<SettingNames>,
    pub servers: ServerNames,
}

pub(super) fn run(api: &Api) -> Settings {
    let mut constants = Scope::new(Case::Shout("SCHEME"), STATICS);
    let mut setters = Scope::new(Case::Snake, BUILDER);
    let mut credentials: Vec<&str> = api
        .schemes
        .iter()
        .flat_map(|scheme| {
            scheme
                .credentials
                .iter()
                .map(|credential| credential.name.as_str())
        })
        .collect();
    credentials.sort_unstable();
    credentials.dedup();
    let mut claim = |name: &str| SettingNames {
        constant: constants.claim(name),
        setter: setters.claim(name),
        tokens: None,
    };
    let mut credentials: Vec<(&str, SettingNames)> = credentials
        .into_iter()
        .map(|name| (name, claim(name)))
        .collect();
    let headers = api
        .client
        .headers
        .iter()
        .map(|header| claim(&header.name))
        .collect();
    let servers = servers(api, &mut claim);
    for (name, names) in &mut credentials {
        if is_token(api, name) {
            names.tokens = Some(TokenNames {
                provider: setters.claim(&format!("{name} provider")),
                grant: setters.claim(&format!("{name} grant")),
            });
        }
    }
    for (_, names) in &credentials {
        constants.reserve(&names.constant);
    }
    Settings {
        schemes: schemes(api, &credentials, &mut constants),
        headers,
        servers,
    }
}

/// Returns whether a credential is a bearer token.
fn is_token(api: &Api, name: &str) -> bool {
    let mut schemes = api.schemes_of(name);
    schemes.any(|scheme| scheme.location == CredentialLocation::Bearer)
}

fn schemes(
    api: &Api,
    credentials: &[(&str, SettingNames)],
    constants: &mut Scope,
) -> Vec<SchemeNames> {
    let find = |name: &str| {
        let found = credentials.iter().find(|(key, _)| *key == name);
        found.map(|(_, names)| names.clone())
    };
    let mut keys: Vec<&str> = api
        .schemes
        .iter()
        .map(|scheme| scheme.key.as_str())
        .collect();
    keys.sort_unstable();
    let schemes: Vec<(&str, Name)> = keys
        .into_iter()
        .map(|key| (key, constants.claim(key)))
        .collect();
    let named = api.schemes.iter().filter_map(|scheme| {
        let (_, constant) = schemes.iter().find(|(key, _)| *key == scheme.key)?;
        let credentials = scheme
            .credentials
            .iter()
            .filter_map(|credential| find(&credential.name));
        Some(SchemeNames {
            constant: constant.clone(),
            credentials: credentials.collect(),
        })
    });
    named.collect()
}

fn servers(api: &Api, claim: &mut impl FnMut(&str) -> SettingNames) -> ServerNames {
    let variables = api.servers.iter().flat_map(|server| &server.variables);
    let mut variables: Vec<&String> = variables.map(|variable| &variable.name).collect();
    variables.sort_unstable();
    variables.dedup();
    let variables = variables.into_iter();
    let variables = variables.map(|name| (name.clone(), claim(name))).collect();
    if api.servers.len() < 2 {
        return ServerNames {
            variables,
            ..ServerNames::default()
        };
    }
    let wanted: Vec<&str> = api.servers.iter().map(server_words).collect();
    let mut scope = Scope::new(Case::Pascal("Server"), &[]);
    ServerNames {
        choice: Some(claim("server")),
        variants: scope.claim_all(&wanted),
        variables,
    }
}

/// The longest description that is a name.
const SHORT: usize = 30;

/// Returns the name of a server: its declared name, its description if that is short, or its URL.
fn server_words(server: &Server) -> &str {
    let description = server.description.as_deref().unwrap_or_default().trim();
    let description = description.trim_end_matches('.');
    let is_short = !description.is_empty() && description.len() <= SHORT;
    let url = server
        .url
        .split_once("://")
        .map_or(&*server.url, |(_, rest)| rest);
    match &server.name {
        Some(name) => name,
        None if is_short => description,
        None => url,
    }
}
