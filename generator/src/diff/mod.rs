//! What changes between two crates for those who use them.
//!
//! In: two [`Surface`]s. Out: a [`Diff`]. Not here: lines (see [`render`](crate::render)), names that a surface does not have: private
//! ones, and those of the runtime.
//!
//! Rust's rules decide what breaks (Cargo Book, "SemVer Compatibility"), for the code as it is emitted: structs and enums are
//! `#[non_exhaustive]`, so a new field or variant breaks nothing.
//!
//! One change has one entry where that is possible: a type that is gone takes its members with it, a method its call, and a type with
//! another name is no change of each type that mentions it.

mod change;
mod collector;
mod facts;
mod items;
mod members;
mod pairs;
mod types;

pub use change::{Aspect, Change, Kind, Step};

use std::collections::BTreeSet;

use crate::surface::{Places, Surface};
use collector::Changes;
use types::Types;

/// The differences between two crates.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// Breaking ones first, then in the order of their paths.
    pub changes: Vec<Change>,
    /// The versions of the two packages.
    pub versions: (String, String),
    /// The places in the two documents.
    pub places: (Places, Places),
}

impl Diff {
    /// Returns the number of changes of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.kind == kind).count()
    }

    /// Returns the step that the changes ask for.
    pub fn step(&self) -> Step {
        let steps = self.changes.iter().map(|change| Step::of(change.kind));
        steps.max().unwrap_or(Step::None)
    }
}

/// Compares two surfaces.
pub fn run(old: Surface, new: Surface) -> Diff {
    let mut changes = Changes::default();
    of_package(&mut changes, &old, &new);
    let pairs = pairs::run(&old, &new);
    let types = Types::new(&old, &new, &pairs);
    items::run(&mut changes, &old, &new, &pairs, &types);
    let mut changes = changes.0;
    changes.sort();
    changes.dedup();
    Diff {
        changes,
        versions: (old.version, new.version),
        places: (old.places, new.places),
    }
}

/// The feature that enables those of all resources. It comes with the second resource.
const ALL: &str = "all";

/// The package: its name, its features, what it exports of the runtime, and the environment variables that it reads.
fn of_package(changes: &mut Changes, old: &Surface, new: &Surface) {
    if old.package != new.package {
        let paths = (old.package.as_str(), new.package.as_str());
        let text = format!("is the new name of the package `{}`", old.package);
        changes.changed(Kind::Breaking, Aspect::Renamed, paths, text);
    }
    set(
        changes,
        &old.features,
        &new.features,
        ["is no longer a feature", "is a new feature"],
    );
    // It is on by default. The types and calls that features compile are not compared: where one leaves out a type that it had, a call
    // or another type does not mention that one any more, which breaks as well.
    if new.features.contains(ALL) && !old.features.contains(ALL) {
        let text = "compiles what was always compiled, unless default features are disabled";
        changes.added(Kind::Breaking, ALL, text);
    }
    set(
        changes,
        &old.exports,
        &new.exports,
        ["is no longer exported", "is exported"],
    );
    set(
        changes,
        &old.variables,
        &new.variables,
        [
            "is an environment variable that is no longer read",
            "is an environment variable that is read now",
        ],
    );
}

fn set(
    changes: &mut Changes,
    old: &BTreeSet<String>,
    new: &BTreeSet<String>,
    [gone, added]: [&str; 2],
) {
    for name in old.difference(new) {
        changes.removed(name, gone);
    }
    for name in new.difference(old).filter(|name| *name != ALL) {
        changes.added(Kind::Additive, name, added);
    }
}
