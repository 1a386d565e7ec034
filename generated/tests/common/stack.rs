// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Runs tests on a small stack, so they fail if values or stack frames grow too large.

use std::thread::{Builder, scope};

/// The size of the stack in KiB: a quarter of what threads of the standard library and of Tokio have.
const STACK: usize = 512;

/// Runs a function on a thread with a stack of [`STACK`] KiB, or of the size in the environment variable `TEST_STACK`. A panic
/// of the function is passed on.
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
