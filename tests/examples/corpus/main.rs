//! Compiles the crates of all documents of a folder: `cargo run --release -p tests --example corpus -- DIR [NAME]...`
//!
//! In: documents. Out: one workspace below the target directory, and a table of what each document and its crate cost. Where a
//! crate does not generate or compile, or has findings, its row ends with `FAILED`, and this program exits with 1. Not here: what
//! the crates look like.
//!
//! Processes are measured from outside, with all processes that they start: `user` is their user time in seconds, `MiB` the
//! peak memory of the largest of them. Dependencies are built before anything is measured. The start of a command line is
//! measured several times: the table has the medians of processor time and of elapsed time.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, io};

use clap::Parser;
use generator::{Options, Source, generate, render, write};
use serde_json::{Value, json};
use tests::corpus::{Document, documents};
use wait4::Wait4;

/// Generates and checks a crate for each document of a folder.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of the documents
    folder: PathBuf,
    /// Documents whose names begin so [default: all]
    names: Vec<String>,
    /// Count what clippy finds
    #[arg(long)]
    clippy: bool,
    /// Count the warnings of rustdoc
    #[arg(long)]
    doc: bool,
    /// Run the emitted tests
    #[arg(long)]
    test: bool,
    /// Build the command line, compare its commands with the operations, and measure how long it takes to start
    #[arg(long)]
    cli: bool,
    /// The folder of the crates [default: corpus, in the target directory]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Generate one document into `--out` and print its counts as JSON. This program calls itself so, to be measured
    #[arg(long, hide = true)]
    generate: bool,
}

