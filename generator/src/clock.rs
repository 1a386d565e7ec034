//! The time that each stage takes.
//!
//! In: stages, as closures. Out: their durations, in order. Not here: printing.

use std::time::{Duration, Instant};

#[derive(Default)]
pub struct Clock {
    pub timings: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Runs a stage and adds its time.
    pub fn time<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = run();
        self.timings.push((stage, start.elapsed()));
        value
    }
}
