//! Checks that the crates of the fixtures compile without a warning, and that samples survive a round trip through their types.
//!
//! In: `fixtures/*.yaml`; the JSON next to some (`<name>.samples.json`: values by their Rust type), and the Rust next to some
//! (`<name>.rs`: tests of the emitted crate, which they call `fixture`); `applications/`. Out: one workspace below the target
//! directory. One `cargo` tests it, another documents it, and a third checks it feature by feature, all offline. Not here: the text of
//! the crates (see `generator/`), the home crate.

mod cargo;
mod features;
mod files;
mod samples;
mod workspace;

use std::path::Path;

use cargo::run;
use workspace::{Member, lay_out};

/// The crates whose documentation is compiled, too: those with hostile texts, and with operations of every kind.
const DOCUMENTED: &[&str] = &[
    "bodies",
    "cli",
    "downloads",
    "empty_values",
    "hostile",
    "names",
    "pages",
    "pagination",
    "parameters",
    "replies",
    "streams",
    "uploads_choice",
];

#[test]
fn fixtures_compile_and_samples_round_trip() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let members = lay_out(&workspace);
    assert!(
        members.len() >= 10,
        "only {} fixtures are generated",
        members.len()
    );
    tests_pass(&workspace, &members);
    documentation_compiles(&workspace, &members);
    features::compile_alone(&workspace);
}

/// The emitted tests of all crates pass, and those beside the fixtures.
fn tests_pass(workspace: &Path, members: &[Member]) {
    let features: Vec<&str> = members.iter().flat_map(Member::features).collect();
    let arguments = [
        "test",
        "--workspace",
        "--features",
        &features.join(","),
        "--tests",
        "--no-fail-fast",
    ];
    run(workspace, &arguments);
}

/// The examples of the [`DOCUMENTED`] crates compile, and rustdoc has no warnings.
fn documentation_compiles(workspace: &Path, members: &[Member]) {
    let documented: Vec<&Member> = members
        .iter()
        .filter(|member| DOCUMENTED.contains(&member.fixture.as_str()))
        .collect();
    assert_eq!(documented.len(), DOCUMENTED.len());
    let packages: Vec<&str> = documented
        .iter()
        .flat_map(|member| ["--package", &member.package])
        .collect();
    let features: Vec<&str> = documented.iter().flat_map(|it| it.features()).collect();
    let with = |arguments: &[&str], features: &[&str]| {
        let features = features.join(",");
        run(
            workspace,
            &[arguments, &["--features", &features], &packages].concat(),
        );
    };
    with(&["test", "--doc", "--no-fail-fast"], &features);
    // Without the features of the runtime, so that few dependencies are compiled again. Links are checked if all resources are there.
    let resources: Vec<&str> = features
        .into_iter()
        .filter(|feature| feature.ends_with("/all"))
        .collect();
    assert!(!resources.is_empty());
    with(&["doc", "--no-deps", "--no-default-features"], &resources);
}