/// The allocator of the generator's binary, so that time and memory are the same as there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The processor time that a start of a command line may take, as a debug build.
const START: Duration = Duration::from_millis(20);
/// A debug build of clap proves each grammar right at each start, which takes longer than the rest of it. Nobody installs that.
const UNPROVEN: &str = "[profile.dev.package.clap_builder]\ndebug-assertions = false\n";
/// The largest type that a crate may have, in bytes.
const LARGEST: usize = 2048;
/// The deepest stack that a call may need in a debug build, in KiB.
const STACK: usize = 256;
/// The number of starts that are measured.
const STARTS: usize = 31;

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
        println!("{}", generated(document, &out)?);
        return Ok(0);
    }
    let workspace = Workspace { folder: out };
    let mut faults = Vec::new();
    let mut crates = Vec::new();
    for document in &chosen {
        match workspace.generate(&arguments.folder, document) {
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
    for made in &crates {
        let mut row = Row::new(made);
        if let Err(fault) = workspace.measure(made, arguments, &mut row) {
            row.fail("dependencies", fault);
        }
        println!("{}", row.shown());
        failed += usize::from(!row.faults.is_empty());
        faults.extend(row.faults);
    }
    failed += chosen.len() - crates.len();
    for fault in &faults {
        eprintln!("{fault}");
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

fn chosen(arguments: &Arguments) -> Result<Vec<Document>, Fault> {
    let all = documents(&arguments.folder).map_err(fault(arguments.folder.display()))?;
    let named = |name: &String| {
        all.iter()
            .any(|document| document.name.starts_with(name.as_str()))
    };
    if let Some(unknown) = arguments.names.iter().find(|name| !named(name)) {
        return Err(format!("no document's name begins with {unknown}"));
    }
    let wanted = |document: &Document| {
        arguments.names.is_empty()
            || arguments
                .names
                .iter()
                .any(|name| document.name.starts_with(name.as_str()))
    };
    Ok(all.into_iter().filter(wanted).collect())
}

/// Generates one document and prints its counts.
fn generated(document: &Document, out: &Path) -> Result<Value, Fault> {
    let mut source = Source::open(&document.path, &[]).map_err(fault(&document.name))?;
    if let Some(root) = &document.root {
        source = source.within(root).map_err(fault(&document.name))?;
    }
    let package = package(document);
    let options = Options {
        crate_name: Some(package.clone()),
        ..Options::default()
    };
    let start = Instant::now();
    let output = generate(&source, &options).map_err(|failure| {
        let said = render::text(&failure.diagnostics, &source, render::Style::Plain);
        format!("{}: {said}", document.name)
    })?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    write::write(&output.files, &out.join(&package), write::Layout::Crate)
        .map_err(fault(&document.name))?;
    let rust = output
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"));
    Ok(json!({
        "operations": output.summary.operations,
        "types": output.summary.types,
        "lines": rust.map(|file| file.text.lines().count()).sum::<usize>(),
        "ms": ms,
    }))
}

/// A name that no other document's crate has.
fn package(document: &Document) -> String {
    let name = document
        .name
        .rsplit_once('.')
        .map_or(document.name.as_str(), |(stem, _)| stem);
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    format!("corpus-{}", name.chars().map(plain).collect::<String>())
}

/// An emitted crate.
struct Crate {
    document: String,
    package: String,
    operations: u64,
    types: u64,
    lines: u64,
    ms: f64,
    generating: Usage,
}

/// The resources that a process used, with its children.
struct Usage {
    user: f64,
    mib: u64,
    success: bool,
    stdout: String,
}

/// Runs a command with its standard error in a file.
fn measured(command: &mut Command, log: &Path) -> io::Result<Usage> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(File::create(log)?)
        .spawn()?;
    let mut stdout = String::new();
    if let Some(mut pipe) = child.stdout.take() {
        pipe.read_to_string(&mut stdout)?;
    }
    let used = child.wait4()?;
    Ok(Usage {
        user: used.rusage.utime.as_secs_f64(),
        mib: used.rusage.maxrss >> 20,
        success: used.status.success(),
        stdout,
    })
}

/// The emitted crates, which share their dependencies.
struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    fn log(&self, package: &str, step: &str) -> Result<PathBuf, Fault> {
        let folder = self.folder.join("logs");
        fs::create_dir_all(&folder).map_err(fault(folder.display()))?;
        Ok(folder.join(format!("{package}.{step}.log")))
    }

    /// Generates in a process of its own, so that its memory is its own.
    fn generate(&self, folder: &Path, document: &Document) -> Result<Crate, Fault> {
        let package = package(document);
        let log = self.log(&package, "generate")?;
        let this = env::current_exe().map_err(fault("this program"))?;
        let mut command = Command::new(this);
        command
            .arg("--generate")
            .arg("--out")
            .arg(&self.folder)
            .arg(folder)
            .arg(&document.name);
        let generating = measured(&mut command, &log).map_err(fault(&document.name))?;
        if !generating.success {
            let said = fs::read_to_string(&log).unwrap_or_default();
            return Err(format!(
                "{} does not generate: {}",
                document.name,
                said.trim_end()
            ));
        }
        let made: Value =
            serde_json::from_str(&generating.stdout).map_err(fault(&document.name))?;
        let count = |key: &str| made[key].as_u64().unwrap_or_default();
        Ok(Crate {
            document: document.name.clone(),
            package,
            operations: count("operations"),
            types: count("types"),
            lines: count("lines"),
            ms: made["ms"].as_f64().unwrap_or_default(),
            generating,
        })
    }

    /// Makes a workspace of these crates, with the versions of dependencies that ours has.
    fn lay_out(&self, crates: &[Crate]) -> Result<(), Fault> {
        let members: Vec<&str> = crates.iter().map(|made| made.package.as_str()).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = false\n\n{UNPROVEN}"
        );
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::write(self.folder.join("Cargo.toml"), manifest).map_err(fault("Cargo.toml"))?;
        fs::copy(ours, self.folder.join("Cargo.lock")).map_err(fault("Cargo.lock"))?;
        Ok(())
    }

    fn cargo(&self, package: &str, step: &str, arguments: &[&str]) -> Result<Usage, Fault> {
        let mut command = self.command(arguments, package);
        measured(&mut command, &self.log(package, step)?).map_err(fault(step))
    }

    fn command(&self, arguments: &[&str], package: &str) -> Command {
        let (cargo, program) = match arguments.iter().position(|argument| *argument == "--") {
            Some(at) => arguments.split_at(at),
            None => (arguments, &[][..]),
        };
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for name in [
            "CARGO_ENCODED_RUSTFLAGS",
            "RUSTDOCFLAGS",
            "CARGO_INCREMENTAL",
        ] {
            command.env_remove(name);
        }
        command
            .current_dir(&self.folder)
            .args(cargo)
            .args(["--offline", "--package", package])
            .args(program)
            .env("RUSTFLAGS", "-D warnings")
            .env("CARGO_TARGET_DIR", self.folder.join("target"));
        command
    }

    fn measure(&self, made: &Crate, arguments: &Arguments, row: &mut Row) -> Result<(), Fault> {
        let root = self.folder.join(&made.package).join("src/lib.rs");
        let text = fs::read_to_string(&root).map_err(fault(root.display()))?;
        self.warm(made, &root, &text)?;
        let fresh = self.cargo(&made.package, "check", &["check"])?;
        row.cells(&[format!("{:.1}", fresh.user), fresh.mib.to_string()]);
        row.must(fresh.success, made, "check", "check");
        fs::write(&root, &text).map_err(fault(root.display()))?;
        let again = self.cargo(&made.package, "recheck", &["check"])?;
        row.cells(&[format!("{:.1}", again.user), again.mib.to_string()]);
        for (wanted, step) in [(arguments.clippy, "clippy"), (arguments.doc, "doc")] {
            if wanted {
                let more: &[&str] = if step == "doc" { &["--no-deps"] } else { &[] };
                let used = self.cargo(
                    &made.package,
                    step,
                    &[&[step, "--message-format", "json"], more].concat(),
                )?;
                let found = findings(&used.stdout);
                let log = self.log(&made.package, &format!("{step}-findings"))?;
                fs::write(&log, found.join("\n")).map_err(fault(log.display()))?;
                row.cells(&[found.len().to_string()]);
                let log = match found.is_empty() {
                    true => step.to_owned(),
                    false => format!("{step}-findings"),
                };
                row.must(used.success && found.is_empty(), made, step, &log);
            }
        }
        if arguments.test {
            let used = self.cargo(
                &made.package,
                "test",
                &["test", "--tests", "--no-fail-fast"],
            )?;
            let (passed, failed) = results(&used.stdout);
            row.cells(&[
                format!("{passed}/{}", passed + failed),
                format!("{:.1}", used.user),
                used.mib.to_string(),
            ]);
            let log = self.log(&made.package, "test-output")?;
            fs::write(&log, &used.stdout).map_err(fault(log.display()))?;
            let log = match failed {
                0 => "test",
                _ => "test-output",
            };
            row.must(used.success, made, "test", log);
            self.sizes(made, row)?;
            self.stack(made, row)?;
        }
        match arguments.cli {
            true => self.command_line(made, row),
            false => Ok(()),
        }
    }

    /// Adds a test that knows the sizes of all types to the crate, and runs it.
    fn sizes(&self, made: &Crate, row: &mut Row) -> Result<(), Fault> {
        let folder = self.folder.join(&made.package);
        let mut types = Vec::new();
        read_types(&folder.join("src"), &mut types).map_err(fault(folder.display()))?;
        let path = folder.join("tests/sizes.rs");
        fs::write(&path, sizes_test(&made.package, &types)).map_err(fault(path.display()))?;
        let arguments = ["test", "--test", "sizes", "--", "--nocapture"];
        let used = self.cargo(&made.package, "sizes", &arguments)?;
        let largest = used
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix("largest: "));
        let (size, name) = largest
            .and_then(|line| line.split_once(' '))
            .unwrap_or(("?", ""));
        row.cells(&[size.to_owned()]);
        if !size.parse().is_ok_and(|size: usize| size <= LARGEST) {
            let text = format!("{}: a value of {name} has {size} bytes", made.document);
            row.fail("size", text);
        }
        Ok(())
    }

    /// Runs the emitted tests on ever smaller stacks: each test makes a call, from encoding its request to decoding its reply.
    fn stack(&self, made: &Crate, row: &mut Row) -> Result<(), Fault> {
        let runs = |kib: usize| {
            let mut command = self.command(&["test", "--tests"], &made.package);
            command.env("TEST_STACK", kib.to_string());
            let used = measured(&mut command, &self.log(&made.package, "stack")?);
            used.map(|used| used.success).map_err(fault("stack"))
        };
        let (mut low, mut high) = (0, 2 * STACK);
        while high - low > STACK / 16 {
            let middle = (low + high) / 2;
            match runs(middle)? {
                true => high = middle,
                false => low = middle,
            }
        }
        row.cells(&[high.to_string()]);
        if high > STACK {
            row.fail(
                "stack",
                format!("{}: see logs/{}.stack.log", made.document, made.package),
            );
        }
        Ok(())
    }

    /// Builds the command line and reads its help, which takes the whole table.
    fn command_line(&self, made: &Crate, row: &mut Row) -> Result<(), Fault> {
        let used = self.cargo(
            &made.package,
            "cli",
            &["build", "--features", "cli", "--message-format", "json"],
        )?;
        row.cells(&[format!("{:.1}", used.user)]);
        row.must(used.success, made, "cli", "cli");
        let Some(program) = executable(&used.stdout) else {
            return Ok(());
        };
        let log = self.log(&made.package, "help")?;
        let help = measured(Command::new(&program).arg("--help"), &log);
        let help = help.map_err(fault(program.display()))?;
        fs::write(&log, &help.stdout).map_err(fault(log.display()))?;
        let commands = commands(&help.stdout);
        row.cells(&[format!("{}/{}", commands.len(), made.operations)]);
        let all = u64::try_from(commands.len()) == Ok(made.operations);
        row.must(all && help.success, made, "commands", "help");
        let one = commands.last().cloned().unwrap_or_default();
        for before in [&[][..], &one] {
            let start = start(&program, before).map_err(fault(program.display()))?;
            row.cells(&[start.shown()]);
            if start.cpu > START {
                let text = format!("{}: {before:?} --help: {}", made.document, start.shown());
                row.fail("start", text);
            }
        }
        Ok(())
    }

    /// Builds the dependencies, and leaves nothing of the crate itself.
    fn warm(&self, made: &Crate, root: &Path, text: &str) -> Result<(), Fault> {
        fs::write(root, "//! Nothing yet.\n").map_err(fault(root.display()))?;
        let warmed = self.cargo(&made.package, "warm", &["check"]);
        fs::write(root, text).map_err(fault(root.display()))?;
        if !warmed?.success {
            let log = self.log(&made.package, "warm")?;
            return Err(format!(
                "the dependencies do not compile: see {}",
                log.display()
            ));
        }
        let state = self.folder.join("target/debug/incremental");
        let prefix = made.package.replace('-', "_") + "-";
        for entry in fs::read_dir(&state).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&prefix) {
                fs::remove_dir_all(entry.path()).map_err(fault(entry.path().display()))?;
            }
        }
        Ok(())
    }
}

