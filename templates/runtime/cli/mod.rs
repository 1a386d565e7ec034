// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The command line: an interpreter of the table of commands in `crate::cli`.
//!
//! In: arguments, standard input, environment variables. Out: responses on standard output, errors on standard error, an
//! exit code. Not here: sending requests, which the library does.
//!
//! ```text
//! arguments -> grammar (clap) -> settings, request -> Draft -> send or Pager -> listing -> output
//!                                                                    any failure -> failure
//! ```

pub(crate) mod table;

mod completions;
mod debug;
mod failure;
mod format;
mod grammar;
mod layout;
mod listing;
mod manual;
mod names;
pub(crate) mod open;
mod output;
mod progress;
mod request;
pub(crate) mod save;
mod settings;
mod style;
mod transform;
mod values;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use http::header::LOCATION;
use serde::de::IgnoredAny;
use serde_json::Value;

use self::failure::{Failure, Report};
use self::format::Format;
use self::grammar::Purpose;
use self::output::Output;
use self::settings::Settings;
use self::table::Reply;
use super::decode::from_json;
use super::draft::Reading;
use super::response::{Raw, decode, is_json};
use super::send::{start, whole};
use crate::cli::PROGRAM;

/// Runs the command that the arguments of the process name.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = grammar::with_two_dashes(std::env::args_os()).collect();
    // Errors of arguments are reported in the format that the arguments ask for, if it can be read.
    let report = Report::of(&arguments);
    let grammar = grammar::program(Purpose::Arguments).color(report.color_choice());
    let done = match grammar.try_get_matches_from(arguments) {
        Ok(matches) => dispatch(&matches),
        Err(error) => Err(Failure::Grammar(Box::new(error))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report.show(failure),
    }
}

/// Runs a built-in command or a command of the table.
fn dispatch(matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, below)) = matches.subcommand() else {
        return Ok(());
    };
    let command = below.subcommand();
    match (name, command) {
        (names::MAN, _) => return manual::page(below),
        (names::COMPLETIONS, Some((shell, _))) if completions::is_shell(shell) => {
            return completions::print(shell);
        }
        (_, _) => {}
    }
    let resource = PROGRAM.resources().find(|it| it.name == name);
    let commands = resource.map_or(&[][..], |it| it.commands).iter();
    let Some((matches, command)) = command.and_then(|(name, matches)| {
        let command = { commands }.find(|it| it.name == name)?;
        Some((matches, command))
    }) else {
        return Ok(());
    };
    let settings = Settings::new(matches, command)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    runtime.block_on(call(command, matches, settings))
}

/// Returns whether the value of a response is its location.
fn is_redirect(reading: fn(u16) -> Option<Reading>, raw: &Raw) -> bool {
    matches!(reading(raw.meta.status.as_u16()), Some(Reading::Redirect))
}

/// Returns whether a body is JSON.
fn is_value(raw: &Raw) -> bool {
    from_json::<IgnoredAny>(&raw.body).is_ok()
}

fn location(raw: &Raw, output: &mut Output<'_>) -> Result<(), Failure> {
    let location = raw.meta.headers.get(LOCATION);
    output.bytes(location.map_or(b"", |location| location.as_bytes()))
}

/// Sends the call of a command and prints the response.
async fn call(
    command: &'static table::Command,
    matches: &ArgMatches,
    settings: Settings,
) -> Result<(), Failure> {
    let (draft, reply) = request::draft(command, matches, &settings.client)?;
    let mut output = Output::new(&settings.printing);
    #[cfg(has = "pages")]
    if let (Reply::Page, Some(paging)) = (reply, draft.operation.paging) {
        let limit = matches.get_one(names::MAX_ITEMS).copied();
        return listing::run(paging, draft, limit, &mut output).await;
    }
    let mut raw = start(&draft).await.map_err(Failure::of(&draft))?;
    let path = request::output_path(&command.reply, matches).cloned();
    let shown_as_value = match reply {
        Reply::Json | Reply::Page => true,
        Reply::ByStatus {
            open: Some(open), ..
        } if raw.rest.is_some() => {
            return open(raw, &mut output, path).await;
        }
        Reply::ByStatus { reading, .. } if is_redirect(*reading, &raw) => {
            return location(&raw, &mut output);
        }
        Reply::Any | Reply::ByStatus { .. } => is_value(&raw),
        Reply::Text => raw.meta.content_type().is_some_and(is_json) && is_value(&raw),
        Reply::Bytes(open) | Reply::Stream(open) => return open(raw, &mut output, path).await,
        Reply::Either { open, .. } if is_stream(&raw) => {
            return open(raw, &mut output, path).await;
        }
        Reply::Either { .. } | Reply::Several(..) => {
            raw = whole(raw).await.map_err(Failure::of(&draft))?;
            true
        }
        Reply::Redirect => return location(&raw, &mut output),
    };
    if !shown_as_value {
        return output.bytes(&raw.body);
    }
    let reply = decode::<Value>(raw).map_err(Failure::of(&draft))?;
    match output.format() {
        Format::Raw => output.reply(&reply),
        Format::Auto | Format::Json | Format::Jsonl | Format::Yaml | Format::Pretty => {
            output.value(&reply)
        }
    }
}

/// Returns whether the body is a stream of events or lines instead of one JSON value.
fn is_stream(raw: &Raw) -> bool {
    let media_type = raw.meta.content_type().unwrap_or_default();
    !media_type.starts_with("application/json")
}
