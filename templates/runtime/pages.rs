// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Pagination: streams over listings.
//!
//! In: the call of the first page, and the items of each page ([`Page`], which emitted types implement). Out: streams of pages
//! and of items. Not here: where the next page is (see `paging`), the names of a document's cursors.
//!
//! The streams are fused: after the end or an error they return `None`. A page is requested only when it is needed. Each
//! page is a separate call, with its own retries, timeouts and deadline.

use std::fmt::{self, Formatter};
use std::future::poll_fn;
use std::marker::PhantomData;
use std::mem::replace;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::auth::scrub;
#[cfg(feature = "blocking")]
pub use super::blocking::Blocking;
use super::error::{Error, NextPageError, RepeatedCursor, Result};
use super::paging::{Arrived, Seen, hash};
use super::request::{Draft, prepare, secrets};
use super::response::{Response, decode};
use super::send::{RawFuture, start};

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

/// The state after the pages returned so far.
enum Following {
    /// The next page can be requested with the draft's cursor.
    Request,
    /// The next page is being requested.
    Waiting(RawFuture),
    /// The listing cannot continue.
    Failed(Box<Error>),
    Nothing,
}

/// The state of a listing. Only its decoding is generic.
pub(crate) struct Pager {
    draft: Arc<Draft>,
    following: Following,
    /// The cursor of the page returned last, or of the first one.
    current: Option<String>,
    seen: Seen,
    /// The number of items so far, if the listing was followed from its start.
    total: Option<u64>,
    /// The contents of the page returned last, as a hash.
    contents: Option<u64>,
    pages_left: u64,
    past_empty: bool,
}

impl Pager {
    pub(crate) fn new(draft: Arc<Draft>) -> Self {
        let mut pager = Self {
            draft,
            following: Following::Request,
            current: None,
            seen: Seen::default(),
            total: None,
            contents: None,
            pages_left: u64::MAX,
            past_empty: false,
        };
        pager.start();
        pager
    }

    /// Stores the cursor of the first request.
    fn start(&mut self) {
        self.current = self.draft.start_cursor();
        if let Some(cursor) = &self.current {
            self.seen.insert(cursor);
        }
        let paging = self.draft.operation.paging;
        let is_start = paging.is_some_and(|paging| paging.is_start(self.current.as_deref()));
        self.total = is_start.then_some(0);
    }

    fn resume_from(&mut self, cursor: String) {
        Arc::make_mut(&mut self.draft).cursor = Some(cursor);
        self.start();
    }

    /// Returns the cursor of the next request, or of the last page if the listing has ended.
    fn cursor(&self) -> Option<&str> {
        match self.following {
            // A cursor that the caller gave as an argument is current until there is another one.
            Following::Request | Following::Waiting(_) => {
                self.draft.cursor.as_deref().or(self.current.as_deref())
            }
            Following::Failed(_) | Following::Nothing => self.current.as_deref(),
        }
    }

