//! Names of the client's settings.
//!
//! In: security schemes, headers of the client's settings, the name of the package. Out: [`SchemeNames`] and [`SettingNames`], with
//! environment variables. Not here: their flags (see `cli`).

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
    /// The environment variable.
    pub env: Option<String>,
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
    /// The environment variable that replaces the base URL.
    pub base_url_env: String,
}

pub(super) fn run(api: &Api, package: &str) -> Settings {
    let mut constants = Scope::new(Case::Shout("SCHEME"), STATICS);
    let mut setters = Scope::new(Case::Snake, BUILDER);
    let credentials = api.schemes.iter().flat_map(|scheme| &scheme.credentials);
    let mut credentials: Vec<&str> = credentials.map(|it| it.name.as_str()).collect();
    credentials.sort_unstable();
    credentials.dedup();
    let mut claim = |name: &str| SettingNames {
        constant: constants.claim(name),
        setter: setters.claim(name),
        env: None,
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
        .map(|header| SettingNames {
            env: header.env.clone(),
            ..claim(&header.name)
        })
        .collect();
    let servers = servers(api, &mut claim);
    let variables = Variables::new(api, package);
    for (name, names) in &mut credentials {
        names.env = variables.of_credential(name, &names.setter);
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
        base_url_env: variables.base_url(),
    }
}

/// The environment variables: those that `x-client` names, and else those of the package.
struct Variables<'a> {
    api: &'a Api,
    /// `MY_CLIENT`
    package: String,
    given: Vec<&'a String>,
}

impl<'a> Variables<'a> {
    fn new(api: &'a Api, package: &str) -> Self {
        let credentials = api.schemes.iter().flat_map(|scheme| &scheme.credentials);
        let credentials = credentials.filter_map(|credential| credential.env.as_ref());
        let client = &api.client;
        let headers = client.headers.iter();
        let headers = headers.filter_map(|header| header.env.as_ref());
        let others = client.base_url_env.iter().chain(&client.extra_headers_env);
        Self {
            api,
            package: package.replace('-', "_").to_uppercase(),
            given: credentials.chain(headers).chain(others).collect(),
        }
    }

    /// `MY_CLIENT_API_KEY`, unless that is the variable of something else.
    fn of_credential(&self, name: &str, setter: &Name) -> Option<String> {
        let credentials = self.api.schemes.iter().flat_map(|it| &it.credentials);
        let mut of_name = credentials.filter(|credential| credential.name == name);
        let given = of_name.find_map(|credential| credential.env.clone());
        given.or_else(|| {
            let name = setter.plain().trim_end_matches('_').to_uppercase();
            let own = format!("{}_{name}", self.package);
            let is_taken = self.given.contains(&&own) || own == self.base_url();
            (!is_taken).then_some(own)
        })
    }

    fn base_url(&self) -> String {
        let given = self.api.client.base_url_env.clone();
        given.unwrap_or_else(|| format!("{}_BASE_URL", self.package))
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
