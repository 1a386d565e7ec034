//! The reason why a value has no type.
//!
//! In: merged constraints, the losses of the document. Out: [`UntypedReason`]. Not here: types.

use super::cx::Cx;
use super::merged::Merged;
use super::refs::past_references;
use crate::document::{Document, Entry, Pos};
use crate::maps::HashMap;
use crate::model::api::UntypedReason;
use crate::report::{Code, Pointer};

/// Returns the schemas that are lost or lack a keyword, each with the code of its first loss.
pub fn lost(doc: &Document) -> HashMap<Pos, Code> {
    let position = |at: &Pointer| doc.places.get_index_of(at);
    let mut found = HashMap::default();
    for lost in &doc.lost {
        let pos = position(&lost.at).or_else(|| position(&lost.at.split()?.0));
        if let Some(pos) = pos {
            found.entry(pos).or_insert(lost.code);
        }
    }
    found
}

/// Returns the reason why the values of a key have no type, if the remaining keywords do not determine one.
pub fn why(cx: &Cx, all: &Merged) -> UntypedReason {
    let own = all.parts.iter().find_map(|pos| cx.lost.get(pos));
    match (own, &all.contradiction) {
        (Some(code), _) => UntypedReason::Unsupported(*code),
        (None, Some(_)) => UntypedReason::Unsupported(Code::Contradiction),
        (None, None) if all.parts.iter().any(|&pos| lacks_member(cx, pos)) => UntypedReason::Broken,
        // Lists and objects in an enum are not examined.
        (None, None) if all.values.is_some() => UntypedReason::Unsupported(Code::LooserEnum),
        (None, None) => UntypedReason::FreeForm,
    }
}

/// Returns whether a member of `allOf` could not be read.
fn lacks_member(cx: &Cx, pos: Pos) -> bool {
    let Entry::Schema(view) = cx.entry(pos) else {
        return false;
    };
    let all_of = &view.keywords.all_of;
    all_of.iter().any(|member| {
        member
            .and_then(|member| past_references(cx, member))
            .is_none()
    })
}
