// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Builds the call of a command from its arguments.
//!
//! In: a row of the table, parsed arguments, standard input. Out: a [`Draft`], which the library sends, and the representation that it
//! asks for. Not here: code for single operations.

use std::io::{self, IsTerminal, stdin};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::client::Client;
use super::super::draft::Draft;
use super::failure::Failure;
use super::grammar::{self, path_params, positional_id};
use super::table::{Body, Command, Flag, Kind, Member, Param, Place, Reply, Send};
use super::{names, values};

/// Returns the representation that `--accept` or `--output` asks for, and its media type.
fn alternative(
    reply: &'static Reply,
    matches: &ArgMatches,
) -> Option<(&'static Reply, &'static str)> {
    let others = reply.alternatives();
    if others.is_empty() {
        return None;
    }
    if let Some(chosen) = matches.get_one::<String>(names::ACCEPT) {
        return others.iter().find_map(|other| {
            let accept = other.media_types().find(|accept| accept == chosen)?;
            Some((&other.reply, accept))
        });
    }
    output_path(reply, matches)?;
    let file = { others.iter() }.find(|other| matches!(other.reply, Reply::Bytes(_)))?;
    Some((&file.reply, file.accept))
}

/// Returns the path of the file to which the response is saved.
pub(crate) fn output_path<'a>(reply: &Reply, matches: &'a ArgMatches) -> Option<&'a PathBuf> {
    reply.saves().then(|| matches.get_one(names::OUTPUT))?
}

/// Returns the call of a command, and how its response is printed.
pub(crate) fn draft(
    command: &'static Command,
    matches: &ArgMatches,
    client: &Client,
) -> Result<(Arc<Draft>, &'static Reply), Failure> {
    let mut missing = Vec::new();
    let mut call: Call<Value> = Call::new(client, (command.operation)());
    let (reply, accept) = match (alternative(&command.reply, matches), command.reply.usual()) {
        (Some((reply, accept)), _) => (reply, Some(accept)),
        (None, reply @ Reply::Either { accept, .. }) => (reply, Some(*accept)),
        (None, reply) => (reply, None),
    };
    call = call.reading(reply.reading());
    if let Some(accept) = accept {
        call = call.asking(accept, None);
    }
    let mut places = positional(command, matches).into_iter();
    for param in command.params {
        let mut texts = given(param, matches);
        if texts.is_empty() && param.place == Place::Path {
            texts.extend(places.next());
        }
        match texts.as_slice() {
            [] if param.required => missing.push(param.name),
            [] => {}
            texts => call = with(call, param, texts)?,
        }
    }
    if let Some(text) = places.next() {
        let text = format!("unexpected argument '{text}': all path parameters are set");
        return Err(Failure::usage(text));
    }
    if let Some((send, body)) = body(&command.body, matches, &mut missing)? {
        call = send(call, &body);
    }
    match missing.as_slice() {
        [] => Ok((call.into_draft(), reply)),
        names => Err(Failure::missing(names)),
    }
}

fn given<'a>(flag: &Flag, matches: &'a ArgMatches) -> Vec<&'a str> {
    let values = matches.get_many::<String>(flag.name);
    values.into_iter().flatten().map(String::as_str).collect()
}

/// Returns the positional arguments.
fn positional<'a>(command: &Command, matches: &'a ArgMatches) -> Vec<&'a str> {
    let text = |param| matches.get_one::<String>(&positional_id(param));
    path_params(command)
        .filter_map(text)
        .map(String::as_str)
        .collect()
}

fn with(call: Call<Value>, param: &Param, texts: &[&str]) -> Result<Call<Value>, Failure> {
    let value = values::param(param, texts).map_err(|reason| unfit(param, &reason))?;
    let (name, style) = (param.wire, param.style);
    Ok(match param.place {
        Place::Path => call.path_as(name, style, value),
        Place::Query => call.query_as(name, style, value),
        Place::Header => call.header_as(name, style, value),
        Place::Cookie => call.cookie_as(name, style, value),
    })
}

