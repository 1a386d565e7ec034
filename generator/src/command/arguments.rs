//! The arguments, and the help about them.
//!
//! In: the command line. Out: [`Arguments`] and [`Lints`]. Not here: defaults that depend on the file system (see `paths`).

use std::iter;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{
    ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use generator::is_package_name;
use generator::report::{Lint, Lints};
use generator::select::Selector;

/// Generates a complete Rust client crate from an OpenAPI document.
///
/// Unchanged files keep their modification time, files from an earlier run that are no longer generated are deleted, and
/// other files in the folder are not touched.
#[derive(Debug, Parser)]
#[command(name = "generator", version, max_term_width = 100, after_help = AFTER_HELP)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub task: Option<Task>,
    /// The OpenAPI document, YAML or JSON. `-` stands for standard input [default: spec/permissions.yaml of the workspace]
    pub spec: Option<PathBuf>,
    /// Apply an OpenAPI Overlay. Repeatable [default: spec/overlay.yaml, for the default SPEC]
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub overlay: Vec<PathBuf>,
    /// The folder of the emitted crate, required with a SPEC [default: generated, in the workspace]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the emitted crate [default: from the document]
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    pub name: Option<String>,
    /// Allow `$ref`s to files in this folder, which contains the document [default: the document's folder]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Generate only the operations that match, and the types that they need: `tag:NAME`, `path:/PATH` or
    /// `id:OPERATION_ID`. `*` matches any text. Repeatable
    #[arg(long, value_name = "SELECTOR", action = ArgAction::Append)]
    pub include: Vec<Selector>,
    /// Leave out the operations that match, even if they are included. Repeatable
    #[arg(long, value_name = "SELECTOR", action = ArgAction::Append)]
    pub exclude: Vec<Selector>,
    /// Turn a diagnostic into an error: a code, `warnings` or `notes`. Repeatable, or with commas
    #[arg(long, value_name = "CODE", value_delimiter = ',', action = ArgAction::Append)]
    pub deny: Vec<Lint>,
    /// Hide a diagnostic that is not an error. A code takes precedence over a level, and a later option over an earlier
    /// one
    #[arg(long, value_name = "CODE", value_delimiter = ',', action = ArgAction::Append)]
    pub allow: Vec<Lint>,
    /// Print diagnostics as text on standard error, or as JSON on standard output, one object per line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
    /// Write the reference as Markdown in the folder `docs` of the crate, or also as a static site
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DocsFormat::Markdown)]
    pub docs: DocsFormat,
    /// The folder of the static site, which may contain nothing else [default: site, in the folder of the crate]
    #[arg(long, value_name = "DIR")]
    pub docs_dir: Option<PathBuf>,
    /// Write nothing. Print a diff and exit with 1 if the folder is not up to date
    #[arg(long)]
    pub check: bool,
    /// Do not write the tests of the crate
    #[arg(long)]
    pub no_tests: bool,
    /// Do not write the command line client
    #[arg(long)]
    pub no_cli: bool,
    /// Do not write the reference
    #[arg(long, conflicts_with_all = ["docs", "docs_dir"])]
    pub no_docs: bool,
    /// Do not write the blocking calls
    #[arg(long)]
    pub no_blocking: bool,
    /// Print the time of each stage
    #[arg(long)]
    pub timings: bool,
    /// Print nothing unless there are errors
    #[arg(short, long)]
    pub quiet: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Anything but generating.
#[derive(Debug, Subcommand)]
pub enum Task {
    Init(InitArguments),
    Diff(DiffArguments),
}

