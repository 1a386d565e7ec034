// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Listings of several pages, as streams.
//!
//! Comes in: the call of the first page, and from each page where the next one is ([`Page`], implemented by emitted
//! types). Goes out: streams of pages and of items. Must not be here: knowledge of how a document spells its cursors.
//!
//! The streams are fused: after the end or an error they give `None`. A page is requested when it is needed, not
//! before. Each page is a call of its own, with its own attempts, timeouts and deadline.

use std::collections::HashSet;
use std::fmt::{self, Formatter};
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::auth::scrub;
#[cfg(feature = "blocking")]
pub use super::blocking::Blocking;
use super::error::{Error, RepeatedCursor, Result};
use super::request::{Draft, secrets};
use super::response::{Response, decode};
use super::send::{RawFuture, start};

/// One page of a listing.
pub trait Page: DeserializeOwned + 'static {
    /// What is listed.
    type Item;

    /// The items of this page.
    fn items(&self) -> &[Self::Item];

    /// The items of this page, by value.
    fn into_items(self) -> Vec<Self::Item>;

    /// Where the next page is; `None` on the last one. Whether this page is empty is not considered.
    fn next(&self) -> Option<Next>;
}

/// Where the next page is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// The value of the cursor parameter.
    Cursor(String),
}

impl Next {
    /// There is a next page unless the server denies it or gives no cursor. A server that says nothing may have more.
    pub(crate) fn cursor(more: impl Into<Option<bool>>, cursor: Option<&str>) -> Option<Self> {
        match (more.into(), cursor) {
            (Some(true) | None, Some(cursor)) if !cursor.is_empty() => {
                Some(Self::Cursor(cursor.to_owned()))
            }
            (Some(_) | None, Some(_) | None) => None,
        }
    }
}

/// What comes after the pages that were given.
enum Following {
    /// A request with the draft's cursor.
    Request,
    /// The same, under way.
    Waiting(RawFuture),
    /// The draft's cursor was used before.
    Repeated,
    Nothing,
}

/// The state of a listing. Only its decoding is generic.
pub(crate) struct Pager {
    draft: Arc<Draft>,
    following: Following,
    /// The cursor of the page given last, or of the first one.
    current: Option<String>,
    seen: HashSet<String>,
    pages_left: u64,
    past_empty: bool,
}

impl Pager {
    pub(crate) fn new(draft: Arc<Draft>) -> Self {
        let current = draft.start_cursor().map(str::to_owned);
        let seen = current.iter().cloned().collect();
        Self {
            draft,
            following: Following::Request,
            current,
            seen,
            pages_left: u64::MAX,
            past_empty: false,
        }
    }

    fn resume_from(&mut self, cursor: String) {
        Arc::make_mut(&mut self.draft).cursor = Some(cursor);
        self.current = self.draft.cursor.clone();
        self.seen.extend(self.current.clone());
    }

    /// The cursor of the next request; after the last page, that page's.
    fn cursor(&self) -> Option<&str> {
        match self.following {
            Following::Request | Following::Waiting(_) | Following::Repeated => {
                self.draft.start_cursor()
            }
            Following::Nothing => self.current.as_deref(),
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
            Ok(page) => self.advance(page.next(), page.items().is_empty()),
            Err(_) => self.following = Following::Nothing,
        }
        Poll::Ready(Some(page))
    }

    /// The next page as it came. [`advance`](Self::advance) has to be told what it says.
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
                    self.current = self.draft.start_cursor().map(str::to_owned);
                    self.following = Following::Nothing;
                    self.pages_left -= 1;
                    return Poll::Ready(Some(raw));
                }
                Following::Repeated => {
                    self.current = self.draft.cursor.clone();
                    self.following = Following::Nothing;
                    return Poll::Ready(Some(Err(self.repeated())));
                }
            }
        }
    }

    /// The cursor of the page that was given last; `None` for the first one of a listing from its beginning.
    #[cfg(feature = "cli")]
    pub(crate) fn current(&self) -> Option<&str> {
        self.current.as_deref()
    }

    /// Decides what comes after a page.
    pub(crate) fn advance(&mut self, next: Option<Next>, empty: bool) {
        let possible = self.draft.operation.cursor.is_some() && (self.past_empty || !empty);
        self.following = match next {
            Some(Next::Cursor(cursor)) if possible => {
                let new = self.seen.insert(cursor.clone());
                Arc::make_mut(&mut self.draft).cursor = Some(cursor);
                if new {
                    Following::Request
                } else {
                    Following::Repeated
                }
            }
            Some(Next::Cursor(_)) | None => Following::Nothing,
        };
    }

    fn repeated(&self) -> Error {
        let cursor = scrub(
            self.current.clone().unwrap_or_default(),
            &mut secrets(&self.draft),
        );
        Error::RepeatedCursor(RepeatedCursor {
            cursor: cursor.into(),
        })
    }
}

/// What the three streams have in common.
macro_rules! stream {
    ($name:ident, $item:ty) => {
        impl<P: Page> $name<P> {
            /// The next one; `None` after the last one, and after an error.
            ///
            /// Dropping the future loses nothing: the request goes on when `next` is called again.
            pub async fn next(&mut self) -> Option<Result<$item>> {
                poll_fn(|context| self.poll(context)).await
            }

            /// All of them. After an error, those that came before are lost: use [`next`](Self::next) to keep them.
            pub async fn try_collect(mut self) -> Result<Vec<$item>> {
                let mut all = Vec::new();
                while let Some(one) = self.next().await {
                    all.push(one?);
                }
                Ok(all)
            }

            /// The same for code that is not async. It goes on where the stream is.
            #[cfg(feature = "blocking")]
            pub fn blocking(self) -> Blocking<Self> {
                Blocking::new(self)
            }

            /// Starts with the page that a cursor stands for, see [`cursor`](Self::cursor).
            pub fn resume_from(mut self, cursor: impl Into<String>) -> Self {
                self.pager.resume_from(cursor.into());
                self
            }

            /// Goes on after a page without items if it says where the next one is. Default: `false`, an empty page is
            /// the last.
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

/// The pages of a listing.
///
/// A [`Stream`], and for those who have no stream library at hand it has [`next`](Self::next) itself.
#[must_use = "streams do nothing unless they are polled"]
pub struct Pages<P> {
    pager: Pager,
    page: PhantomData<fn() -> P>,
}

/// The pages of a listing, each as a [`Response`] with status, headers, request id and raw body.
#[must_use = "streams do nothing unless they are polled"]
pub struct ResponsePages<P> {
    pager: Pager,
    page: PhantomData<fn() -> P>,
}

/// The items of all pages of a listing.
///
/// A [`Stream`], and for those who have no stream library at hand it has [`next`](Self::next) itself.
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

    /// Gives at most this many pages, and requests no more.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pager.pages_left = pages;
        self
    }

    /// Where to go on in another stream, with [`resume_from`](Self::resume_from): the page that was not given yet, or
    /// that failed; after the last page, that page. `None` is the beginning of the listing.
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

    /// Gives at most this many pages, and requests no more.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pager.pages_left = pages;
        self
    }

    /// Where to go on in another stream, see [`Pages::cursor`].
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

    /// Gives at most this many items, and requests no page beyond those that they are on. 0 requests nothing.
    pub fn max_items(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// Where to go on in another stream, with [`resume_from`](Self::resume_from): the page that the next item is on.
    ///
    /// Nothing is skipped that way, but the items of a page that were given already come again, unless it was the
    /// page's last item that was given last. After an error it is the page that failed; after the end, the last page.
    /// `None` is the beginning of the listing.
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
