//! The command line.
//!
//! In: arguments. Out: a folder with a crate, or a diff; status lines and diagnostics on standard error; an exit code. Not
//! here: anything that a library user could want (see `lib.rs`).

use std::env;
use std::io::{self, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::error::ErrorKind;
use clap::{ArgAction, ArgMatches, CommandFactory, FromArgMatches, Parser, ValueEnum};
use generator::read::LoadError;
use generator::report::{Diagnostics, Level, Lint, Lints};
use generator::select::{Selection, Selector};
use generator::write::Layout;
use generator::{
    Docs, File, Options, Output, Source, Summary, generate, is_package_name, render, write,
};

/// A run is many small allocations, a quarter of its time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A document with errors, or a stale folder.
const EXIT_FAILURE: u8 = 1;
/// Wrong arguments, or a missing file.
const EXIT_USAGE: u8 = 2;

const SPEC: &str = "spec/permissions.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const OUT: &str = "generated";
/// In the folder of the crate.
const SITE: &str = "site";

/// Generates a complete Rust client crate from an OpenAPI document.
///
/// Unchanged files keep their modification time, files from an earlier run that are no longer generated are deleted, and
/// other files in the folder are not touched.
#[derive(Debug, Parser)]
#[command(name = "generator", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Arguments {
    /// The OpenAPI document, YAML or JSON [default: spec/permissions.yaml of the workspace]
    spec: Option<PathBuf>,
    /// Apply an OpenAPI Overlay. Repeatable [default: spec/overlay.yaml, for the default SPEC]
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    overlay: Vec<PathBuf>,
    /// The folder of the emitted crate [default: generated, in the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the emitted crate [default: from the document]
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    name: Option<String>,
    /// Allow `$ref`s to files in this folder, which contains the document [default: the document's folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Generate only the operations that match, and the types that they need: `tag:NAME`, `path:/PATH` or
    /// `id:OPERATION_ID`. `*` matches any text. Repeatable
    #[arg(long, value_name = "SELECTOR", action = ArgAction::Append)]
    include: Vec<Selector>,
    /// Leave out the operations that match, even if they are included. Repeatable
    #[arg(long, value_name = "SELECTOR", action = ArgAction::Append)]
    exclude: Vec<Selector>,
    /// Turn a diagnostic into an error: a code, `warnings` or `notes`. Repeatable, or with commas
    #[arg(long, value_name = "CODE", value_delimiter = ',', action = ArgAction::Append)]
    deny: Vec<Lint>,
    /// Hide a diagnostic that is not an error. A code takes precedence over a level, and a later option over an earlier
    /// one
    #[arg(long, value_name = "CODE", value_delimiter = ',', action = ArgAction::Append)]
    allow: Vec<Lint>,
    /// Print diagnostics as text on standard error, or as JSON on standard output, one object per line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
    /// Write the reference as Markdown in the folder `docs` of the crate, or also as a static site
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DocsFormat::Markdown)]
    docs: DocsFormat,
    /// The folder of the static site, which may contain nothing else [default: site, in the folder of the crate]
    #[arg(long, value_name = "DIR")]
    docs_dir: Option<PathBuf>,
    /// Write nothing. Print a diff and exit with 1 if the folder is not up to date
    #[arg(long)]
    check: bool,
    /// Do not write the tests of the crate
    #[arg(long)]
    no_tests: bool,
    /// Print the time of each stage
    #[arg(long)]
    timings: bool,
    /// Print nothing unless there are errors
    #[arg(short, long)]
    quiet: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    color: Color,
}

const AFTER_HELP: &str = "\
Examples:
  generator                                        generate the client of this workspace
  generator --check                                exit with 1 unless it is up to date
  generator api.yaml --out client --name my-api    generate a client of another document
  generator api.json --overlay names.yaml --out client
  generator api.yaml --out client --include 'path:/v1/files*' --exclude tag:beta
  generator api.yaml --out client --deny warnings --allow webhooks
  generator api.yaml --out client --docs html      also write the reference as a static site

Exit codes: 0 success, 1 the document has errors or the folder is not up to date, 2 wrong usage";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DocsFormat {
    Markdown,
    Html,
}

fn crate_name(text: &str) -> Result<String, String> {
    match is_package_name(text) {
        true => Ok(text.to_owned()),
        false => Err(
            "a crate name consists of lower-case letters, digits, - and _, and starts with a letter"
                .into(),
        ),
    }
}

fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let lints = lints(&matches, &arguments).unwrap_or_else(|error| error.exit());
    let mut console = Console::new(&arguments);
    match run(&arguments, lints, &mut console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop { code, message }) => {
            if let Some(message) = message {
                console.error(&message);
            }
            ExitCode::from(code)
        }
    }
}

