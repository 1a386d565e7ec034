//! What is compared of items and of members alike.
//!
//! In: two paths, and what is there. Out: changes of names, deprecations and texts. Not here: types.

use super::change::{Aspect, Kind};
use super::collector::Changes;
use crate::surface::{Facts, Item};

/// An item of both crates, with its paths.
pub struct Pair<'a> {
    pub old: (&'a str, &'a Item),
    pub new: (&'a str, &'a Item),
    /// Whether the new name is a change of its own.
    pub is_renamed: bool,
}

impl Pair<'_> {
    /// The old path and the new one.
    pub fn paths(&self) -> (&str, &str) {
        (self.old.0, self.new.0)
    }
}

/// Something has another name.
pub fn renamed(changes: &mut Changes, paths: (&str, &str)) {
    let text = format!("is the new name of `{}`", paths.0);
    changes.changed(Kind::Breaking, Aspect::Renamed, paths, text);
}

/// Compares deprecations and documentation. The documentation of what has changed says so anyway.
pub fn facts(
    changes: &mut Changes,
    paths: (&str, &str),
    (old, new): (&Facts, &Facts),
    is_changed: bool,
) {
    match (old.is_deprecated, new.is_deprecated) {
        (false, true) => changes.changed(
            Kind::Additive,
            Aspect::Deprecated,
            paths,
            "is deprecated".into(),
        ),
        (true, false) => changes.changed(
            Kind::Documentation,
            Aspect::Deprecated,
            paths,
            "is no longer deprecated".into(),
        ),
        (true, true) | (false, false) => {}
    }
    if old.docs != new.docs && !is_changed {
        let text = "has another documentation".to_owned();
        changes.changed(Kind::Documentation, Aspect::Documentation, paths, text);
    }
}
