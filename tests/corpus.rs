//! Generates every document of a folder: `OPENAPI_CORPUS=DIR cargo test -p tests --test corpus`.
//!
//! In: the documents of the folder, `corpus.txt`. Out: a table with a row per document, on standard error; with
//! `UPDATE_CORPUS=1`, `corpus.txt`. Not here: the compilation of the output (see `examples/corpus/`).
//!
//! `corpus.txt` contains, per document, the counts that must not change unnoticed. It has no counts that change with each change
//! of the output. A folder may contain documents that it does not list.

mod operations;

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use generator::report::Level;
use generator::{Options, Output, Source, generate, render};
use tests::corpus::{Document, Hash, documents};

/// The maximum number of untyped positions in a thousand that lack support.
const MOST_UNTYPED: usize = 10;

/// The result of a document.
struct Row {
    name: String,
    input: u64,
    made: Result<Made, String>,
}

/// The output of the generator.
struct Made {
    operations: usize,
    skipped: usize,
    types: usize,
    positions: usize,
    /// Untyped values by reason.
    untyped: Vec<(&'static str, usize)>,
    notes: usize,
    warnings: usize,
    time: Duration,
    /// Operations that are neither in the client nor listed as left out, or that lost a part.
    lost: Vec<String>,
    /// A hash of all files.
    output: u64,
}

#[test]
fn every_document_generates() {
    let Some(folder) = env::var_os("OPENAPI_CORPUS").map(PathBuf::from) else {
        say("skipped: OPENAPI_CORPUS names no folder, so no real document is generated\n");
        return;
    };
    let documents =
        documents(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    assert!(
        !documents.is_empty(),
        "{} holds no document",
        folder.display()
    );
    let rows = generate_all(&documents);
    say(&table(&rows));
    let mut wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| row.made.as_ref().err().cloned())
        .collect();
    wrong.extend(rows.iter().flat_map(lost));
    wrong.extend(too_untyped(&rows));
    wrong.extend(compare(&rows));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Prints a text, although the test harness hides the output of successful tests.
fn say(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Generates all documents, on all processors, in no particular order.
fn generate_all(documents: &[Document]) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let work = || {
        let indices = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        let mine = indices.map_while(|index| documents.get(index));
        mine.map(row).collect::<Vec<_>>()
    };
    let mut rows: Vec<Row> = thread::scope(|scope| {
        let workers = 0..thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = workers.map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("panics are caught"))
            .collect()
    });
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

/// The operations that a document has lost.
fn lost(row: &Row) -> Vec<String> {
    let made = row.made.as_ref().ok();
    let lost = made.into_iter().flat_map(|made| &made.lost);
    lost.map(|text| format!("{}: {text}", row.name)).collect()
}

fn row(document: &Document) -> Row {
    let made = catch_unwind(AssertUnwindSafe(|| make(document)));
    Row {
        name: document.name.clone(),
        input: document.hash().expect("the document is readable"),
        made: made.unwrap_or_else(|_| Err(format!("{}: the generator panicked", document.name))),
    }
}

fn make(document: &Document) -> Result<Made, String> {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", document.name);
    let mut source = Source::open(&document.path, &[]).map_err(|error| fail(&error))?;
    if let Some(root) = &document.root {
        source = source.within(root).map_err(|error| fail(&error))?;
    }
    let start = Instant::now();
    let output = generate(&source, &Options::default()).map_err(|failure| {
        fail(&render::text(
            &failure.diagnostics,
            &source,
            render::Style::Plain,
        ))
    })?;
    let time = start.elapsed();
    let lost = operations::missing(&document.path, &output);
    let Output {
        files,
        diagnostics,
        summary,
        ..
    } = output;
    let mut output = Hash::default();
    for file in &files {
        output.add(file.path.as_bytes());
        output.add(file.text.as_bytes());
    }
    Ok(Made {
        operations: summary.operations,
        skipped: summary.skipped,
        types: summary.types,
        positions: summary.positions,
        untyped: summary
            .untyped
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .collect(),
        notes: diagnostics.count(Level::Note),
        warnings: diagnostics.count(Level::Warning),
        time,
        lost,
        output: output.0,
    })
}

impl Made {
    /// The number of values that have no type although the document gives one.
    fn for_want_of_support(&self) -> usize {
        self.untyped
            .iter()
            .filter(|(why, _)| *why != "free-form")
            .map(|(_, count)| count)
            .sum()
    }

    fn untyped(&self) -> String {
        let reasons: Vec<_> = self
            .untyped
            .iter()
            .map(|(why, count)| format!("{why}:{count}"))
            .collect();
        if reasons.is_empty() {
            "none".into()
        } else {
            reasons.join(",")
        }
    }
}

fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<24} {:>10} {:>7} {:>6} {:>9} {:>9} {:>8} {:>6} {:>8}  {:<16}  {}\n",
        "document",
        "operations",
        "skipped",
        "types",
        "positions",
        "untyped ‰",
        "warnings",
        "notes",
        "ms",
        "hash of output",
        "untyped"
    );
    for Row { name, made, .. } in rows {
        let _ = match made {
            Err(_) => writeln!(text, "{name:<24} failed"),
            Ok(made) => writeln!(
                text,
                "{name:<24} {:>10} {:>7} {:>6} {:>9} {:>9.1} {:>8} {:>6} {:>8.1}  {:016x}  {}",
                made.operations,
                made.skipped,
                made.types,
                made.positions,
                1000.0 * made.for_want_of_support() as f64 / made.positions.max(1) as f64,
                made.warnings,
                made.notes,
                made.time.as_secs_f64() * 1000.0,
                made.output,
                made.untyped(),
            ),
        };
    }
    let made = || rows.iter().filter_map(|row| row.made.as_ref().ok());
    let _ = writeln!(
        text,
        "{} of {} documents: {} operations, {} skipped, {} types; {} of {} positions are untyped for want of support",
        made().count(),
        rows.len(),
        made().map(|made| made.operations).sum::<usize>(),
        made().map(|made| made.skipped).sum::<usize>(),
        made().map(|made| made.types).sum::<usize>(),
        made().map(Made::for_want_of_support).sum::<usize>(),
        made().map(|made| made.positions).sum::<usize>(),
    );
    text
}

