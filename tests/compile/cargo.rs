//! Runs cargo in the workspace of the emitted crates.

use std::path::Path;
use std::process::{Command, Output};

/// Runs cargo in the workspace, with all warnings of one kind as errors, and returns its output. It uses a separate target
/// directory: ours is locked while this test runs, and has dependencies with other flags.
pub fn run(workspace: &Path, arguments: &[&str]) -> String {
    let flags = match arguments.first() {
        Some(&"doc") => "RUSTDOCFLAGS",
        Some(_) | None => "RUSTFLAGS",
    };
    let mut command =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into()));
    for name in [
        "CARGO_TARGET_DIR",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_ENCODED_RUSTDOCFLAGS",
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
    ] {
        command.env_remove(name);
    }
    let target = workspace.with_file_name("fixtures-target");
    let (cargo, program) = match arguments.iter().position(|argument| *argument == "--") {
        Some(at) => arguments.split_at(at),
        None => (arguments, &[][..]),
    };
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .current_dir(workspace)
        .args(cargo)
        .args(["--offline", "--quiet"])
        .arg("--target-dir")
        .arg(target)
        .args(program)
        .env(flags, "-D warnings")
        .output()
        .expect("cargo can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // The list of the features of all crates is long.
    let shown: Vec<&str> = (arguments.iter().copied())
        .filter(|it| it.len() < 100)
        .collect();
    assert!(
        status.success(),
        "cargo {}:\n{}\n{}",
        shown.join(" "),
        text(&stderr),
        text(&stdout)
    );
    text(&stdout)
}
