//! Finds circular dependencies between files.
//!
//! In: a [`Tree`]. Out: the dependencies that are part of a circle. Not here: the files that paths refer to.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Tree;

/// `a.rs -> b.rs` for each dependency that is part of a circle.
pub fn circles(tree: &Tree) -> BTreeSet<String> {
    let edges: BTreeMap<&str, Vec<&str>> = tree
        .files
        .iter()
        .map(|file| {
            let targets = tree.dependencies(file);
            (
                file.path.as_str(),
                targets.iter().map(|file| file.path.as_str()).collect(),
            )
        })
        .collect();
    let all = edges
        .iter()
        .flat_map(|(from, to)| to.iter().map(|to| (*from, *to)));
    all.filter(|(from, to)| reaches(&edges, to, from))
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect()
}

fn reaches<'a>(edges: &BTreeMap<&'a str, Vec<&'a str>>, from: &'a str, wanted: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        if file == wanted {
            return true;
        }
        next.extend(edges[file].iter().filter(|to| seen.insert(to)));
    }
    false
}
