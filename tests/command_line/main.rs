//! The command line client as a process, against the fake server.
//!
//! In: arguments, standard input, variables. Out: what it prints, its exit code, what the server was asked. Not here: how
//! commands are emitted (see `generator/`), the library below it (see `client`).

mod commands;
mod failures;
mod formats;
mod help;
mod setup;
mod terminal;
mod wire;
