//! Generic schemas: what a schema with dynamic references is for each schema that extends it.
//!
//! In: the schemas of a document, their dynamic references at their own locations. Out: the same, each replaced by its target.
//! Not here: other references.
//!
//! A *scope* is what is left of the dynamic scope of JSON Schema (Core, 7.1): the schemas that the names of anchors stand for. A
//! schema that is reached in another scope than its own is a schema of its own, which stands where the reference to it stood:
//! what `PetPage` makes of a template is at `#/components/schemas/PetPage/$ref/0`. Only schemas that lead to a dynamic reference
//! are copied, and each at most once for a scope.
//!
//! The files, in the order in which they use each other: [`table`], [`scope`], [`target`], [`needs`], [`instances`].

mod instances;
mod needs;
mod scope;
mod table;
mod target;
#[cfg(test)]
mod tests;

use super::log::Log;
use super::lower::Dynamic;
use super::schema::Entry;
use crate::maps::IndexSet;
use crate::report::Pointer;
use table::Table;

/// Replaces all dynamic references.
pub(super) fn run(
    places: &mut IndexSet<Pointer>,
    schemas: &mut Vec<Entry>,
    dynamic: &Dynamic,
    report: &mut Log,
) {
    if dynamic.references.is_empty() {
        return;
    }
    let table = Table {
        places: &*places,
        schemas: &*schemas,
    };
    let scopes = scope::Scopes::new(table, dynamic);
    let references = target::references(table, dynamic, report);
    let made = instances::run(table, &scopes, &references, report);
    made.put(places, schemas, report);
}
