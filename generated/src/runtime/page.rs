// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The pages of a listing.
//!
//! In: the reply of a listing, which emitted types describe. Out: [`Page`]. Not here: streams of pages (see `pages`).

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::error::Result;
use super::response::{Raw, Response, decode};

/// One page of a listing.
pub trait Page: DeserializeOwned + 'static {
    /// The type of the items.
    type Item;

    /// Returns the items of this page.
    fn items(&self) -> &[Self::Item];

    /// Converts the page into its items.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A response that consists of a list of items.
impl<T: DeserializeOwned + 'static> Page for Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn into_items(self) -> Vec<T> {
        self
    }
}

/// A list that may be `null`, which counts as empty.
impl<P: Page> Page for Option<P> {
    type Item = P::Item;

    fn items(&self) -> &[P::Item] {
        self.as_ref().map(P::items).unwrap_or_default()
    }

    fn into_items(self) -> Vec<P::Item> {
        self.map(P::into_items).unwrap_or_default()
    }
}

/// Decodes a page of a listing. Where a page may be empty, it is decoded like `null`.
pub(crate) fn decode_page<T: DeserializeOwned>(mut raw: Raw) -> Result<Response<T>> {
    let paging = raw.draft.operation.paging;
    if paging.is_some_and(|paging| paging.bare) && raw.is_bare() {
        raw.body = Bytes::from_static(b"null");
    }
    decode(raw)
}
