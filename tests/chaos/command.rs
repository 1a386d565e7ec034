//! Concurrent calls against a server that fails at random: `cargo run --release -p tests --example chaos -- --seed 1 --calls 1000`
//!
//! In: seeds, and the number of calls. Out: how often each fault and each outcome was seen. If a call breaks a promise of the client,
//! this program says which, and exits with 1. Not here: the promises (see `check.rs`).

mod calls;
mod check;
mod faults;
mod run;

use std::fs::File;
use std::process::ExitCode;

use clap::Parser;

/// Concurrent calls against a server that fails at random.
#[derive(Parser)]
struct Arguments {
    /// The seed of the faults and of the calls. Can be given several times.
    #[arg(long = "seed", default_values_t = [1, 2, 3])]
    seeds: Vec<u64>,
    /// The number of calls, which are all made at once.
    #[arg(long, default_value_t = 1000)]
    calls: usize,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Client and server have a socket for each call, and repeated calls may need new ones.
    let files = 2 * arguments.calls + 200;
    if !can_open(files) {
        eprintln!("error: this needs {files} open files: `ulimit -n {files}` allows them");
        return ExitCode::FAILURE;
    }
    let mut code = ExitCode::SUCCESS;
    for seed in arguments.seeds {
        match run::run(seed, arguments.calls) {
            Ok(report) => {
                println!("{report}");
                if !report.violations.is_empty() {
                    code = ExitCode::FAILURE;
                }
            }
            Err(error) => {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    code
}

fn can_open(count: usize) -> bool {
    let files: Result<Vec<File>, _> = (0..count)
        .map(|_| std::env::current_exe().and_then(File::open))
        .collect();
    files.is_ok()
}
