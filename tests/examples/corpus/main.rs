//! Compiles the crates of all documents of a folder: `cargo run --release -p tests --example corpus -- DIR [NAME]...`
//!
//! In: documents. Out: one workspace below the target directory, and a table of the cost of each document and its crate. If a crate
//! does not generate or compile, or a check fails, its row ends with `FAILED`, and this program exits with 1. Not here: the content of
//! the crates.
//!
//! With `--faults`, the samples of the emitted tests get values of the wrong type at random places, the same in each run. The path of
//! the error must be that place, or that of a union around it which gives its reasons: "wrong decode paths: N of M".
//!
//! With `--judge`, the judge of components makes values of the document's schemas: "components whole: N of M", "variants that no value is
//! read as: N of M", "constructors of variants without their tag: N of M". It needs Python, see `../../judges/components.py`.
//! With `--odd-names`, the table has counts of names instead: methods that have one of the five most frequent names, resources with
//! one operation, methods called `list` whose responses have no list, names with a number or an underscore that the document does
//! not have, documentation that says no more than the name, fields with three states, and constructors with more than five arguments.
//!
//! Processes are measured from outside, including the processes that they start: `user` is their user time in seconds, and `MiB`
//! the peak memory of the largest of them. Dependencies are built before anything is measured. The start of a command line is
//! measured several times: the table has the medians of processor time and of elapsed time.

mod code;
mod faulty;
mod generation;
mod judged;
mod measurement;
mod messages;
mod names;
mod process;
mod selection;
mod start;
mod table;
mod types;
mod workspace;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use generation::generated;
use judged::Judged;
use selection::{Arguments, chosen};
use table::{Row, head};
use workspace::Workspace;

/// The allocator of the generator's binary, so that time and memory are the same.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An error message.
type Fault = String;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the table, and returns the number of documents that failed.
fn run(arguments: &Arguments) -> Result<usize, Fault> {
    let here = env::current_exe().map_err(fault("this program"))?;
    // target/PROFILE/examples/corpus
    let target = here.ancestors().nth(3).unwrap_or(Path::new("target"));
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| target.join("corpus"));
    let chosen = chosen(arguments)?;
    if arguments.generate {
        let [document] = chosen.as_slice() else {
            return Err("--generate takes the name of one document".into());
        };
        println!("{}", generated(document, &out, arguments.faults)?);
        return Ok(0);
    }
    if arguments.odd_names {
        names::print(&chosen)?;
        return Ok(0);
    }
    let workspace = Workspace { folder: out };
    let mut faults = Vec::new();
    let mut crates = Vec::new();
    for document in &chosen {
        match workspace.generate(arguments, document) {
            Ok(made) => crates.push(made),
            Err(fault) => {
                println!("{:<24} FAILED: generate", document.name);
                faults.push(fault);
            }
        }
    }
    workspace.lay_out(&crates)?;
    println!("{}", head(arguments));
    let mut failed = 0;
    let (mut wrong, mut errors) = (0, 0);
    let mut judged = Judged::default();
    for made in &crates {
        let mut row = Row::new(made);
        if let Err(fault) = workspace.measure(made, arguments, &mut row) {
            row.fail("dependencies", fault);
        }
        if arguments.faults {
            match workspace.faults(made, &mut row) {
                Ok(found) => {
                    wrong += found.wrong.len();
                    errors += found.errors;
                }
                Err(fault) => row.fail("faults", fault),
            }
        }
        if arguments.judge {
            let document = chosen.iter().find(|it| it.name == made.document);
            let document = document.ok_or("a crate has no document")?;
            match workspace.judged(arguments, document, &made.package, &mut row) {
                Ok(counts) => judged += counts,
                Err(fault) => row.fail("judge", fault),
            }
        }
        println!("{}", row.shown());
        failed += usize::from(!row.faults.is_empty());
        faults.extend(row.faults);
    }
    failed += chosen.len() - crates.len();
    for fault in &faults {
        eprintln!("{fault}");
    }
    if arguments.faults {
        println!("wrong decode paths: {wrong} of {errors}");
    }
    if arguments.judge {
        print!("{}", judged.shown());
    }
    println!(
        "{} of {} documents are as they should be, {failed} FAILED",
        chosen.len() - failed,
        chosen.len()
    );
    Ok(failed)
}

fn fault<E: std::fmt::Display>(what: impl std::fmt::Display) -> impl FnOnce(E) -> Fault {
    move |error| format!("{what}: {error}")
}