/// What is denied and allowed, in the order in which it was.
fn lints(matches: &ArgMatches, arguments: &Arguments) -> Result<Lints, clap::Error> {
    let given = |id: &str| matches.indices_of(id).into_iter().flatten();
    let deny = given("deny").zip(iter::repeat(true)).zip(&arguments.deny);
    let allow = given("allow")
        .zip(iter::repeat(false))
        .zip(&arguments.allow);
    let mut all: Vec<_> = deny.chain(allow).collect();
    all.sort_by_key(|((index, _), _)| *index);
    let mut lints = Lints::default();
    for ((_, denied), lint) in all {
        if denied {
            lints.deny(*lint);
        } else if let Err(error) = lints.allow(*lint) {
            return Err(Arguments::command().error(ErrorKind::ValueValidation, error));
        }
    }
    Ok(lints)
}

/// Why the program ends early.
struct Stop {
    code: u8,
    /// `None` where all has been said.
    message: Option<String>,
}

fn stop(code: u8, message: impl ToString) -> Stop {
    Stop {
        code,
        message: Some(message.to_string()),
    }
}

fn run(arguments: &Arguments, lints: Lints, console: &mut Console) -> Result<(), Stop> {
    let start = Instant::now();
    let paths = paths(arguments)?;
    let source = source(&paths, arguments).map_err(|error| stop(EXIT_USAGE, error))?;
    let options = Options {
        crate_name: arguments.name.clone(),
        selection: Selection {
            include: arguments.include.clone(),
            exclude: arguments.exclude.clone(),
        },
        no_tests: arguments.no_tests,
        lints,
        docs: match arguments.docs {
            DocsFormat::Markdown => Docs::Markdown,
            DocsFormat::Html => Docs::Html,
        },
    };
    let output = match generate(&source, &options) {
        Ok(output) => output,
        Err(failure) => {
            console.report(&failure.diagnostics, &source);
            let spec = paths.spec.display();
            let message = format!("{spec}: {failure}; nothing was generated");
            return Err(stop(EXIT_FAILURE, message));
        }
    };
    console.report(&output.diagnostics, &source);
    let last = Instant::now();
    let (stage, put): (_, Put) = match arguments.check {
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

fn source(paths: &Paths, arguments: &Arguments) -> Result<Source, LoadError> {
    let source = Source::open(&paths.spec, &paths.overlays)?;
    match &arguments.root {
        Some(root) => source.within(root),
        None => Ok(source),
    }
}

/// A folder, and what belongs into it.
struct Target<'a> {
    name: &'a str,
    files: &'a [File],
    folder: &'a Path,
    layout: Layout,
}

/// Writes or checks a folder.
type Put = fn(&Target, &mut Console, Instant) -> Result<(), Stop>;

fn targets<'a>(output: &'a Output, paths: &'a Paths, docs: Docs) -> Vec<Target<'a>> {
    let mut targets = vec![Target {
        name: &output.package,
        files: &output.files,
        folder: &paths.out,
        layout: Layout::Crate,
    }];
    if docs == Docs::Html {
        targets.push(Target {
            name: "the site",
            files: &output.site,
            folder: &paths.site,
            layout: Layout::Site,
        });
    }
    targets
}

fn save(target: &Target, console: &mut Console, start: Instant) -> Result<(), Stop> {
    let changes = write::write(target.files, target.folder, target.layout)
        .map_err(|error| stop(EXIT_FAILURE, error))?;
    let changed = match (changes.written.len(), changes.deleted.len()) {
        (0, 0) => "none changed".to_owned(),
        (written, 0) => format!("{written} changed"),
        (written, deleted) => format!("{written} changed, {deleted} deleted"),
    };
    console.done("Generated", target, &changed, start);
    Ok(())
}

fn check(target: &Target, console: &mut Console, start: Instant) -> Result<(), Stop> {
    let (changes, diff) = write::check(target.files, target.folder, target.layout)
        .map_err(|error| stop(EXIT_FAILURE, error))?;
    console.diff(&diff);
    if changes.is_empty() {
        console.done("Checked", target, "up to date", start);
        return Ok(());
    }
    let what = match changes.len() {
        1 => "1 file differs".to_owned(),
        many => format!("{many} files differ"),
    };
    Err(stop(
        EXIT_FAILURE,
        format!(
            "{} is not up to date: {what}; run the generator without --check",
            target.folder.display()
        ),
    ))
}

fn seconds(time: Duration) -> String {
    format!("{:.2}s", time.as_secs_f64())
}

struct Paths {
    spec: PathBuf,
    overlays: Vec<PathBuf>,
    out: PathBuf,
    site: PathBuf,
}

/// What the arguments say, and for the rest the files of the workspace that the program is started in.
fn paths(arguments: &Arguments) -> Result<Paths, Stop> {
    let root = workspace();
    let inside = |path: &str| {
        root.as_ref()
            .map_or_else(|| PathBuf::from(path), |root| root.join(path))
    };
    let mut overlays = arguments.overlay.clone();
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None if root.is_none() => {
            return Err(stop(
                EXIT_USAGE,
                format!(
                    "there is no {SPEC} here or in a parent folder: pass the path of a document"
                ),
            ));
        }
        None => {
            if overlays.is_empty() && inside(OVERLAY).is_file() {
                overlays.push(inside(OVERLAY));
            }
            inside(SPEC)
        }
    };
    let out = arguments.out.clone().unwrap_or_else(|| inside(OUT));
    let site = match (&arguments.docs_dir, arguments.docs) {
        (Some(_), DocsFormat::Markdown) => {
            return Err(stop(EXIT_USAGE, "--docs-dir requires --docs html"));
        }
        (Some(folder), DocsFormat::Html) => folder.clone(),
        (None, DocsFormat::Markdown | DocsFormat::Html) => out.join(SITE),
    };
    Ok(Paths {
        spec,
        overlays,
        out,
        site,
    })
}

