//! Resources compile alone, with the types that they reach and the commands that they have.
//!
//! In: the workspace of the emitted crates. Out: failures of the compiler. Not here: which types a resource reaches (see `generator/`).

use std::collections::BTreeSet;
use std::path::Path;

use crate::cargo::run;
use crate::files::put;

/// The types that each feature compiles.
type Resources<const N: usize> = [(&'static str, &'static [&'static str]); N];

const OF_FEATURES: Resources<6> = [
    ("", &[]),
    // reqwest without TLS.
    ("http2", &[]),
    (
        "customers",
        &["Address", "AddressKind", "Customer", "Money"],
    ),
    (
        "orders",
        &["Address", "AddressKind", "Money", "Note", "Order"],
    ),
    ("test_util_", &["Money"]),
    ("all", &["Shipped", "ShippedBy"]),
];

/// A type that several features below a resource use comes with each of them.
const OF_DIVIDED: Resources<4> = [
    ("repos", &["Issue", "Label", "Pull", "Repo"]),
    ("repos_issues", &["Issue", "Label", "Repo"]),
    ("repos_pulls", &["Label", "Pull", "Repo"]),
    ("users", &["User"]),
];

/// Each resource compiles without the others, its documentation as well, and has its commands.
pub fn compile_alone(workspace: &Path) {
    types_are_those_of_features(workspace, "features", &OF_FEATURES);
    types_are_those_of_features(workspace, "divided", &OF_DIVIDED);
    // The docs of the crate call a method of `customers`.
    let arguments = [
        "test",
        "--doc",
        "--package",
        "features",
        "--no-default-features",
        "--features",
        "orders",
    ];
    run(workspace, &arguments);
    commands_are_those_of_features(workspace);
}

/// Each resource compiles without the others and with exactly the types that it reaches. The crate also compiles without any. The
/// compiler checks this with programs that name all types.
fn types_are_those_of_features<const N: usize>(
    workspace: &Path,
    package: &str,
    resources: &Resources<N>,
) {
    let all: BTreeSet<&str> = resources
        .iter()
        .flat_map(|(_, types)| *types)
        .copied()
        .collect();
    for (feature, types) in resources {
        let reached = |name: &&&str| *feature == "all" || types.contains(*name);
        let (present, absent): (Vec<&str>, Vec<&str>) = all.iter().partition(reached);
        put(
            &workspace.join(package).join("examples/types.rs"),
            &types_program(package, &present, &absent),
        );
        let arguments = [
            "check",
            "--package",
            package,
            "--examples",
            "--test",
            "operations",
            "--no-default-features",
            "--features",
            feature,
        ];
        run(workspace, &arguments);
    }
}

/// The command line has the commands of the resources that are compiled.
fn commands_are_those_of_features(workspace: &Path) {
    let arguments = [
        "run",
        "--package",
        "features",
        "--no-default-features",
        "--features",
        "cli,customers",
        "--",
        "--help",
    ];
    let help = run(workspace, &arguments);
    assert!(help.contains("\n  customers "), "{help}");
    assert!(!help.contains("orders"), "{help}");
}

/// A program that compiles if `types` has the first list of types and none of the second: they would be defined twice.
fn types_program(package: &str, present: &[&str], absent: &[&str]) -> String {
    let stand_ins: String = absent
        .iter()
        .map(|name| format!("    pub struct {name};\n"))
        .collect();
    let present = present
        .iter()
        .map(|name| format!("    let _: Option<{package}::types::{name}> = None;\n"));
    let absent = absent
        .iter()
        .map(|name| format!("    let _: Option<{name}> = None;\n"));
    let names: String = present.chain(absent).collect();
    format!(
        "//! Names types.\n#![allow(unused_imports)]\n\nmod absent {{\n{stand_ins}}}\n\nuse absent::*;\nuse {package}::types::*;\n\nfn main() {{\n{names}}}\n"
    )
}
