// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Servers: the base URL of a client.
//!
//! In: the servers of the document, the caller's choices. Out: the base URL, or why there is none. Not here: servers of single
//! operations (see `target`).

use super::url::BaseUrl;
use crate::service::SERVICE;

/// A server of the document.
#[derive(Debug)]
pub(crate) struct ServerUrl {
    /// The name by which callers choose it. Empty if there is nothing to choose.
    pub(crate) name: &'static str,
    /// A template with variables in braces. If the document does not name the host, it begins with
    /// a slash or is empty.
    pub(crate) url: &'static str,
    pub(crate) variables: &'static [ServerVariable],
}

/// A variable of a server's URL.
#[derive(Debug)]
pub(crate) struct ServerVariable {
    pub(crate) name: &'static str,
    /// The method of the builder.
    pub(crate) setter: &'static str,
    pub(crate) default: &'static str,
    /// The allowed values. Empty if any value is allowed.
    pub(crate) values: &'static [&'static str],
}

/// The choices of the caller.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// The index of a server.
    pub(crate) server: Option<usize>,
    /// Names and values of variables.
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl Choice {
    /// Returns the base URL: the explicit one, the chosen server, the one from the environment, or
    /// the first server.
    pub(crate) fn base_url(
        &self,
        given: Option<&str>,
        env: Option<&str>,
    ) -> Result<BaseUrl, String> {
        let server = SERVICE.servers.get(self.server.unwrap_or_default());
        let is_chosen = self.server.is_some() || !self.variables.is_empty();
        let complete = server.filter(|server| !server.is_relative());
        let text = match (given, complete, env) {
            (Some(given), ..) => given.to_owned(),
            (None, Some(server), _) if is_chosen => self.url(server)?,
            (None, _, Some(env)) => env.to_owned(),
            (None, Some(server), None) => self.url(server)?,
            (None, None, None) => return Err(missing(server)),
        };
        let relative = server.filter(|server| server.is_relative() && !has_path(&text));
        let text = match relative {
            Some(server) => text.trim_end_matches('/').to_owned() + &self.url(server)?,
            None => text,
        };
        BaseUrl::parse(&text).map_err(|reason| format!("invalid base URL: {reason}"))
    }

    /// Returns whether a base URL is on none of the hosts that the document names.
    pub(crate) fn is_replaced_by(&self, base_url: &BaseUrl) -> bool {
        let complete = SERVICE.servers.iter().filter(|it| !it.is_relative());
        let urls = complete.filter_map(|server| BaseUrl::parse(&self.url(server).ok()?).ok());
        let mut origins = urls.map(|url| url.origin() == base_url.origin()).peekable();
        origins.peek().is_some() && !origins.any(|is_same| is_same)
    }

    /// Returns whether the document has a server without TLS.
    pub(crate) fn is_plain_http() -> bool {
        let mut servers = SERVICE.servers.iter();
        servers.any(|server| server.url.starts_with("http://"))
    }

    /// Returns the URL of a server, with the values of its variables.
    fn url(&self, server: &ServerUrl) -> Result<String, String> {
        let mut url = server.url.to_owned();
        for variable in server.variables {
            let mut given = self.variables.iter().rev();
            let given = given.find(|(name, _)| *name == variable.name);
            let value = given.map_or(variable.default, |(_, value)| value.trim());
            if given.is_some() && !variable.values.is_empty() && !variable.values.contains(&value) {
                let (setter, values) = (variable.setter, variable.values.join("`, `"));
                return Err(format!("`{setter}` is not one of `{values}`"));
            }
            url = url.replace(&format!("{{{}}}", variable.name), value);
        }
        Ok(url)
    }
}

impl ServerUrl {
    fn is_relative(&self) -> bool {
        self.url.is_empty() || self.url.starts_with('/')
    }
}

fn has_path(url: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    !path.is_empty() || rest.contains('?')
}

fn missing(server: Option<&ServerUrl>) -> String {
    let env = match SERVICE.base_url_env {
        Some(name) => format!(" (or the environment variable {name})"),
        None => String::new(),
    };
    let path = match server.map(|server| server.url) {
        Some("") | None => String::new(),
        Some(path) => format!(", with the host: the document says that the path is `{path}`"),
    };
    format!("missing base URL: call `base_url` on the builder{env}{path}")
}
