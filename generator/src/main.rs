//! The program, which runs the command line (see `command`).

mod command;

use std::process::ExitCode;

/// A run makes many small allocations, which take a quarter of its time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crate::command::main()
}
