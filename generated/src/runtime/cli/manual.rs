// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Manual pages.
//!
//! In: the whole grammar. Out: a manual page on standard output. Not here: its texts.

use std::io::{Write, stdout};

use clap::{ArgMatches, Command};
use clap_mangen::Man;

use super::failure::Failure;
use super::grammar::{self, Purpose};

/// Prints the manual page of the program, of a resource or of a command.
pub(crate) fn page(matches: &ArgMatches) -> Result<(), Failure> {
    let mut command = grammar::program(Purpose::Description);
    command.build();
    for id in ["resource", "command"] {
        if let Some(name) = matches.get_one::<String>(id) {
            command = below(&command, name)?;
        }
    }
    let mut text = Vec::new();
    Man::new(command).render(&mut text)?;
    let mut to = stdout().lock();
    to.write_all(&text)?;
    Ok(to.flush()?)
}

fn below(command: &Command, name: &str) -> Result<Command, Failure> {
    let found = command.find_subcommand(name).cloned();
    found.ok_or_else(|| Failure::usage(format!("there is no manual page for '{name}'")))
}
