//! Tests of the generator as a library: its output and diagnostics for documents in memory.
//!
//! In: `fixtures/` and the home document. Out: `snapshots/`. Not here: the command line (see `cli.rs`), the emitted client at run
//! time (see `client/`), whether emitted code compiles (see `compile/`).

mod coverage;
mod determinism;
mod diagnostics;
mod files;
mod home;
#[path = "../operations.rs"]
mod operations;
mod schema_types;
mod setup;
mod snapshots;
