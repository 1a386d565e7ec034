// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Failures of commands: messages, JSON and exit codes.
//!
//! In: failures of all kinds. Out: a message on standard error and the exit code. Not here: credentials.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write, stderr};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ColorChoice;
use clap::error::ErrorKind as GrammarError;
use serde_json::{Map, Value, json};

use super::super::api_error::ApiError;
use super::super::auth::scrub;
use super::super::draft::Draft;
use super::super::error::Error;
use super::super::missing::MissingCredentials;
use super::super::request::secrets;
use super::transform::Transform;
use super::{layout, names, style};
use crate::cli::PROGRAM;

/// The section of the help that lists the exit codes.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  the response does not match the document, or another failure
  2  wrong usage
  3  missing credentials; nothing was sent
  4  the API returned an error
  5  no response: the connection failed or timed out";

/// The reason why a command failed.
pub(crate) enum Failure {
    /// An error or a help text of clap.
    Grammar(Box<clap::Error>),
    /// Wrong usage that clap does not detect.
    Usage(String),
    /// The call failed. The texts are credentials to mask in the response.
    Call(Box<Error>, Vec<String>),
    /// The response does not match the document.
    Reply(String),
    /// Standard output cannot be written.
    Output(io::Error),
    /// The async runtime cannot be started.
    Runtime(io::Error),
}

impl Failure {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    /// Creates a failure for missing required flags.
    pub(crate) fn missing(names: &[&str]) -> Self {
        let list: String = names.iter().map(|name| format!("\n  --{name}")).collect();
        Self::Usage(format!(
            "the following required arguments were not provided:{list}"
        ))
    }

    /// Returns a function that converts an error of a call to a failure.
    pub(crate) fn of(draft: &Arc<Draft>) -> impl Fn(Error) -> Self + use<> {
        let draft = Arc::clone(draft);
        move |error| Self::Call(Box::new(error), secrets(&draft))
    }

    /// Returns the exit code and its name.
    fn kind(&self) -> (u8, &'static str) {
        match self {
            Self::Grammar(_) | Self::Usage(_) => (2, "usage"),
            Self::Reply(_) => (1, "reply"),
            Self::Output(_) => (1, "output"),
            Self::Runtime(_) => (1, "runtime"),
            Self::Call(error, _) => match **error {
                Error::InvalidArgument { .. } | Error::Config(_) => (2, "usage"),
                Error::MissingCredentials(_) | Error::Token(_) => (3, "credentials"),
                Error::Api(_) => (4, "api"),
                Error::Connection(_) => (5, "connection"),
                Error::Timeout(_) => (5, "timeout"),
                Error::TooLarge(_)
                | Error::Decode(_)
                | Error::RepeatedCursor(_)
                | Error::NextPage(_)
                | Error::Header(_) => (1, "reply"),
                Error::File(_) => (1, "output"),
            },
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Grammar(error) => plain(error),
            Self::Usage(text) | Self::Reply(text) => text.clone(),
            Self::Output(error) => format!("cannot write: {error}"),
            Self::Runtime(error) => format!("cannot wait for replies: {error}"),
            Self::Call(error, _) => match &**error {
                Error::MissingCredentials(missing) => credentials(missing),
                error => error.report().to_string(),
            },
        }
    }

