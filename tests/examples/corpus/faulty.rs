//! Faults in the samples of a crate.
//!
//! In: a crate, with its emitted tests. Out: the errors whose path is not the place of the fault. Not here: the faults (see
//! `tests::faults`).

use std::fs;

use tests::faults;

use super::process::measured;
use super::table::Row;
use super::workspace::{Crate, Workspace};
use super::{Fault, fault};

impl Workspace {
    /// Runs the emitted tests with faults in their samples, and counts the errors whose path is not the place of the fault.
    pub fn faults(&self, made: &Crate, row: &mut Row) -> Result<faults::Found, Fault> {
        let folder = self.folder.join(&made.package);
        faults::lay_out(&folder).map_err(fault(folder.display()))?;
        let results = self.log(&made.package, "faults-results")?;
        fs::write(&results, "").map_err(fault(results.display()))?;
        let mut command = self.command(&["test", "--tests", "--no-fail-fast"], &made.package);
        command.env(faults::RESULTS, &results);
        let log = self.log(&made.package, "faults")?;
        let used = measured(&mut command, &log).map_err(fault("faults"))?;
        let found = faults::found(&results).map_err(fault(results.display()))?;
        row.cells(&[
            format!("{}/{}", found.wrong.len(), found.errors),
            found.around.to_string(),
        ]);
        row.must(used.success, made, "faults", "faults");
        row.must(found.wrong.is_empty(), made, "paths", "faults-results");
        Ok(found)
    }
}
