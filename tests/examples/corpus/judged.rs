//! What the judge of components counts.
//!
//! In: a document. Out: how many of its components keep values of their schemas whole, how many variants of unions no such value is
//! read as, and how many constructors of variants leave out the tag. Not here: the values, and what is right (see
//! `../../judges/components.py`).

use std::fs;
use std::ops::AddAssign;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tests::corpus::Document;

use super::process::measured;
use super::selection::Arguments;
use super::table::Row;
use super::workspace::Workspace;
use super::{Fault, fault};

/// What is counted, each as a part of a whole.
#[derive(Default)]
pub struct Judged([(u64, u64); 3]);

/// The names of these parts and wholes in the output of the judge.
const COUNTS: [(&str, &str); 3] = [
    ("whole", "sampled"),
    ("unread", "variants"),
    ("untagged", "tagged"),
];

impl Workspace {
    /// Runs the judge, which generates and compiles a crate of its own.
    pub fn judged(
        &self,
        arguments: &Arguments,
        document: &Document,
        package: &str,
        row: &mut Row,
    ) -> Result<Judged, Fault> {
        let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("judges/components.py");
        let results = self.log(package, "judge-results")?;
        let mut command = Command::new("python3");
        command
            .arg(judge)
            .arg(&arguments.folder)
            .arg(&document.name)
            .arg("--out")
            .arg(self.folder.join("judge"))
            .arg("--json")
            .arg(&results);
        let log = self.log(package, "judge")?;
        // It fails, too, if fewer components are whole than it expects, which the cells show.
        measured(&mut command, &log).map_err(fault("judge"))?;
        let text = fs::read_to_string(&results).unwrap_or_default();
        let totals = text.lines().find_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            line.get("totals").cloned()
        });
        let Some(totals) = totals else {
            return Err(format!("{}: see {}", document.name, log.display()));
        };
        let count = |name: &str| totals[name].as_u64().unwrap_or_default();
        let judged = Judged(COUNTS.map(|(part, whole)| (count(part), count(whole))));
        row.cells(&judged.0.map(|(part, whole)| format!("{part}/{whole}")));
        Ok(judged)
    }
}

impl AddAssign for Judged {
    fn add_assign(&mut self, other: Self) {
        for (all, one) in self.0.iter_mut().zip(other.0) {
            *all = (all.0 + one.0, all.1 + one.1);
        }
    }
}

impl Judged {
    /// Returns the counts in words.
    pub fn shown(&self) -> String {
        let words = [
            "components whole",
            "variants that no value is read as",
            "constructors of variants without their tag",
        ];
        let lines = words.iter().zip(self.0);
        let lines = lines.map(|(words, (part, whole))| format!("{words}: {part} of {whole}\n"));
        lines.collect()
    }
}
