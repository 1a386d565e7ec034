//! Tests of the command line client as a process, against the fake server.
//!
//! In: arguments, standard input, environment variables. Out: its output, its exit code, and the requests that the server
//! received. Not here: how commands are emitted (see `generator/`), the library (see `client`).

mod commands;
mod credentials;
mod failures;
mod formats;
mod help;
mod pipes;
mod setup;
mod terminal;
mod wire;
