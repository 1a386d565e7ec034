//! Measures how long a command line takes to start.
//!
//! In: a program and a command. Out: medians of processor time and of elapsed time. Not here: the limit.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// The number of starts that are measured.
const STARTS: usize = 31;

/// The time that a start takes.
pub struct Start {
    pub cpu: Duration,
    wall: Duration,
}

impl Start {
    pub fn shown(&self) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        format!("{:.1}/{:.1}", ms(self.cpu), ms(self.wall))
    }
}

/// The medians of starts that print the help of a command.
pub fn start(program: &Path, command: &[String]) -> io::Result<Start> {
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
