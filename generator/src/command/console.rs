//! The output of the program.
//!
//! In: diagnostics, a diff, figures. Out: text with or without colors. Not here: how a diagnostic is laid out (see
//! `generator::render`).

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use generator::diff::{Diff, Kind};
use generator::render::changes::Document;
use generator::report::{Diagnostics, Level};
use generator::{Output, Source, Summary, render};

use super::arguments::{Color, MessageFormat};

/// Standard error and standard output, with colors or without.
pub struct Console {
    err: AutoStream<io::Stderr>,
    out: AutoStream<io::Stdout>,
    quiet: bool,
    format: MessageFormat,
}

/// The number of breaking changes that a run lists.
const MOST_CHANGES: usize = 10;

const GREEN: Style = AnsiColor::Green.on_default().bold();
const RED: Style = AnsiColor::Red.on_default().bold();

/// A closed pipe is no reason to panic, so writing ignores errors.
impl Console {
    pub fn new(color: Color, quiet: bool, format: MessageFormat) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            err: AutoStream::new(io::stderr(), choice),
            out: AutoStream::new(io::stdout(), choice),
            quiet,
            format,
        }
    }

    /// A line in Cargo's manner: a green verb on the right of 12 columns.
    pub fn status(&mut self, verb: &str, text: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "{GREEN}{verb:>12}{GREEN:#} {text}");
        }
    }

    /// A status line about a folder that was written or checked since `start`.
    pub fn done(&mut self, verb: &str, text: &str, start: Instant) {
        let seconds = start.elapsed().as_secs_f64();
        self.status(verb, &format!("{text} in {seconds:.2}s"));
    }

    /// The share of the document that the crate covers, and the file that lists the rest.
    pub fn summary(&mut self, output: &Output, out: &Path) {
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
        let has_gaps = *skipped > 0 || untyped.keys().any(|reason| *reason != "free-form");
        let list = "docs/untyped.md";
        if has_gaps && output.files.iter().any(|file| file.path == list) {
            let gaps = out.join(list);
            text.push_str(&format!(", see {}", gaps.display()));
        }
        self.status("Summary", &text);
    }

    /// What a run changes for those who use the crate.
    pub fn changes(&mut self, diff: &Diff) {
        self.status("Changes", &render::changes::summary(diff));
        let breaking = diff.changes.iter().filter(|it| it.kind == Kind::Breaking);
        let (shown, more) = (
            MOST_CHANGES,
            diff.count(Kind::Breaking).saturating_sub(MOST_CHANGES),
        );
        let lines = breaking.take(shown).map(|change| change.to_string());
        let more = (more > 0).then(|| format!("and {more} more"));
        for line in lines.chain(more) {
            self.status("", &line);
        }
    }

    /// The changes between two documents, and their summary.
    pub fn comparison(&mut self, diff: &Diff, old: Document, new: Document) {
        let text = match self.format {
            MessageFormat::Human => render::changes::text(diff, old, new, render::Style::Ansi),
            MessageFormat::Json => render::changes::json(diff, old, new),
        };
        let _ = self.out.write_all(text.as_bytes());
        self.status("Changes", &render::changes::summary(diff));
    }

    pub fn error(&mut self, text: &str) {
        let _ = writeln!(self.err, "{RED}error{RED:#}: {text}");
    }

    pub fn report(&mut self, diagnostics: &Diagnostics, source: &Source) {
        if self.format == MessageFormat::Json {
            let _ = self
                .out
                .write_all(render::json(diagnostics, source).as_bytes());
            return;
        }
        if diagnostics.is_empty() || (self.quiet && !diagnostics.has_errors()) {
            return;
        }
        // The stream removes escapes if colors are disabled.
        let text = render::text(diagnostics, source, render::Style::Ansi);
        let _ = writeln!(self.err, "{}", text.trim_end());
    }

    pub fn diff(&mut self, diff: &str) {
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

    pub fn timings(&mut self, timings: &[(&'static str, Duration)]) {
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
