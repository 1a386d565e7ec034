// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Completions and manual pages, from the grammar.
//!
//! Comes in: the whole grammar. Goes out: text on standard output. Must not be here: the texts themselves.

use std::io::{Write, stdout};

use clap::{ArgMatches, Command};
use clap_complete::Shell;
use clap_mangen::Man;

use super::failure::Failure;
use super::grammar::{self, Purpose, SHELLS};
use crate::cli::PROGRAM;

/// Whether there are completions for a shell.
pub(crate) fn is_shell(name: &str) -> bool {
    SHELLS.iter().any(|(shell, _)| *shell == name)
}

/// Prints what a shell needs to complete arguments.
pub(crate) fn completions(shell: &str) -> Result<(), Failure> {
    let shell: Shell = shell.parse().map_err(Failure::Usage)?;
    let mut text = Vec::new();
    clap_complete::generate(
        shell,
        &mut grammar::program(Purpose::Description),
        PROGRAM.name,
        &mut text,
    );
    print(&text)
}

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
    print(&text)
}

fn below(command: &Command, name: &str) -> Result<Command, Failure> {
    let found = command.find_subcommand(name).cloned();
    found.ok_or_else(|| Failure::usage(format!("there is no manual of '{name}'")))
}

fn print(text: &[u8]) -> Result<(), Failure> {
    let mut to = stdout().lock();
    to.write_all(text)?;
    Ok(to.flush()?)
}
