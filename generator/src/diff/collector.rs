//! A list of changes while it is made.
//!
//! In: what is different. Out: [`Changes`]. Not here: decisions.

use super::change::{Aspect, Change, Kind};

/// Collects changes.
#[derive(Debug, Default)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    /// Something that both crates have is different.
    pub fn changed(&mut self, kind: Kind, aspect: Aspect, paths: (&str, &str), text: String) {
        self.0.push(Change {
            kind,
            path: paths.1.to_owned(),
            aspect,
            text,
            old: Some(paths.0.to_owned()),
            new: Some(paths.1.to_owned()),
        });
    }

    pub fn removed(&mut self, path: &str, text: &str) {
        self.0.push(Change {
            kind: Kind::Breaking,
            path: path.to_owned(),
            aspect: Aspect::Removed,
            text: text.to_owned(),
            old: Some(path.to_owned()),
            new: None,
        });
    }

    pub fn added(&mut self, kind: Kind, path: &str, text: &str) {
        self.0.push(Change {
            kind,
            path: path.to_owned(),
            aspect: Aspect::Added,
            text: text.to_owned(),
            old: None,
            new: Some(path.to_owned()),
        });
    }
}
