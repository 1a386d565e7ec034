//! Types that are pages of items.
//!
//! In: the paging of operations. Out: for each type that is a page, the fields that lead to its items. Not here: which operations
//! are listings (see `understand`), pages of the reference.

use std::collections::BTreeMap;

use crate::model::api::{Api, FieldId, TypeId};

/// The fields from a page to its list of items, from the outside in. There is at least one.
pub type Page = Vec<FieldId>;

/// Returns the types that are pages. All operations with the same type agree.
pub fn run(api: &Api) -> BTreeMap<TypeId, Page> {
    let pagings = api.ops.iter().filter_map(|op| op.listing.pages());
    let pages = pagings.filter_map(|paging| {
        let first = paging.items.first()?;
        Some((first.ty, paging.items.clone()))
    });
    pages.collect()
}