/// The names of the types that the Rust files below a folder define with the runtime's macros.
fn read_types(folder: &Path, types: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_ours = path.ends_with("src/runtime") || path.ends_with("src/cli");
        if path.is_dir() && !is_ours {
            read_types(&path, types)?;
        } else if path.is_file() {
            let text = fs::read_to_string(&path)?;
            let rows = text.lines().filter_map(|line| {
                let (name, row) = line.split_once("!(")?;
                let is_type =
                    matches!(name, "object" | "union" | "tagged_union" | "constant_union");
                is_type.then(|| row.split(' ').next().map(str::to_owned))?
            });
            types.extend(rows);
        }
    }
    Ok(())
}

/// A test that prints the largest of these types.
fn sizes_test(package: &str, types: &[String]) -> String {
    let library = package.replace('-', "_");
    let sizes: String = types
        .iter()
        .map(|name| format!("        (size_of::<{library}::types::{name}>(), \"{name}\"),\n"))
        .collect();
    format!(
        "//! How large the types of this crate are.\n#![allow(deprecated)]\n\n#[test]\nfn sizes() {{\n    let sizes: &[(usize, &str)] = &[\n{sizes}    ];\n    let (size, name) = sizes.iter().max().unwrap_or(&(0, \"no type\"));\n    println!(\"largest: {{size}} {{name}}\");\n}}\n"
    )
}

