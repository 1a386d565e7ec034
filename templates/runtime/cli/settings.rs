// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Builds the client and the output settings from the global flags.
//!
//! In: parsed arguments, environment variables. Out: [`Settings`]. Not here: parameters of operations.

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::super::auth::{Credential, Scheme};
use super::super::builder::ClientBuilder;
use super::super::client::Client;
use super::super::retry::RetryPolicy;
use super::failure::Failure;
use super::format::Format;
use super::output::Printing;
use super::table::{Command, Setting};
use super::transform::Transform;
use super::{debug, names, style};
use crate::cli::PROGRAM;
use crate::service::SERVICE;

/// The settings of a command.
pub(crate) struct Settings {
    pub(crate) client: Client,
    pub(crate) printing: Printing,
}

impl Settings {
    pub(crate) fn new(matches: &ArgMatches, command: &Command) -> Result<Self, Failure> {
        let color = matches.get_one::<String>(names::COLOR);
        let choice = style::choice(color.map_or("auto", String::as_str));
        let format = matches.get_one(names::FORMAT).copied();
        let transform = matches.get_one::<String>(names::TRANSFORM);
        // Only checked here: `failure` reads it again if there is an error.
        if let Some(text) = matches.get_one::<String>(names::TRANSFORM_ERROR) {
            Transform::new(text).map_err(|reason| unreadable(names::TRANSFORM_ERROR, &reason))?;
        }
        let printing = Printing {
            transform: transform
                .map(|text| Transform::new(text))
                .transpose()
                .map_err(|reason| unreadable(names::TRANSFORM, &reason))?,
            format: format.unwrap_or(Format::Auto).settled(),
            raw_strings: matches.get_flag(names::RAW_OUTPUT),
            colors: style::wanted(choice, &std::io::stdout()),
            debug: matches.get_flag(names::DEBUG),
        };
        Ok(Self {
            client: client(matches, command)?,
            printing,
        })
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
    if let Some(url) = given(names::BASE_URL) {
        let own = (command.operation)().server;
        if let Some(server) = own.filter(|server| server.contains("://")) {
            builder = builder.server_url(server, url);
        }
        builder = builder.base_url(url).allow_credentials_over_http(true);
    }
    if let Some(timeout) = matches.get_one(names::TIMEOUT) {
        builder = builder.timeout(*timeout);
    }
    if let Some(retries) = matches.get_one(names::MAX_RETRIES) {
        builder = builder.retry(RetryPolicy::new().max_retries(*retries));
    }
    if matches.get_flag(names::DEBUG) {
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
