// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Builds clap's grammar from the table.
//!
//! In: the table. Out: the grammar of the whole command line. The commands of a resource are added only if the resource
//! is named, so start-up time does not depend on their number. Not here: the effect of arguments.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use super::format::Format;
use super::table::{self, Body, Flag, Kind, Param, Place, Reply, Resource};
use super::values::{self, Reader};
use super::{failure, names, style};
use crate::cli::PROGRAM;

/// What the grammar is used for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Parsing arguments and printing help.
    Arguments,
    /// Describing the whole program: completions and manual pages.
    Description,
}

/// The short flags.
const LETTERS: [char; 3] = ['r', 'h', 'V'];

/// Adds the second dash to long flags with one dash, as Go programs accept them: `-limit 5`.
pub(crate) fn with_two_dashes(
    arguments: impl Iterator<Item = OsString>,
) -> impl Iterator<Item = OsString> {
    let mut are_flags_over = false;
    arguments.map(move |argument| {
        are_flags_over |= argument == "--";
        let name = argument.to_str().and_then(|text| text.strip_prefix('-'));
        match name {
            Some(name)
                if !are_flags_over
                    && name.starts_with(|c: char| c.is_ascii_alphabetic())
                    && !name.chars().all(|c| LETTERS.contains(&c)) =>
            {
                format!("--{name}").into()
            }
            Some(_) | None => argument,
        }
    })
}

/// Returns the whole grammar.
pub(crate) fn program(purpose: Purpose) -> Command {
    let mut root = Command::new(PROGRAM.name)
        .bin_name(PROGRAM.name)
        .override_usage(format!("{} [OPTIONS] <RESOURCE> <COMMAND>", PROGRAM.name))
        .version(PROGRAM.version)
        .about(PROGRAM.about)
        .after_help(failure::EXIT_CODES)
        .styles(style::help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("RESOURCE")
        .help_template(layout())
        .max_term_width(110)
        .args(globals());
    let mut completions = false;
    for resource in PROGRAM.resources() {
        completions |= resource.name == names::COMPLETIONS;
        root = root.subcommand(stub(resource));
    }
    // If a resource has this name, the shells are already among its commands.
    if !completions {
        let shells = Command::new(names::COMPLETIONS).about("Print completions for a shell");
        root = root.subcommand(with_shells(shells).subcommand_required(true));
    }
    root = root.subcommand(manual());
    match purpose {
        // The template of the help lists them.
        Purpose::Arguments => root.mut_subcommands(|command| command.hide(true)),
        Purpose::Description => root,
    }
}

/// Returns the template of the program's help: one line for each resource, with its commands.
fn layout() -> String {
    let own = [
        (
            names::COMPLETIONS,
            "Print completions for bash, zsh or fish",
        ),
        (
            names::MAN,
            "Print the manual page of the program, a resource or a command",
        ),
        (
            "help",
            "Print the help of the program, a resource or a command",
        ),
    ];
    let commands = PROGRAM
        .resources()
        .map(|it| it.name)
        .chain([names::COMPLETIONS]);
    let width = commands.map(str::len).max().unwrap_or(0);
    let header = *style::help().get_header();
    let mut text = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{header}Resources:{header:#}\n"
    );
    for resource in PROGRAM.resources() {
        let commands = command_names(resource);
        text.push_str(&format!("  {:width$}  {commands}\n", resource.name));
    }
    text.push_str(&format!("\n{header}Other commands:{header:#}\n"));
    for (name, about) in own {
        text.push_str(&format!("  {name:width$}  {about}\n"));
    }
    text + "\n{all-args}{after-help}"
}

fn command_names(resource: &Resource) -> String {
    let names: Vec<&str> = resource.commands.iter().map(|it| it.name).collect();
    names.join(", ")
}

fn manual() -> Command {
    let name = |id: &'static str, name: &'static str| Arg::new(id).value_name(name);
    Command::new(names::MAN)
        .about("Print the manual page of the program, a resource or a command")
        .arg(name("resource", "RESOURCE"))
        .arg(name("command", "COMMAND"))
}

fn with_shells(command: Command) -> Command {
    command.subcommands(names::SHELLS.map(|(shell, about)| Command::new(shell).about(about)))
}

/// Returns the command of a resource for the overview: it has only the names of its commands.
fn stub(resource: &'static Resource) -> Command {
    Command::new(resource.name)
        .about(command_names(resource))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("COMMAND")
        .defer(with_commands)
}

/// Adds the commands of a resource that is named on the command line.
fn with_commands(stub: Command) -> Command {
    let Some(resource) = PROGRAM.resources().find(|it| it.name == stub.get_name()) else {
        return stub;
    };
    let named = if resource.about.is_empty() {
        stub.about(format!("The commands of {}", resource.name))
    } else {
        stub.about(resource.about)
    };
    let described = named.subcommands(resource.commands.iter().map(command));
    if resource.name == names::COMPLETIONS {
        with_shells(described)
    } else {
        described
    }
}

fn command(table: &'static table::Command) -> Command {
    let operation = (table.operation)();
    let request = format!("{} {}", operation.method, operation.path);
    let about = if table.about.is_empty() {
        &request
    } else {
        table.about
    };
    let about = if table.deprecated {
        format!("Deprecated. {about}")
    } else {
        about.to_owned()
    };
    let mut notes = vec![about.as_str()];
    notes.extend([table.notes].into_iter().filter(|text| !text.is_empty()));
    notes.extend(
        [request.as_str()]
            .into_iter()
            .filter(|text| !about.ends_with(text)),
    );
    let mut command = Command::new(table.name)
        .long_about(notes.join("\n\n"))
        .about(about)
        .next_line_help(true);
    for param in path_params(table) {
        command = command.arg(positional(param));
    }
    for param in table.params {
        command =
            command.arg(argument(param, param.style.may_be_empty()).help_heading("Parameters"));
    }
    for member in table.members() {
        command = command.arg(argument(member, false).help_heading("Body"));
    }
    match &table.body {
        Body::None => {}
        Body::Whole { flag, .. } => {
            command = command.arg(argument(flag, false).help_heading("Body"));
        }
        Body::Members { .. } => command = command.arg(body()),
    }
    if let Reply::Page = table.reply.usual() {
        command = command.arg(max_items());
    }
    let others = table.reply.alternatives();
    if !others.is_empty() {
        command = command.arg(accept(others));
    }
    if table.reply.saves() {
        command = command.arg(output());
    }
    command
}

/// Returns the parameters that can also be positional arguments.
pub(crate) fn path_params(table: &table::Command) -> impl Iterator<Item = &'static Param> {
    table.params.iter().filter(|it| it.place == Place::Path)
}

