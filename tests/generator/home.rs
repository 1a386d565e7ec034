//! Tests of the home document and the crate in `generated/`.
//!
//! In: `spec/` and `templates/`. Out: nothing. Not here: the same crate at run time (see `client/`).

use std::fs;
use std::path::Path;

use generator::{Options, Output, Source, generate};

use crate::setup::{rendered, root};

const MEND: &str = "generated/ is stale: run `cargo run -p generator` and commit what it writes";

/// Generates the home document.
fn home() -> Output {
    let spec = root().join("spec");
    let source = Source::open(&spec.join("permissions.yaml"), &[spec.join("overlay.yaml")])
        .expect("spec/ is readable");
    generate(&source, &Options::default())
        .unwrap_or_else(|failure| panic!("{}", rendered(&failure.diagnostics, &source)))
}

/// The home document has no diagnostics.
#[test]
fn home_document_is_clean() {
    let output = home();
    assert_eq!(
        output.diagnostics.iter().count(),
        0,
        "{:?}",
        output.diagnostics
    );
}

/// The part of the runtime that the document needs is copied byte for byte, without the attributes for the generator. Lists of modules
/// lack the others.
#[test]
fn runtime_is_copied() {
    let output = home();
    let templates = root().join("templates/runtime");
    let mut all = names_in(&templates);
    let cli = names_in(&templates.join("cli"));
    all.retain(|name| name != "cli");
    all.extend(cli.into_iter().map(|name| format!("cli/{name}")));
    let mut copied = Vec::new();
    for file in &output.files {
        if let Some(name) = file.path.strip_prefix("src/runtime/") {
            let template =
                fs::read_to_string(templates.join(name)).expect("a template of that name");
            if name.ends_with("mod.rs") {
                let mut lines = template.lines();
                let is_copied = |line: &str| lines.any(|known| known == line);
                assert!(file.text.lines().all(is_copied), "{name}");
            } else {
                let lines = template.split_inclusive('\n');
                let copied = lines.filter(|line| !line.contains("#[cfg(has = "));
                assert_eq!(file.text, copied.collect::<String>(), "{name}");
            }
            copied.push(name.to_owned());
        }
    }
    // The home document has no reply, no body and no type that needs these.
    copied.extend(
        [
            "alternative.rs",
            "by_status.rs",
            "choice.rs",
            "chunks.rs",
            "cli/open.rs",
            "cli/save.rs",
            "constant_union.rs",
            "download.rs",
            "effort.rs",
            "encoding.rs",
            "events.rs",
            "file_part.rs",
            "form.rs",
            "frames.rs",
            "grant.rs",
            "multipart.rs",
            "nullable_enum.rs",
            "open_response.rs",
            "redirect.rs",
            "text.rs",
            "text_body.rs",
            "union.rs",
            "webhook.rs",
        ]
        .map(str::to_owned),
    );
    copied.sort();
    all.sort();
    assert_eq!(copied, all);
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("templates/runtime is a folder");
    let names = entries.map(|entry| entry.expect("readable").file_name());
    names
        .map(|name| name.into_string().expect("UTF-8"))
        .collect()
}

/// `generated/` is up to date.
#[test]
fn generated_is_fresh() {
    let generated = root().join("generated");
    for file in home().files {
        let found = fs::read_to_string(generated.join(&file.path)).unwrap_or_default();
        assert!(found == file.text, "{MEND} ({} differs)", file.path);
    }
}