/// Returns the body, and the function that sets it, if there is one.
fn body(
    body: &Body,
    matches: &ArgMatches,
    missing: &mut Vec<&'static str>,
) -> Result<Option<(Send, Value)>, Failure> {
    match body {
        Body::None => Ok(None),
        Body::Whole { send, flag } => {
            let value = match (given(flag, matches).first(), flag.kind) {
                // It may be binary, and larger than the memory.
                (Some(text), Kind::File) => Some(member(flag, text)?),
                (Some(&values::STANDARD_INPUT), kind) => Some(asked(whole(kind))?),
                (Some(text), _) => Some(member(flag, text)?),
                (None, _) if !flag.required || stdin().is_terminal() => None,
                (None, Kind::File) => Some(values::STANDARD_INPUT.into()),
                (None, kind) => piped(whole(kind))?,
            };
            if value.is_none() && flag.required {
                missing.push(flag.name);
            }
            Ok(value.map(|value| (*send, value)))
        }
        Body::Members {
            send,
            required,
            members,
        } => {
            let mut flags = Map::new();
            for member in *members {
                add(&mut flags, member, matches)?;
            }
            let lacks = |member: &Member| {
                member.required && member.constant.is_empty() && !flags.contains_key(member.wire)
            };
            let is_short = *required && flags.is_empty() || members.iter().any(lacks);
            let found = given_or_piped(members, matches, is_short)?;
            let is_given = found.is_some();
            let mut object = found.unwrap_or_default();
            object.extend(flags);
            if object.is_empty() && !is_given && !required {
                return Ok(None);
            }
            complete(&mut object, members, missing)?;
            Ok(Some((*send, Value::Object(object))))
        }
    }
}

/// Returns the object that `--body` gives, or else that standard input has, if the flags lack something that is required.
/// Otherwise, standard input is not read: it may belong to a loop around this command.
fn given_or_piped(
    members: &[Member],
    matches: &ArgMatches,
    is_short: bool,
) -> Result<Option<Map<String, Value>>, Failure> {
    let is_taken = is_input_a_file(members, matches);
    match matches.get_one::<String>(names::BODY).map(String::as_str) {
        Some(values::STANDARD_INPUT) if is_taken => Err(Failure::usage(format!(
            "--{} and the path of a file are both standard input",
            names::BODY
        ))),
        Some(values::STANDARD_INPUT) => asked(values::object).map(Some),
        Some(text) => match values::text_or_file(text).and_then(|text| values::object(&text)) {
            Ok(object) => Ok(Some(object)),
            Err(reason) => Err(Failure::usage(format!("--{}: {reason}", names::BODY))),
        },
        None if is_short && !is_taken => piped(values::object),
        None => Ok(None),
    }
}

/// Returns what parses a whole body.
fn whole(kind: Kind) -> fn(&str) -> Result<Value, String> {
    match kind {
        Kind::String => |text| Ok(text.into()),
        _ => values::json_or_yaml,
    }
}

/// Returns whether the value of a flag is the path of standard input.
fn is_input_a_file(members: &[Member], matches: &ArgMatches) -> bool {
    members.iter().any(|member| {
        let mut texts = given(member, matches).into_iter();
        match member.kind {
            Kind::File => texts.any(|path| values::bare_path(path) == values::STANDARD_INPUT),
            Kind::FileOrText => {
                texts.any(|text| text.strip_prefix('@') == Some(values::STANDARD_INPUT))
            }
            _ => false,
        }
    })
}

/// Reads standard input, unless it is a terminal or empty.
fn piped<T>(read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, Failure> {
    if stdin().is_terminal() {
        return Ok(None);
    }
    let text = input()?;
    match text.trim() {
        "" => Ok(None),
        _ => read(&text).map(Some).map_err(unreadable),
    }
}

/// Reads standard input, which the arguments ask for.
fn asked<T>(read: impl FnOnce(&str) -> Result<T, String>) -> Result<T, Failure> {
    read(&input()?).map_err(unreadable)
}

fn input() -> Result<String, Failure> {
    io::read_to_string(stdin()).map_err(|error| unreadable(error.to_string()))
}

fn unreadable(reason: String) -> Failure {
    Failure::usage(format!("standard input: {reason}"))
}

/// Sets a member from its flag, which takes precedence over standard input.
fn add(
    object: &mut Map<String, Value>,
    flag: &Member,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let texts = given(flag, matches);
    let mut values = Vec::with_capacity(texts.len());
    for text in texts {
        values.push(member(flag, text)?);
    }
    let value = match values.len() {
        0 => return Ok(()),
        _ if flag.repeated => Some(Value::Array(values)),
        _ => values.pop(),
    };
    object.extend(value.map(|value| (flag.wire.to_owned(), value)));
    Ok(())
}

fn member(flag: &Flag, text: &str) -> Result<Value, Failure> {
    values::member(flag, text).map_err(|reason| unfit(flag, &reason))
}

fn unfit(flag: &Flag, reason: &str) -> Failure {
    Failure::usage(format!("--{}: {reason}", flag.name))
}

/// Adds the constants that are not set, and collects the required members that are missing.
fn complete(
    object: &mut Map<String, Value>,
    members: &'static [Member],
    missing: &mut Vec<&'static str>,
) -> Result<(), Failure> {
    for member in members.iter() {
        if object.contains_key(member.wire) {
            continue;
        }
        if !member.constant.is_empty() {
            let value = values::json_or_yaml(member.constant).map_err(Failure::usage)?;
            object.insert(member.wire.to_owned(), value);
        } else if member.required {
            missing.push(member.name);
        }
    }
    Ok(())
}
