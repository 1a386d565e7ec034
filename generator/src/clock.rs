//! The time that each room takes.
//!
//! In: rooms, as closures. Out: their durations, in order. Not here: printing.

use std::time::{Duration, Instant};

#[derive(Default)]
pub struct Clock {
    pub timings: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Runs a room and adds its time.
    pub fn time<T>(&mut self, room: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = run();
        self.timings.push((room, start.elapsed()));
        value
    }
}