    fn poll_page<P: Page>(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<P>>>> {
        let Some(raw) = ready!(self.poll_raw(context)) else {
            return Poll::Ready(None);
        };
        let page = raw.and_then(decode::<P>);
        match &page {
            Ok(page) => self.advance(page.headers(), page.body(), page.items().len()),
            Err(_) => self.following = Following::Nothing,
        }
        Poll::Ready(Some(page))
    }

    /// Returns the next page before decoding. The caller must pass its contents to [`advance`](Self::advance).
    pub(crate) fn poll_raw(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<<RawFuture as Future>::Output>> {
        loop {
            match &mut self.following {
                Following::Nothing => return Poll::Ready(None),
                _ if self.pages_left == 0 => return Poll::Ready(None),
                Following::Request => self.following = Following::Waiting(start(&self.draft)),
                Following::Waiting(raw) => {
                    let raw = ready!(raw.as_mut().poll(context));
                    self.current = self.draft.start_cursor();
                    self.following = Following::Nothing;
                    self.pages_left -= 1;
                    return Poll::Ready(Some(raw));
                }
                Following::Failed(_) => {
                    self.current = self.draft.start_cursor();
                    return match replace(&mut self.following, Following::Nothing) {
                        Following::Failed(error) => Poll::Ready(Some(Err(*error))),
                        Following::Request | Following::Waiting(_) | Following::Nothing => {
                            Poll::Ready(None)
                        }
                    };
                }
            }
        }
    }

    /// Returns the cursor of the page returned last, or `None` for the first page of the listing.
    #[cfg(feature = "cli")]
    pub(crate) fn current(&self) -> Option<&str> {
        self.current.as_deref()
    }

    /// Returns whether the listing has ended or cannot continue.
    #[cfg(feature = "cli")]
    pub(crate) fn is_done(&self) -> bool {
        matches!(self.following, Following::Nothing)
    }

    /// Decides how to continue after a page with `count` items.
    pub(crate) fn advance(&mut self, headers: &HeaderMap, body: &[u8], count: usize) {
        let Some(paging) = self.draft.operation.paging else {
            self.following = Following::Nothing;
            return;
        };
        self.total = self.total.map(|total| total + count as u64);
        let url = match paging.to {
            Some(_) => String::new(),
            None => prepare(&self.draft).map_or(String::new(), |request| request.uri().to_string()),
        };
        let page = Arrived {
            headers,
            body,
            count,
            cursor: self.current.as_deref(),
            total: self.total,
            url: &url,
        };
        self.following = match paging.next(&page) {
            Ok(Some(cursor)) if self.past_empty || count > 0 => {
                let new = match paging.counts() {
                    // Numbers never repeat. A server that does not know the parameter repeats the page.
                    true => count == 0 || self.contents.replace(hash(body)) != Some(hash(body)),
                    false => self.seen.insert(&cursor),
                };
                Arc::make_mut(&mut self.draft).cursor = Some(cursor);
                match new {
                    true => Following::Request,
                    false => Following::Failed(Box::new(self.repeated())),
                }
            }
            Ok(Some(_) | None) => Following::Nothing,
            Err(kind) => Following::Failed(Box::new(Error::NextPage(NextPageError { kind }))),
        };
    }

    fn repeated(&self) -> Error {
        let cursor = self.draft.cursor.clone().unwrap_or_default();
        Error::RepeatedCursor(RepeatedCursor {
            cursor: scrub(cursor, &mut secrets(&self.draft)).into(),
        })
    }
}

/// Implements the methods that the three streams share.
macro_rules! stream {
    ($name:ident, $item:ty) => {
        impl<P: Page> $name<P> {
            /// Returns the next element, or `None` after the last one and after an error.
            ///
            /// This method is cancel safe: the request continues when `next` is called again.
            pub async fn next(&mut self) -> Option<Result<$item>> {
                poll_fn(|context| self.poll(context)).await
            }

            /// Collects all elements.
            ///
            /// # Errors
            ///
            /// Fails with the first error and discards the elements before it. Use
            /// [`next`](Self::next) to keep them.
            pub async fn try_collect(mut self) -> Result<Vec<$item>> {
                let mut all = Vec::new();
                while let Some(one) = self.next().await {
                    all.push(one?);
                }
                Ok(all)
            }

            /// Converts the stream into a blocking iterator, which continues at the current
            /// position.
            #[cfg(feature = "blocking")]
            pub fn blocking(self) -> Blocking<Self> {
                Blocking::new(self)
            }

            /// Starts at the page with this cursor. See [`cursor`](Self::cursor).
            pub fn resume_from(mut self, cursor: impl Into<String>) -> Self {
                self.pager.resume_from(cursor.into());
                self
            }

            /// Sets whether to continue after an empty page that has a next one. Default: `false`,
            /// which ends the listing at an empty page.
            ///
            /// If pages or items are counted, the listing always ends at an empty page, unless the
            /// server says that there are more.
            pub fn continue_on_empty_page(mut self, go_on: bool) -> Self {
                self.pager.past_empty = go_on;
                self
            }
        }

        impl<P: Page> Stream for $name<P> {
            type Item = Result<$item>;

            fn poll_next(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
            ) -> Poll<Option<Self::Item>> {
                self.poll(context)
            }
        }

        impl<P: Page> Unpin for $name<P> {}

        impl<P: Page> fmt::Debug for $name<P> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("call", &self.pager.draft)
                    .finish_non_exhaustive()
            }
        }
    };
}

