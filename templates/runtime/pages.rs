// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Pagination: streams over listings.
//!
//! In: the call of the first page, and the items of each page. Out: streams of pages
//! and of items. Not here: the state of a listing (see `pager`), where the next page is (see `paging`), the names of a document's cursors.
//!
//! The streams are fused: after the end or an error they return `None`. A page is requested only when it is needed. Each
//! page is a separate call, with its own retries, timeouts and deadline.

use std::fmt::{self, Formatter};
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

#[cfg(feature = "blocking")]
pub use super::blocking::Blocking;
use super::call::{Call, WithResponse};
use super::draft::{Draft, Reading};
use super::error::Result;
pub use super::page::Page;
use super::pager::Pager;
use super::response::Response;

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

            /// Sets whether to continue after an empty page that has a next one. Default: `true`.
            /// After 1000 empty pages in a row, the stream ends with an error.
            ///
            /// If pages or items are counted, the listing always ends at an empty page, unless the
            /// server says that there are more.
            pub fn continue_on_empty_page(mut self, go_on: bool) -> Self {
                self.pager.continue_on_empty_page(go_on);
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
                    .field("call", self.pager.draft())
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
        self.pager.limit(pages);
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
        self.pager.limit(pages);
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
            self.pager.current()
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

impl<T> Call<T> {
    pub(crate) fn pages<P: Page>(self) -> Pages<P> {
        Pages::new(self.reading(Reading::Whole).draft)
    }

    pub(crate) fn items<P: Page>(self) -> Items<P> {
        Items::new(self.reading(Reading::Whole).draft)
    }
}

impl<T: Page> WithResponse<T> {
    /// Returns a stream of all pages, each as a [`Response`].
    pub fn pages(self) -> ResponsePages<T> {
        ResponsePages::new(self.call.draft)
    }

    /// Returns a blocking iterator over all pages, each as a [`Response`].
    #[cfg(feature = "blocking")]
    pub fn pages_blocking(self) -> Blocking<ResponsePages<T>> {
        self.pages().blocking()
    }
}

/// Like `call!`, and adds streams over all pages. `pages` precedes the type of a page, if a response
/// can also be something else.
macro_rules! paged_call {
    ($name:ident => $reply:ty, pages $page:ty $(, $($form:tt)+)?) => {
        $crate::runtime::call!($name => $reply $(, $($form)+)?);
        $crate::runtime::paged_call!(@streams $name $page);
    };
    ($name:ident => $reply:ty $(, $($form:tt)+)?) => {
        $crate::runtime::call!($name => $reply $(, $($form)+)?);
        $crate::runtime::paged_call!(@streams $name $reply);
    };
    (@streams $name:ident $page:ty) => {
        impl $name {
            /// Returns a stream of the items of all pages. Pages are requested one at a time, when
            /// they are needed.
            pub fn items(mut self) -> $crate::runtime::macros::Items<$page> {
                self.sendable().clone().items()
            }

            /// Returns a stream of all pages. Pages are requested one at a time, when they are
            /// needed.
            pub fn pages(mut self) -> $crate::runtime::macros::Pages<$page> {
                self.sendable().clone().pages()
            }

            /// Returns a blocking iterator over the items of all pages.
            #[cfg(feature = "blocking")]
            pub fn items_blocking(
                self,
            ) -> $crate::runtime::macros::Blocking<$crate::runtime::macros::Items<$page>> {
                self.items().blocking()
            }

            /// Returns a blocking iterator over all pages.
            #[cfg(feature = "blocking")]
            pub fn pages_blocking(
                self,
            ) -> $crate::runtime::macros::Blocking<$crate::runtime::macros::Pages<$page>> {
                self.pages().blocking()
            }
        }
    };
}

pub(crate) use paged_call;