/// The program that cargo says it has built.
fn executable(stdout: &str) -> Option<PathBuf> {
    let messages = stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut built = messages.filter_map(|line| Some(line["executable"].as_str()?.into()));
    built.next()
}

/// The resource and the name of each command that the help of a program lists.
fn commands(help: &str) -> Vec<[String; 2]> {
    let lines = help.lines().skip_while(|line| *line != "Resources:");
    let lines = lines.skip(1).take_while(|line| !line.is_empty());
    let resources = lines.filter_map(|line| line.trim_start().split_once(' '));
    let commands = resources.flat_map(|(resource, names)| {
        let names = names.trim().split(", ");
        names.map(|name| [resource.to_owned(), name.to_owned()])
    });
    commands.collect()
}

/// The time that a start takes.
struct Start {
    cpu: Duration,
    wall: Duration,
}

impl Start {
    fn shown(&self) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        format!("{:.1}/{:.1}", ms(self.cpu), ms(self.wall))
    }
}

/// The medians of starts that print the help of a command.
fn start(program: &Path, command: &[String]) -> io::Result<Start> {
    let mut starts = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let begin = Instant::now();
        let mut child = Command::new(program)
            .args(command)
            .arg("--help")
            .stdout(Stdio::null())
            .spawn()?;
        let used = child.wait4()?;
        let wall = begin.elapsed();
        if !used.status.success() {
            return Err(io::Error::other(format!("{command:?} has no help")));
        }
        starts.push((used.rusage.utime + used.rusage.stime, wall));
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    Ok(Start {
        cpu: median(starts.iter().map(|(cpu, _)| *cpu).collect()),
        wall: median(starts.iter().map(|(_, wall)| *wall).collect()),
    })
}