    /// Returns `{"error": {..}}`, with the error body of the server if there is one.
    fn json(&self) -> Value {
        let mut fields = Map::new();
        fields.insert("kind".to_owned(), self.kind().1.into());
        fields.insert("message".to_owned(), self.message().into());
        if let Self::Call(error, secrets) = self {
            let mut add = |name: &str, value: Option<Value>| {
                fields.extend(value.map(|value| (name.to_owned(), value)));
            };
            add("status", error.status().map(|it| it.as_u16().into()));
            add("request_id", error.request_id().map(Value::from));
            add(
                "attempts",
                Some(error.attempts()).filter(|it| *it > 0).map(Value::from),
            );
            add(
                "retry_after",
                error.retry_after().map(|it| it.as_secs_f64().into()),
            );
            if let Error::Api(refusal) = &**error {
                add("body", body(refusal, secrets));
            }
        }
        json!({ "error": fields })
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error), Vec::new())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Returns the error body of the server, as JSON if possible.
fn body(refusal: &ApiError, secrets: &[String]) -> Option<Value> {
    let text = String::from_utf8_lossy(refusal.body()).into_owned();
    let text = scrub(text, &mut secrets.to_vec());
    match text.trim() {
        "" => None,
        text => Some(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
    }
}

/// Returns a message with the flags and environment variables that set the missing credentials.
fn credentials(missing: &MissingCredentials) -> String {
    let flags = missing.describe(|credential| {
        let mut settings = PROGRAM.settings.iter();
        let setting = settings.find(|it| it.setter == credential.name);
        setting.map(|it| format!("--{}", it.flag))
    });
    let variables = missing.describe(|credential| credential.env.map(str::to_owned));
    let mut text = format!("missing credentials: pass {flags}");
    if !variables.is_empty() {
        text.push_str(&format!(", or set {variables}"));
    }
    text
}

/// Returns the message of clap without colors, the prefix `error: ` and the usage.
fn plain(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.split("\n\nUsage:").next().unwrap_or_default();
    let text = text
        .split("\n\nFor more information")
        .next()
        .unwrap_or_default();
    text.strip_prefix("error: ")
        .unwrap_or(text)
        .trim()
        .to_owned()
}

/// How failures are shown. It is read from the arguments before they are validated.
pub(crate) struct Report {
    form: Form,
    transform: Option<Transform>,
    colors: ColorChoice,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Text for people.
    Text,
    /// JSON on one line.
    Json,
    Yaml,
    /// The error body of the server if there is one, else like `Json`.
    Raw,
}

impl Report {
    pub(crate) fn of(arguments: &[OsString]) -> Self {
        let word = |flag| last(arguments, flag).map(|word| word.to_lowercase());
        let (of_errors, format) = (word(names::FORMAT_ERROR), word(names::FORMAT));
        let form = match (of_errors.as_deref(), format.as_deref()) {
            (Some("json" | "jsonl"), _) => Form::Json,
            (Some("yaml"), _) => Form::Yaml,
            (Some("raw"), _) => Form::Raw,
            (Some("pretty"), _) | (_, Some("yaml" | "pretty")) => Form::Text,
            (_, Some("json" | "jsonl" | "raw")) => Form::Json,
            (_, _) if stderr().is_terminal() => Form::Text,
            (_, _) => Form::Json,
        };
        let transform = last(arguments, names::TRANSFORM_ERROR);
        let colors = last(arguments, names::COLOR);
        Self {
            form,
            // An invalid path is an error itself, which is shown without a transformation.
            transform: transform.and_then(|text| Transform::new(&text).ok()),
            colors: style::choice(colors.as_deref().unwrap_or("auto")),
        }
    }

    pub(crate) fn color_choice(&self) -> ColorChoice {
        self.colors
    }

    /// Prints a failure on standard error and returns its exit code. A closed standard output is not a failure.
    pub(crate) fn show(&self, failure: Failure) -> ExitCode {
        let is_closed = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
        if matches!(&failure, Failure::Output(error) if is_closed(error)) {
            return ExitCode::SUCCESS;
        }
        let text = match (&failure, self.form) {
            (Failure::Grammar(error), _) if !is_error(error) => {
                return match error.print() {
                    Ok(()) => ExitCode::SUCCESS,
                    Err(error) => self.show(Failure::Output(error)),
                };
            }
            (Failure::Grammar(error), form) if form == Form::Text || is_help(error) => {
                // If standard error is closed, the exit code alone reports the failure.
                let _ = error.print();
                return ExitCode::from(failure.kind().0);
            }
            (_, Form::Text) if self.transform.is_none() => self.text(&failure),
            (_, _) => self.value(&failure),
        };
        let _ = writeln!(stderr(), "{text}");
        ExitCode::from(failure.kind().0)
    }

    /// Returns the failure as a value, transformed if that is requested.
    fn value(&self, failure: &Failure) -> String {
        let whole = failure.json();
        let value = match &self.transform {
            Some(transform) => transform.found(&whole),
            None if self.form == Form::Raw => match whole["error"].get("body") {
                Some(body) => body.clone(),
                None => whole,
            },
            None => whole,
        };
        match (self.form, value) {
            (Form::Text | Form::Raw, Value::String(text)) => text,
            (Form::Yaml, value) => {
                let mut text = Vec::new();
                // Writing to memory does not fail.
                let _ = layout::yaml(&mut text, &value);
                String::from_utf8_lossy(&text).trim_end().to_owned()
            }
            (Form::Text | Form::Json | Form::Raw, value) => value.to_string(),
        }
    }

    fn text(&self, failure: &Failure) -> String {
        let (code, _) = failure.kind();
        let style = match style::wanted(self.colors, &stderr()) {
            true => *style::help().get_error(),
            false => clap::builder::styling::Style::new(),
        };
        let message = failure.message();
        let help = if code == 2 {
            "\n\nFor more information, try '--help'."
        } else {
            ""
        };
        format!("{style}error:{style:#} {message}{help}")
    }
}

/// Returns whether clap reports an error: a request for help or the version is none.
fn is_error(error: &clap::Error) -> bool {
    !matches!(
        error.kind(),
        GrammarError::DisplayHelp | GrammarError::DisplayVersion
    )
}

/// Returns whether clap prints the help because arguments are missing.
fn is_help(error: &clap::Error) -> bool {
    error.kind() == GrammarError::DisplayHelpOnMissingArgumentOrSubcommand
}

/// Returns the value of the last occurrence of a global flag.
fn last(arguments: &[OsString], flag: &str) -> Option<String> {
    let texts: Vec<&str> = arguments.iter().filter_map(|it| it.to_str()).collect();
    let value = |at: usize| {
        let rest = texts[at].strip_prefix("--")?.strip_prefix(flag)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(value),
            None if rest.is_empty() => texts.get(at + 1).copied(),
            None => None,
        }
    };
    (0..texts.len()).rev().find_map(value).map(str::to_owned)
}
