//! The values to find.
//!
//! In: pointers. Out: their keys as a tree, which takes positions. Not here: the search.

use std::collections::HashMap;

/// The values to find, by their keys.
#[derive(Default)]
pub struct PositionTree {
    pub children: HashMap<String, PositionTree>,
    pub position: Option<Position>,
}

/// A line, and a column in characters.
pub type Position = (usize, usize);

impl PositionTree {
    /// Notes that the value of this key is here.
    pub fn found(&mut self, key: &str, position: Position) -> Option<&mut Self> {
        // Lowering adds a missing slash to a path.
        let key = match self.children.contains_key(key) {
            true => key,
            false => &format!("/{key}"),
        };
        let child = self.children.get_mut(key)?;
        child.position.get_or_insert(position);
        Some(child)
    }
}