/// Write an overlay to begin with: what was recognised in a document, and what can be said instead.
///
/// It has the credentials and their environment variables, the listings and what only looks like one, what names come from, and what is
/// left out. As it is, it changes nothing: its actions are comments. An existing file is not overwritten.
#[derive(Debug, Args)]
#[command(max_term_width = 100, after_help = AFTER_INIT_HELP)]
pub struct InitArguments {
    /// The OpenAPI document, YAML or JSON. `-` stands for standard input
    pub spec: PathBuf,
    /// The overlay
    #[arg(long, value_name = "FILE", default_value = "overlay.yaml")]
    pub out: PathBuf,
    /// The name of the crate [default: from the document]
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    pub name: Option<String>,
    /// Allow `$ref`s to files in this folder, which contains the document [default: the document's folder]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Print nothing unless there are errors
    #[arg(short, long)]
    pub quiet: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

const AFTER_INIT_HELP: &str = "\
Examples:
  generator init api.yaml
  generator init api.yaml --out names.yaml && generator api.yaml --overlay names.yaml --out client

Exit codes: 0 success, 1 the document has errors, or the file exists, 2 wrong usage";

/// Compare the clients of two documents: what breaks the code of those who use them, and what is added.
///
/// Both clients are generated in memory, and what their users can name is compared by Rust's rules: calls with their arguments, setters,
/// types with their fields and variants, credentials, features.
#[derive(Debug, Args)]
#[command(max_term_width = 100, after_help = AFTER_DIFF_HELP)]
pub struct DiffArguments {
    /// The OpenAPI document of the published client
    pub old: PathBuf,
    /// The OpenAPI document of the next one
    pub new: PathBuf,
    /// Apply an OpenAPI Overlay to both documents. Repeatable
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub overlay: Vec<PathBuf>,
    /// Apply an OpenAPI Overlay to OLD, instead of those of --overlay. Repeatable
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub old_overlay: Vec<PathBuf>,
    /// The name of both crates [default: from the documents]
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    pub name: Option<String>,
    /// Allow `$ref`s to files in this folder, which contains both documents [default: the folder of each]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Compare only the operations that match, and the types that they need, as when generating. Repeatable
    #[arg(long, value_name = "SELECTOR", action = ArgAction::Append)]
    pub include: Vec<Selector>,
    /// Leave out the operations that match, even if they are included. Repeatable
    #[arg(long, value_name = "SELECTOR", action = ArgAction::Append)]
    pub exclude: Vec<Selector>,
    /// Print the changes as text, or as one JSON object
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub format: MessageFormat,
    /// Do not print the summary
    #[arg(short, long)]
    pub quiet: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

const AFTER_DIFF_HELP: &str = "\
Examples:
  generator diff old.yaml new.yaml --name my-api
  git show v1.2.0:api.yaml > old.yaml && generator diff old.yaml api.yaml --overlay names.yaml
  generator diff old.yaml new.yaml --format json | jq -r .step

Exit codes: 0 nothing breaks, 1 something breaks, or a document has errors, 2 wrong usage";

const AFTER_HELP: &str = "\
Examples:
  generator                                        generate the client of this workspace
  generator --check                                exit with 1 unless it is up to date
  generator api.yaml --out client --name my-api    generate a client of another document
  generator api.json --overlay names.yaml --out client
  curl -L https://example.com/api.json | generator - --out client
  generator api.yaml --out client --include 'path:/v1/files*' --exclude tag:beta
  generator api.yaml --out client --deny warnings --allow webhooks
  generator api.yaml --out client --no-cli --no-docs --no-blocking
  generator api.yaml --out client --docs html      also write the reference as a static site
  generator init api.yaml                          write an overlay: what was recognised, what can be said
  generator diff old.yaml new.yaml                 what a new version of a document breaks

Exit codes: 0 success, 1 the document or an overlay has errors, or the folder is not up to date, 2 wrong usage";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocsFormat {
    Markdown,
    Html,
}

impl Arguments {
    /// Parses the arguments of the process, which ends here if they are wrong.
    pub fn parse_or_exit() -> (Self, Lints) {
        let matches = Self::command().get_matches();
        let arguments = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        let lints = lints(&matches, &arguments).unwrap_or_else(|error| error.exit());
        (arguments, lints)
    }
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

/// Returns the lints of `--deny` and `--allow`, in the order of the command line: a later one wins.
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