/// Counts all documents together, because a small one does not have a thousand positions.
fn too_untyped(rows: &[Row]) -> Option<String> {
    let made = || rows.iter().filter_map(|row| row.made.as_ref().ok());
    let untyped: usize = made().map(Made::for_want_of_support).sum();
    let positions: usize = made().map(|made| made.positions).sum();
    let text = format!(
        "{untyped} of {positions} positions are untyped for want of support, more than {MOST_UNTYPED} in 1000"
    );
    (untyped * 1000 > positions * MOST_UNTYPED).then_some(text)
}

/// The line of a document in `corpus.txt`: a hash of the input, and the counts of the output.
fn line(row: &Row) -> Option<(String, String)> {
    let made = row.made.as_ref().ok()?;
    let counts = format!(
        "operations={} skipped={} untyped={} warnings={}",
        made.operations,
        made.skipped,
        made.untyped(),
        made.warnings
    );
    Some((format!("{} {:016x}", row.name, row.input), counts))
}

/// The differences from `corpus.txt`. With `UPDATE_CORPUS=1`, the file is written instead.
fn compare(rows: &[Row]) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus.txt");
    let lines: Vec<(String, String)> = rows.iter().filter_map(line).collect();
    if env::var_os("UPDATE_CORPUS").is_some_and(|value| value == "1") {
        let lines: String = lines
            .iter()
            .map(|(input, counts)| format!("{input} {counts}\n"))
            .collect();
        fs::write(&path, lines).expect("corpus.txt can be written");
        return Vec::new();
    }
    let known = fs::read_to_string(&path).expect("corpus.txt is there");
    let known = |input: &str| {
        known
            .lines()
            .find_map(|line| line.strip_prefix(input)?.strip_prefix(' '))
    };
    let differs = lines.iter().filter_map(|(input, counts)| {
        let known = known(input).filter(|known| known != counts)?;
        Some(format!(
            "{input}\n  was {known}\n  is  {counts}\n  UPDATE_CORPUS=1 accepts it"
        ))
    });
    differs.collect()
}
