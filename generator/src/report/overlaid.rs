//! Which values come from an overlay.
//!
//! In: what overlays put into the document. Out: the overlay's own pointer for a pointer of the document. Not here: overlays
//! themselves (see [`read`](crate::read)).

use super::{InputFile, Pointer};

/// A value that an overlay put into the document.
#[derive(Clone, Debug, PartialEq)]
struct Value {
    at: Pointer,
    overlay: InputFile,
    from: Pointer,
}

/// All values that overlays put into the document, in that order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlaid(Vec<Value>);

impl Overlaid {
    pub(super) fn add(&mut self, at: Pointer, overlay: InputFile, from: Pointer) {
        self.0.push(Value { at, overlay, from });
    }

    /// Returns the overlay that a value of the document comes from, and the pointer there. `None`
    /// if the document has it itself.
    pub fn origin(&self, at: &Pointer) -> Option<(InputFile, Pointer)> {
        let last_first = self.0.iter().rev();
        let mut found = last_first.filter_map(|value| Some((value, at.below(&value.at)?)));
        let (value, below) = found.next()?;
        let from = below
            .keys()
            .fold(value.from.clone(), |from, key| from.child(&key));
        Some((value.overlay, from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_overlay_counts() {
        let mut overlaid = Overlaid::default();
        let at = |text: &str| Pointer::canonical(text);
        overlaid.add(
            at("#/info/x"),
            InputFile::Overlay(0),
            at("#/actions/0/update/x"),
        );
        overlaid.add(
            at("#/info/x/y"),
            InputFile::Overlay(1),
            at("#/actions/3/update"),
        );
        let origin = |text: &str| overlaid.origin(&at(text));
        assert_eq!(origin("#/info"), None);
        assert_eq!(origin("#/info/xx"), None);
        let first = (InputFile::Overlay(0), at("#/actions/0/update/x/z"));
        assert_eq!(origin("#/info/x/z"), Some(first));
        let second = (InputFile::Overlay(1), at("#/actions/3/update"));
        assert_eq!(origin("#/info/x/y"), Some(second));
    }
}
