//! Types that are pages of items.
//!
//! In: the paging of operations. Out: a [`Page`] for each type that is one. Not here: paged operations (see `understand`),
//! pages of the reference.

use std::collections::BTreeMap;

use crate::model::api::{Api, NextPage, TypeId};

/// A type that is a page of items. Indices are those of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub items: usize,
    /// The field with the cursor of the next page.
    pub next: Option<usize>,
    /// The field that is `false` on the last page.
    pub more: Option<usize>,
}

/// The types that are pages. Operations with the same type agree on its fields, but not on the way to the next page.
pub fn run(api: &Api) -> BTreeMap<TypeId, Page> {
    let mut pages: BTreeMap<TypeId, Page> = BTreeMap::new();
    for paging in api.ops.iter().filter_map(|op| op.paging) {
        let (next, more) = match paging.next {
            None => (None, None),
            Some(NextPage::Cursor { from, more, .. }) => (Some(from), more),
        };
        let items = paging.items;
        let page = pages.entry(paging.page);
        let page = page.or_insert(Page { items, next, more });
        (page.next, page.more) = (page.next.or(next), page.more.or(more));
    }
    pages
}
