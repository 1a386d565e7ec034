//! The table that the program prints.
//!
//! In: cells, and the steps that failed. Out: lines of text. Not here: the measurements.

use super::Fault;
use super::selection::Arguments;
use super::workspace::Crate;

/// The line of titles.
pub fn head(arguments: &Arguments) -> String {
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
    add(arguments.faults, &["wrong paths", "at a union"]);
    add(arguments.judge, &["whole", "unread", "untagged"]);
    text
}

/// A line of the table while its cells are measured.
pub struct Row {
    text: String,
    /// The steps that failed.
    failed: Vec<&'static str>,
    pub faults: Vec<Fault>,
}

impl Row {
    pub fn new(made: &Crate) -> Self {
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

    pub fn shown(&self) -> String {
        let text = self.text.trim_end();
        match self.failed.as_slice() {
            [] => text.to_owned(),
            failed => format!("{text}  FAILED: {}", failed.join(", ")),
        }
    }

    pub fn fail(&mut self, step: &'static str, fault: Fault) {
        self.failed.push(step);
        self.faults.push(fault);
    }

    pub fn cells(&mut self, cells: &[String]) {
        for cell in cells {
            self.text += &format!("{cell:>12}");
        }
    }

    /// Fails the step unless this holds. The log has the reason.
    pub fn must(&mut self, holds: bool, made: &Crate, step: &'static str, log: &str) {
        if !holds {
            let fault = format!("{}: see logs/{}.{log}.log", made.document, made.package);
            self.fail(step, fault);
        }
    }
}