/// The messages of a compiler that have a code, that is, not the sums at the end.
fn findings(stdout: &str) -> Vec<String> {
    let messages = stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let found = messages
        .filter(|line| line["reason"] == "compiler-message" && line["message"]["code"].is_object());
    found
        .map(|line| {
            line["message"]["rendered"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// The numbers of tests that passed and failed.
fn results(stdout: &str) -> (usize, usize) {
    let count = |line: &str, word: &str| {
        let before = line.split(word).next().unwrap_or_default().trim_end();
        before
            .rsplit(' ')
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0)
    };
    let lines = stdout
        .lines()
        .filter(|line| line.starts_with("test result:"));
    lines.fold((0, 0), |(passed, failed), line| {
        (
            passed + count(line, "passed"),
            failed + count(line, "failed"),
        )
    })
}

fn head(arguments: &Arguments) -> String {
    let mut text = format!(
        "{:<24}{:>11}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "document", "operations", "types", "lines", "gen ms", "gen user", "gen MiB"
    );
    let mut add = |wanted: bool, names: &[&str]| {
        for name in names.iter().filter(|_| wanted) {
            text += &format!("{name:>12}");
        }
    };
    add(
        true,
        &["check user", "check MiB", "touch user", "touch MiB"],
    );
    add(arguments.clippy, &["clippy"]);
    add(arguments.doc, &["rustdoc"]);
    let tests = ["tests", "test user", "test MiB", "type bytes", "stack KiB"];
    add(arguments.test, &tests);
    add(
        arguments.cli,
        &["cli user", "commands", "help ms", "command ms"],
    );
    text
}

/// A line of the table, as far as it is known.
struct Row {
    text: String,
    /// The steps that failed.
    failed: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl Row {
    fn new(made: &Crate) -> Self {
        let Crate {
            document,
            operations,
            types,
            lines,
            ms,
            generating,
            ..
        } = made;
        let text = format!(
            "{document:<24}{operations:>11}{types:>9}{lines:>9}{ms:>9.1}{:>9.2}{:>9}",
            generating.user, generating.mib
        );
        Self {
            text,
            failed: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn shown(&self) -> String {
        let text = self.text.trim_end();
        match self.failed.as_slice() {
            [] => text.to_owned(),
            failed => format!("{text}  FAILED: {}", failed.join(", ")),
        }
    }

    fn fail(&mut self, step: &'static str, fault: Fault) {
        self.failed.push(step);
        self.faults.push(fault);
    }

    fn cells(&mut self, cells: &[String]) {
        for cell in cells {
            self.text += &format!("{cell:>12}");
        }
    }

    /// Fails the step unless this holds; the log says why.
    fn must(&mut self, holds: bool, made: &Crate, step: &'static str, log: &str) {
        if !holds {
            let fault = format!("{}: see logs/{}.{log}.log", made.document, made.package);
            self.fail(step, fault);
        }
    }
}
