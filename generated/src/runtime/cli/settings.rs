// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Builds the client and the output settings from the global flags.
//!
//! In: parsed arguments, environment variables. Out: [`Settings`]. Not here: parameters of operations.

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::Value;
use serde_json_path::JsonPath;

use super::super::auth::{Credential, Scheme};
use super::super::builder::ClientBuilder;
use super::super::client::Client;
use super::super::retry::RetryPolicy;
use super::debug;
use super::failure::Failure;
use super::format::Format;
use super::grammar::global;
use super::style;
use super::table::{Command, Setting};
use crate::cli::PROGRAM;
use crate::service::SERVICE;

/// The settings of a command.
pub(crate) struct Settings {
    pub(crate) client: Client,
    pub(crate) format: Format,
    pub(crate) transform: Option<Transform>,
    /// Whether strings are printed without quotes.
    pub(crate) raw_strings: bool,
    pub(crate) colors: bool,
    /// Whether requests and responses are printed on standard error.
    pub(crate) debug: bool,
}

/// Selects the part of a value to print.
pub(crate) struct Transform {
    pub(crate) path: JsonPath,
    /// Whether the path selects at most one value. Otherwise the result is a list.
    pub(crate) singular: bool,
}

impl Settings {
    pub(crate) fn new(matches: &ArgMatches, command: &Command) -> Result<Self, Failure> {
        let color = matches.get_one::<String>(global::COLOR);
        let choice = style::choice(color.map_or("auto", String::as_str));
        let format = matches.get_one(global::FORMAT).copied();
        let transform = matches.get_one::<String>(global::TRANSFORM);
        // Only checked here: `failure` reads it again if there is an error.
        if let Some(text) = matches.get_one::<String>(global::TRANSFORM_ERROR) {
            Transform::new(text).map_err(|reason| unreadable(global::TRANSFORM_ERROR, &reason))?;
        }
        Ok(Self {
            transform: transform
                .map(|text| Transform::new(text))
                .transpose()
                .map_err(|reason| unreadable(global::TRANSFORM, &reason))?,
            client: client(matches, command)?,
            format: format.unwrap_or(Format::Auto).settled(),
            raw_strings: matches.get_flag(global::RAW_OUTPUT),
            colors: style::wanted(choice, &std::io::stdout()),
            debug: matches.get_flag(global::DEBUG),
        })
    }
}

impl Transform {
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        let path = JsonPath::parse(text)
            .map_err(|error| format!("{text:?} is not a JSONPath (RFC 9535): {error}"))?;
        // Only a query for one value can be compared with another (RFC 9535, section 2.3.5.1).
        let singular = JsonPath::parse(&format!("$[?{text} == 0]")).is_ok();
        Ok(Self { path, singular })
    }

    /// Returns the selected value, or the list of the selected values.
    pub(crate) fn found(&self, value: &Value) -> Value {
        let mut found = self.path.query(value).all().into_iter().cloned();
        match self.singular {
            true => found.next().unwrap_or(Value::Null),
            false => found.collect(),
        }
    }
}

fn unreadable(flag: &str, reason: &str) -> Failure {
    Failure::usage(format!("--{flag}: {reason}"))
}

fn client(matches: &ArgMatches, command: &Command) -> Result<Client, Failure> {
    let given = |flag: &str| {
        let by_hand = matches.value_source(flag) == Some(ValueSource::CommandLine);
        matches.get_one::<String>(flag).filter(|_| by_hand)
    };
    let mut builder = Client::builder();
    let mut credentials = Vec::new();
    for setting in PROGRAM.settings {
        let Some(value) = given(setting.flag) else {
            continue;
        };
        let (credential, header) = (
            SERVICE
                .credentials
                .iter()
                .find(|it| it.name == setting.setter),
            SERVICE.headers.iter().find(|it| it.name == setting.setter),
        );
        if let Some(credential) = credential {
            credentials.push(credential.name);
            builder = builder.credential(credential, value);
        } else if let Some(header) = header {
            builder = builder.header_setting(header, value);
        } else {
            builder = server_setting(builder, setting, value)?;
        }
    }
    let hidden = outdone(command, &credentials);
    builder = builder.env_from(|name| {
        let value = std::env::var_os(name)?;
        let is_hidden = hidden.iter().any(|it| it.env == Some(name));
        (!is_hidden).then(|| value.to_string_lossy().into_owned())
    });
    if let Some(url) = given(global::BASE_URL) {
        let own = (command.operation)().server;
        if let Some(server) = own.filter(|server| server.contains("://")) {
            builder = builder.server_url(server, url);
        }
        builder = builder.base_url(url);
    }
    if let Some(timeout) = matches.get_one(global::TIMEOUT) {
        builder = builder.timeout(*timeout);
    }
    if let Some(retries) = matches.get_one(global::MAX_RETRIES) {
        builder = builder.retry(RetryPolicy::new().max_retries(*retries));
    }
    if matches.get_flag(global::DEBUG) {
        // This transport prints what it sends and receives.
        builder = builder.transport(debug::Traced::new((command.operation)()));
    }
    Ok(builder.build()?)
}

/// Chooses a server, or sets a variable of its URL.
fn server_setting(
    builder: ClientBuilder,
    setting: &Setting,
    value: &str,
) -> Result<ClientBuilder, Failure> {
    let mut variables = SERVICE.servers.iter().flat_map(|server| server.variables);
    if let Some(variable) = variables.find(|it| it.setter == setting.setter) {
        return Ok(builder.server_variable(variable.name, value));
    }
    let mut servers = SERVICE.servers.iter();
    let index = servers.position(|server| server.name.eq_ignore_ascii_case(value));
    let names = || {
        let names: Vec<&str> = SERVICE.servers.iter().map(|server| server.name).collect();
        unreadable(setting.flag, &format!("not one of {}", names.join(", ")))
    };
    index
        .map(|index| builder.at_server(index))
        .ok_or_else(names)
}

/// Returns the credentials that satisfy the same schemes as those from flags. Their environment variables would otherwise
/// override the flags.
fn outdone(command: &Command, given: &[&str]) -> Vec<&'static Credential> {
    let schemes = (command.operation)().auth.iter().flat_map(|all| all.iter());
    let has_given = |scheme: &&&Scheme| {
        let mut credentials = scheme.credentials.iter();
        credentials.any(|it| given.contains(&it.name))
    };
    let credentials = schemes.filter(has_given).flat_map(|it| it.credentials);
    credentials.filter(|it| !given.contains(&it.name)).collect()
}