/// A stream of the pages of a listing.
///
/// It implements [`Stream`]. Its own [`next`](Self::next) works without a stream library.
#[must_use = "streams do nothing unless they are polled"]
pub struct Pages<P> {
    pager: Pager,
    page: PhantomData<fn() -> P>,
}

/// A stream of the pages of a listing, each as a [`Response`] with status, headers, request id and raw body.
#[must_use = "streams do nothing unless they are polled"]
pub struct ResponsePages<P> {
    pager: Pager,
    page: PhantomData<fn() -> P>,
}

/// A stream of the items of all pages of a listing.
///
/// It implements [`Stream`]. Its own [`next`](Self::next) works without a stream library.
#[must_use = "streams do nothing unless they are polled"]
pub struct Items<P: Page> {
    pager: Pager,
    page: vec::IntoIter<P::Item>,
    left: u64,
}

impl<P: Page> Pages<P> {
    pub(crate) fn new(draft: Arc<Draft>) -> Self {
        Self {
            pager: Pager::new(draft),
            page: PhantomData,
        }
    }

    /// Limits the number of pages. No further pages are requested.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pager.pages_left = pages;
        self
    }

    /// Returns the cursor from which another stream can continue with
    /// [`resume_from`](Self::resume_from).
    ///
    /// It is the cursor of the next page, or of the page that failed. After the last page, it is
    /// the cursor of that page. `None` means the start of the listing.
    pub fn cursor(&self) -> Option<&str> {
        self.pager.cursor()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        self.pager
            .poll_page(context)
            .map(|page| page.map(|page| page.map(Response::into_inner)))
    }
}

impl<P: Page> ResponsePages<P> {
    pub(crate) fn new(draft: Arc<Draft>) -> Self {
        Self {
            pager: Pager::new(draft),
            page: PhantomData,
        }
    }

    /// Limits the number of pages. No further pages are requested.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pager.pages_left = pages;
        self
    }

    /// Returns the cursor from which another stream can continue. See [`Pages::cursor`].
    pub fn cursor(&self) -> Option<&str> {
        self.pager.cursor()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<P>>>> {
        self.pager.poll_page(context)
    }
}

impl<P: Page> Items<P> {
    pub(crate) fn new(draft: Arc<Draft>) -> Self {
        Self {
            pager: Pager::new(draft),
            page: Vec::new().into_iter(),
            left: u64::MAX,
        }
    }

    /// Limits the number of items. Pages beyond the limit are not requested. With 0, nothing is
    /// requested.
    pub fn max_items(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// Returns the cursor from which another stream can continue with
    /// [`resume_from`](Self::resume_from): the cursor of the page with the next item.
    ///
    /// A stream that continues there skips nothing, but repeats the items of that page that were
    /// already returned. After an error, it is the cursor of the page that failed. After the end,
    /// it is the cursor of the last page. `None` means the start of the listing.
    pub fn cursor(&self) -> Option<&str> {
        if self.page.as_slice().is_empty() {
            self.pager.cursor()
        } else {
            self.pager.current.as_deref()
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item>>> {
        loop {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.next() {
                self.left -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pager.poll_page::<P>(context)) {
                Some(Ok(page)) => self.page = page.into_inner().into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

stream!(Pages, P);
stream!(ResponsePages, Response<P>);
stream!(Items, P::Item);
