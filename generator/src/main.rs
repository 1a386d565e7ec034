//! The program, which runs the command line (see `command`).

mod command;

use std::process::ExitCode;

/// With the system's allocator, the many small allocations of a run would take a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crate::command::main()
}
