// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Runs tests on little stack, so they fail if values or frames grow too large.

use std::thread::{Builder, scope};

/// A quarter of the stack that threads of the standard library and of Tokio have, in KiB.
const STACK: usize = 512;

/// Runs this on a thread with [`STACK`], or with as much as the environment variable `TEST_STACK` says. Panics if it panics.
pub fn on_small_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let size = std::env::var("TEST_STACK").ok();
    let size = size.and_then(|size| size.parse().ok()).unwrap_or(STACK);
    scope(|scope| {
        let thread = Builder::new()
            .stack_size(size << 10)
            .spawn_scoped(scope, run);
        match thread.unwrap().join() {
            Ok(value) => value,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
