//! A short run of calls against a server that fails at random. `command.rs` is the long one.
//!
//! In: nothing. Out: nothing. Not here: calls that fail in a certain way (see `client/`).

mod calls;
mod check;
mod faults;
mod run;

/// Everything that is promised of a call is checked in `check.rs`.
#[test]
fn no_fault_makes_a_wrong_result_a_hang_or_a_second_post() {
    let report = run::run(1, 200).expect("loopback has a free port");
    assert!(report.violations.is_empty(), "{report}");
    assert!(report.repeated() > 20, "too few retries: {report}");
}
