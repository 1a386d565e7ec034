//! The command line.
//!
//! In: arguments. Out: a folder with a crate, a diff of it, an overlay, or the changes between two documents; status lines and
//! diagnostics on standard error; an exit code.
//! Not here: anything that users of the library need, too (see `lib.rs`).

mod arguments;
mod console;
mod diff;
mod exit;
mod init;
mod paths;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use generator::report::Lints;
use generator::select::Selection;
use generator::write::{Changes, Layout};
use generator::{Docs, File, LeftOut, Options, Output, compare_update, write};

use arguments::{Arguments, DiffArguments, DocsFormat, MessageFormat, Task};
use console::Console;
use exit::{EXIT_FAILURE, EXIT_SUCCESS, EXIT_USAGE, ExitError, exit_error, generated, opened};
use paths::{Paths, paths};

/// Runs the program.
pub fn main() -> ExitCode {
    let (arguments, lints) = Arguments::parse_or_exit();
    let (mut console, result) = match &arguments.task {
        Some(Task::Diff(arguments)) => {
            let DiffArguments {
                color,
                quiet,
                format,
                ..
            } = arguments;
            let mut console = Console::new(*color, *quiet, *format);
            let result = diff::run(arguments, &mut console);
            (console, result)
        }
        Some(Task::Init(arguments)) => {
            let mut console = Console::new(arguments.color, arguments.quiet, MessageFormat::Human);
            let result = init::run(arguments, &mut console);
            (console, result.map(|()| EXIT_SUCCESS))
        }
        None => {
            let mut console =
                Console::new(arguments.color, arguments.quiet, arguments.message_format);
            let result = run(&arguments, lints, &mut console);
            (console, result.map(|()| EXIT_SUCCESS))
        }
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(ExitError { code, message }) => {
            console.error(&message);
            ExitCode::from(code)
        }
    }
}

fn run(arguments: &Arguments, lints: Lints, console: &mut Console) -> Result<(), ExitError> {
    let start = Instant::now();
    let paths = paths(arguments).map_err(|error| exit_error(EXIT_USAGE, error))?;
    let source = opened(&paths.spec, &paths.overlays, arguments.root.as_deref())?;
    let options = Options {
        crate_name: arguments.name.clone(),
        selection: Selection {
            include: arguments.include.clone(),
            exclude: arguments.exclude.clone(),
        },
        no_tests: arguments.no_tests,
        left_out: LeftOut {
            cli: arguments.no_cli,
            docs: arguments.no_docs,
            blocking: arguments.no_blocking,
        },
        lints,
        docs: match arguments.docs {
            DocsFormat::Markdown => Docs::Markdown,
            DocsFormat::Html => Docs::Html,
        },
        places: false,
    };
    let output = generated(&source, &options, console)?;
    console.report(&output.diagnostics, &source);
    let last = Instant::now();
    let (stage, put): (_, OutputAction) = match arguments.check {
        true => ("check", check),
        false => ("write", save),
    };
    let mut result = Ok(());
    for target in targets(&output, &paths, options.docs) {
        result = result.and(put(&target, console, start));
    }
    if result.is_ok() {
        console.summary(&output, &paths.out);
    }
    if arguments.timings {
        let mut timings = output.timings;
        timings.push((stage, last.elapsed()));
        console.timings(&timings);
    }
    result
}

/// A folder, and the files that belong in it.
struct OutputFolder<'a> {
    name: &'a str,
    files: &'a [File],
    folder: &'a Path,
    layout: Layout,
}

impl OutputFolder<'_> {
    fn status(&self, how: &str) -> String {
        format!("{} ({} files, {how})", self.name, self.files.len())
    }
}

/// Writes or checks a folder.
type OutputAction = fn(&OutputFolder, &mut Console, Instant) -> Result<(), ExitError>;

fn targets<'a>(output: &'a Output, paths: &'a Paths, docs: Docs) -> Vec<OutputFolder<'a>> {
    let mut targets = vec![OutputFolder {
        name: &output.package,
        files: &output.files,
        folder: &paths.out,
        layout: Layout::Crate,
    }];
    if docs == Docs::Html {
        targets.push(OutputFolder {
            name: "the site",
            files: &output.site,
            folder: &paths.site,
            layout: Layout::Site,
        });
    }
    targets
}

fn save(target: &OutputFolder, console: &mut Console, start: Instant) -> Result<(), ExitError> {
    let changes = write::write(target.files, target.folder, target.layout)
        .map_err(|error| exit_error(EXIT_FAILURE, error))?;
    let changed = match (changes.written.len(), changes.deleted.len()) {
        (0, 0) => "none changed".to_owned(),
        (written, 0) => format!("{written} changed"),
        (written, deleted) => format!("{written} changed, {deleted} deleted"),
    };
    console.done("Generated", &target.status(&changed), start);
    summarize(target, &changes, console);
    Ok(())
}

/// Says what the changes of a crate break for those who use it.
fn summarize(target: &OutputFolder, changes: &Changes, console: &mut Console) {
    if target.layout != Layout::Crate || changes.earlier.is_empty() {
        return;
    }
    // A crate that was edited so that it is no Rust has no earlier surface.
    if let Ok(diff) = compare_update(target.files, changes) {
        console.changes(&diff);
    }
}

fn check(target: &OutputFolder, console: &mut Console, start: Instant) -> Result<(), ExitError> {
    let (changes, diff) = write::check(target.files, target.folder, target.layout)
        .map_err(|error| exit_error(EXIT_FAILURE, error))?;
    console.diff(&diff);
    summarize(target, &changes, console);
    if changes.is_empty() {
        console.done("Checked", &target.status("up to date"), start);
        return Ok(());
    }
    let what = match changes.len() {
        1 => "1 file differs".to_owned(),
        many => format!("{many} files differ"),
    };
    Err(exit_error(
        EXIT_FAILURE,
        format!(
            "{} is not up to date: {what}; run the generator without --check",
            target.folder.display()
        ),
    ))
}