/// Returns the id of the positional form of a parameter.
pub(crate) fn positional_id(param: &Param) -> String {
    format!("[{}]", param.name)
}

fn positional(param: &'static Param) -> Arg {
    Arg::new(positional_id(param))
        .value_name(param.name.to_uppercase().replace('-', "_"))
        .help(format!("The same as --{}", param.name))
        .value_parser(Reader::new(param, false))
}

fn argument(flag: &'static Flag, may_be_empty: bool) -> Arg {
    let arg = Arg::new(flag.name)
        .long(flag.name)
        .help(help(flag))
        .value_name(values::kind_name(flag.kind))
        .value_parser(Reader::new(flag, may_be_empty))
        .action(if flag.repeated || flag.kind == Kind::Object {
            ArgAction::Append
        } else {
            ArgAction::Set
        });
    match flag.kind {
        Kind::Integer | Kind::Number => arg.allow_negative_numbers(true),
        Kind::Boolean if !flag.repeated => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        Kind::String
        | Kind::Boolean
        | Kind::Text
        | Kind::Json
        | Kind::Object
        | Kind::File
        | Kind::FileOrText => arg,
    }
}

fn help(flag: &Flag) -> String {
    let mut text = String::new();
    if flag.deprecated {
        text.push_str("Deprecated. ");
    }
    text.push_str(flag.about);
    let mut facts = Vec::new();
    if flag.required {
        facts.push("[required]".to_owned());
    }
    if flag.repeated || flag.kind == Kind::Object {
        facts.push("[repeatable]".to_owned());
    }
    if !flag.default.is_empty() {
        facts.push(format!("[default: {}]", flag.default));
    }
    if !facts.is_empty() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&facts.join(" "));
    }
    text
}

