//! Runs processes and measures them.
//!
//! In: a command. Out: its output, and the resources that it and its children used. Not here: which commands are run.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4;

/// The resources that a process used, with its children.
pub struct Usage {
    pub user: f64,
    pub mib: u64,
    pub success: bool,
    pub stdout: String,
}

/// Runs a command with its standard error in a file.
pub fn measured(command: &mut Command, log: &Path) -> io::Result<Usage> {
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
