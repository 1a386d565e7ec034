//! Checks and measures an emitted crate.
//!
//! In: a crate of the workspace. Out: the cells of its row, and the steps that failed. Not here: how processes are measured (see
//! `process`), the layout of the table (see `table`).

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::messages::{commands, executable, findings, results};
use super::process::measured;
use super::selection::Arguments;
use super::start::start;
use super::table::Row;
use super::types::{read_types, sizes_test};
use super::workspace::{Crate, Workspace};
use super::{Fault, fault};

/// The maximum processor time of a start of a command line, as a debug build.
const START: Duration = Duration::from_millis(20);
/// The maximum size of a type, in bytes.
const LARGEST: usize = 2048;
/// The maximum stack of a call in a debug build, in KiB.
const STACK: usize = 256;

impl Workspace {
    /// Runs the steps that the arguments ask for, and fills a row of the table.
    pub fn measure(&self, made: &Crate, arguments: &Arguments, row: &mut Row) -> Result<(), Fault> {
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

    /// Adds a test to the crate that prints the size of the largest type, and runs it.
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

    /// Searches for the smallest stack on which the emitted tests pass. Each test makes a call, from encoding its request to decoding
    /// its reply.
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

    /// Builds the command line, and counts the commands in its help.
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
}