fn body() -> Arg {
    Arg::new(names::BODY)
        .long(names::BODY)
        .value_name("JSON or YAML")
        .help("The whole body: text, @file, or - for standard input. Other flags take precedence")
        .help_heading("Body")
}

fn max_items() -> Arg {
    Arg::new(names::MAX_ITEMS)
        .long(names::MAX_ITEMS)
        .value_name("integer")
        .value_parser(value_parser!(u64))
        .help("The maximum number of items to print, over all pages")
        .help_heading("Output")
}

fn accept(others: &'static [table::Alternative]) -> Arg {
    let media_types = others.iter().flat_map(table::Alternative::media_types);
    Arg::new(names::ACCEPT)
        .long(names::ACCEPT)
        .value_name("media type")
        .value_parser(PossibleValuesParser::new(media_types))
        .help("Print the response in another representation")
        .help_heading("Output")
}

fn output() -> Arg {
    Arg::new(names::OUTPUT)
        .long(names::OUTPUT)
        .value_name("PATH")
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
        .help("The file to save the response to. It appears when it is complete")
        .help_heading("Output")
}

/// Returns the global flags, which may come before or after a command. Long: a list of flags.
fn globals() -> Vec<Arg> {
    let flag = |id: &'static str| Arg::new(id).long(id).global(true);
    let mut flags = vec![
        flag(names::FORMAT)
            .value_name("format")
            .value_parser(value_parser!(Format))
            .ignore_case(true)
            .default_value("auto")
            .help(
                "The output format. auto: pretty on a terminal, otherwise json. json, yaml: one document with the items of \
                all pages. jsonl: one item per line. pretty: for reading. raw: exactly what the server sent",
            )
            .help_heading("Output"),
        flag(names::TRANSFORM)
            .value_name("JSONPath")
            .value_parser(NonEmptyStringValueParser::new())
            .help("Print only the values that a JSONPath (RFC 9535) selects, for example '$.data[*].id'")
            .help_heading("Output"),
        flag(names::FORMAT_ERROR)
            .value_name("format")
            .value_parser(value_parser!(Format))
            .ignore_case(true)
            .default_value("auto")
            .help(
                "The format of errors on standard error. auto: text on a terminal or with --format yaml or pretty, \
                otherwise json. raw: exactly what the server sent",
            )
            .help_heading("Output"),
        flag(names::TRANSFORM_ERROR)
            .value_name("JSONPath")
            .value_parser(NonEmptyStringValueParser::new())
            .help("Print only the values that a JSONPath selects in an error, for example '$.error.message'")
            .help_heading("Output"),
        flag(names::RAW_OUTPUT)
            .short('r')
            .action(ArgAction::SetTrue)
            .help("Print strings without quotes")
            .help_heading("Output"),
        flag(names::COLOR)
            .value_name("when")
            .value_parser(["auto", "always", "never"])
            .default_value("auto")
            .help("When to use colors. auto: on a terminal, unless NO_COLOR is set")
            .help_heading("Output"),
        flag(names::DEBUG)
            .action(ArgAction::SetTrue)
            .help("Print requests and response headers on standard error, with credentials masked")
            .help_heading("Output"),
        flag(names::BASE_URL)
            .value_name("URL")
            .help(base_url_help())
            .help_heading("Client"),
        flag(names::TIMEOUT)
            .value_name("seconds")
            .value_parser(values::seconds)
            .default_value("600")
            .help("The time limit of one attempt, including the response body")
            .help_heading("Client"),
        flag(names::MAX_RETRIES)
            .value_name("integer")
            .value_parser(value_parser!(u32))
            .default_value("2")
            .help("The maximum number of retries")
            .help_heading("Client"),
    ];
    let settings = PROGRAM.settings.iter().map(|setting| {
        Arg::new(setting.flag)
            .long(setting.flag)
            .global(true)
            .value_name("string")
            .help(setting.about)
            .help_heading("Client")
    });
    flags.extend(settings);
    flags
}

fn base_url_help() -> String {
    let service = &crate::service::SERVICE;
    let default = match service.servers.first() {
        Some(server) if !server.url.is_empty() => format!(" [default: {}]", server.url),
        Some(_) | None => String::new(),
    };
    let env = service
        .base_url_env
        .map(|name| format!(" [env: {name}]"))
        .unwrap_or_default();
    format!("The base URL of the API{default}{env}")
}
