//! The walk-through of the manual: its commands print what it says.
//!
//! In: the page, the fixture that it is about, the binary. Out: nothing outside a temporary folder; with `UPDATE_WALK_THROUGH=1`, the
//! output in the page. Not here: other pages (see `command_line/`), links.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;

const PAGE: &str = "generator/docs/walk-through.md";
const DOCUMENT: &str = "tests/fixtures/bookshop.yaml";

fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the workspace").to_path_buf()
}

/// Runs a block of commands, and returns what it prints. Times are the same each time.
fn printed(folder: &Path, script: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_generator"));
    let program = program.parent().expect("the binary is in a folder");
    let path = env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{script}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.display()))
        .output()
        .expect("a shell");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().map(|line| match line.rsplit_once(" in ") {
        Some((done, time)) if time.ends_with('s') && time.contains('.') => {
            format!("{done} in 0.01s\n")
        }
        Some(_) | None => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn commands_print_what_the_page_says() {
    let path = root().join(PAGE);
    let page = fs::read_to_string(&path).expect(PAGE);
    let folder = TempDir::new().expect("a temporary folder");
    let own = |name: &str| folder.path().join(name);
    fs::copy(root().join(DOCUMENT), own("bookshop.yaml")).expect(DOCUMENT);
    let mut made = String::new();
    let (mut output, mut runs) = (None, 0);
    for (index, part) in page.split("```").enumerate() {
        if index > 0 {
            made.push_str("```");
        }
        // Every other part is a block, which begins with its language.
        let block = part.split_once('\n').filter(|_| index % 2 == 1);
        match block {
            Some(("sh", script)) => {
                output = Some(printed(folder.path(), script));
                runs += 1;
            }
            Some(("text", _)) => {
                let text = output.take().expect("commands stand before their output");
                made.push_str(&format!("text\n{text}"));
                continue;
            }
            Some(("yaml", text)) => {
                let text = text.strip_prefix("# overlay.yaml\n").expect("a name");
                fs::write(own("overlay.yaml"), text).expect("writable");
            }
            Some(_) | None => {}
        }
        made.push_str(part);
    }
    assert!(runs > 4, "{runs} runs");
    if env::var_os("UPDATE_WALK_THROUGH").is_some() {
        fs::write(&path, &made).expect("writable");
    }
    assert_eq!(made, page, "UPDATE_WALK_THROUGH=1 writes the output anew");
}