/// The nearest folder, from the current one upwards, that holds the default document; under `cargo run`, Cargo knows one, too.
/// It is relative where it can be, since it stands in messages.
fn workspace() -> Option<PathBuf> {
    let here = env::current_dir().ok();
    let above = here.iter().flat_map(|here| here.ancestors()).enumerate();
    let mut above = above.map(|(up, path)| (PathBuf::from_iter(vec![".."; up]), path.to_owned()));
    let found = above
        .find(|(_, path)| path.join(SPEC).is_file())
        .map(|(relative, _)| relative);
    found.or_else(|| {
        let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
        let root = package.parent()?.to_owned();
        root.join(SPEC).is_file().then_some(root)
    })
}

/// Standard error and standard output, with colors or without.
struct Console {
    err: AutoStream<io::Stderr>,
    out: AutoStream<io::Stdout>,
    quiet: bool,
    format: MessageFormat,
}

const GREEN: Style = AnsiColor::Green.on_default().bold();
const RED: Style = AnsiColor::Red.on_default().bold();

/// A closed pipe is no reason to panic, so writing ignores errors.
impl Console {
    fn new(arguments: &Arguments) -> Self {
        let choice = match arguments.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            err: AutoStream::new(io::stderr(), choice),
            out: AutoStream::new(io::stdout(), choice),
            quiet: arguments.quiet,
            format: arguments.message_format,
        }
    }

    /// A line in Cargo's manner: a green verb on the right of 12 columns.
    fn status(&mut self, verb: &str, text: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "{GREEN}{verb:>12}{GREEN:#} {text}");
        }
    }

    fn done(&mut self, verb: &str, target: &Target, how: &str, start: Instant) {
        let (name, count) = (target.name, target.files.len());
        let time = seconds(start.elapsed());
        self.status(verb, &format!("{name} ({count} files, {how}) in {time}"));
    }

    /// How much of the document the crate covers, and where the rest is listed.
    fn summary(&mut self, output: &Output, out: &Path) {
        let Summary {
            operations,
            skipped,
            untyped,
            ..
        } = &output.summary;
        let warnings = match output.diagnostics.count(Level::Warning) {
            1 => "1 warning".to_owned(),
            many => format!("{many} warnings"),
        };
        let mut text = format!(
            "{operations} of {} operations, {warnings}",
            operations + skipped
        );
        if *skipped > 0 || untyped.keys().any(|reason| *reason != "free-form") {
            let gaps = out.join("docs/untyped.md");
            text.push_str(&format!(", see {}", gaps.display()));
        }
        self.status("Summary", &text);
    }

    fn error(&mut self, text: &str) {
        let _ = writeln!(self.err, "{RED}error{RED:#}: {text}");
    }

    fn report(&mut self, diagnostics: &Diagnostics, source: &Source) {
        if self.format == MessageFormat::Json {
            let _ = self
                .out
                .write_all(render::json(diagnostics, source).as_bytes());
            return;
        }
        if diagnostics.is_empty() || (self.quiet && !diagnostics.has_errors()) {
            return;
        }
        // The stream strips escapes where colors are not wanted.
        let text = render::text(diagnostics, source, render::Style::Ansi);
        let _ = writeln!(self.err, "{}", text.trim_end());
    }

    fn diff(&mut self, diff: &str) {
        for line in diff.lines() {
            let style = match line.chars().next() {
                Some('+') => AnsiColor::Green.on_default(),
                Some('-') => AnsiColor::Red.on_default(),
                Some('@') => AnsiColor::Cyan.on_default(),
                Some(_) | None => Style::new(),
            };
            let _ = match self.format {
                MessageFormat::Human => writeln!(self.out, "{style}{line}{style:#}"),
                // Standard output has JSON, and nothing else.
                MessageFormat::Json => writeln!(self.err, "{style}{line}{style:#}"),
            };
        }
    }

    fn timings(&mut self, timings: &[(&'static str, Duration)]) {
        for (stage, time) in timings {
            let _ = writeln!(
                self.err,
                "{GREEN}{stage:>12}{GREEN:#} {:>9.3} ms",
                time.as_secs_f64() * 1000.0
            );
        }
        let total: Duration = timings.iter().map(|(_, time)| *time).sum();
        let _ = writeln!(
            self.err,
            "{GREEN}{:>12}{GREEN:#} {:>9.3} ms",
            "total",
            total.as_secs_f64() * 1000.0
        );
    }
}
