// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The state of a listing: which page is next, and whether there is one.
//!
//! In: the call of the first page, and pages as they arrive. Out: the requests of pages. Not here: streams of values (see `pages`),
//! where the next page is (see `paging`).

use std::future::Future;
use std::mem::replace;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::HeaderMap;

use super::auth::scrub;
use super::draft::Draft;
use super::error::{Error, NextPageError, NextPageErrorKind, Repeated, RepeatedCursor, Result};
use super::page::{Page, decode_page};
use super::paging::{Arrived, Paging};
use super::request::{prepare, secrets};
use super::response::Response;
use super::seen::Seen;
use super::send::{RawFuture, start};

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
    /// The number of empty pages in a row.
    empty: u32,
    /// The number of the first page, if the listing was followed from there and the server said it.
    first: Option<i64>,
}

/// The largest number of empty pages in a row. A filter may leave many pages empty.
const EMPTY_PAGES: u32 = 1000;

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
            past_empty: true,
            empty: 0,
            first: None,
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

    pub(crate) fn resume_from(&mut self, cursor: String) {
        Arc::make_mut(&mut self.draft).cursor = Some(cursor);
        self.start();
    }

    /// Returns the cursor of the next request, or of the last page if the listing has ended.
    pub(crate) fn cursor(&self) -> Option<&str> {
        match self.following {
            // A cursor that the caller gave as an argument is current until there is another one.
            Following::Request | Following::Waiting(_) => {
                self.draft.cursor.as_deref().or(self.current.as_deref())
            }
            Following::Failed(_) | Following::Nothing => self.current.as_deref(),
        }
    }

    pub(crate) fn poll_page<P: Page>(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<P>>>> {
        let Some(raw) = ready!(self.poll_raw(context)) else {
            return Poll::Ready(None);
        };
        let page = raw.and_then(decode_page::<P>);
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
                    if raw.as_ref().is_ok_and(|raw| self.is_first_again(&raw.body)) {
                        self.first = Some(1);
                        Arc::make_mut(&mut self.draft).cursor = Some("2".to_owned());
                        self.following = Following::Request;
                        continue;
                    }
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

    /// Returns whether page 1 is the page that came without a number, so that there is no page 0.
    fn is_first_again(&self, body: &[u8]) -> bool {
        let paging = self.draft.operation.paging.filter(|paging| paging.compared);
        let is_second = self.current.is_none() && self.draft.cursor.as_deref() == Some("1");
        is_second && paging.is_some_and(|paging| self.contents == Some(paging.contents(body)))
    }

    /// Limits the number of pages.
    pub(crate) fn limit(&mut self, pages: u64) {
        self.pages_left = pages;
    }

    /// Sets whether to continue after an empty page that has a next one.
    pub(crate) fn continue_on_empty_page(&mut self, go_on: bool) {
        self.past_empty = go_on;
    }

    /// Returns the description of the request.
    pub(crate) fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Returns the cursor of the page returned last, or `None` for the first page of the listing.
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
        if self.current.is_none() {
            self.first = paging.said_first(body);
        }
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
            first: self.first,
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        let wrong = |kind| Following::Failed(Box::new(Error::NextPage(NextPageError { kind })));
        self.following = match paging.next(&page) {
            Ok(Some(_)) if count == 0 && !self.past_empty => Following::Nothing,
            Ok(Some(_)) if self.empty > EMPTY_PAGES => wrong(NextPageErrorKind::EmptyPages),
            Ok(Some(cursor)) => self.follow(paging, cursor, body, count),
            Ok(None) => Following::Nothing,
            Err(kind) => wrong(kind),
        };
    }

    /// Requests the page at a cursor, unless the server repeats itself.
    fn follow(&mut self, paging: &Paging, cursor: String, body: &[u8], count: usize) -> Following {
        let repeated = match paging.counts() {
            // Numbers never repeat. A server that does not know the parameter repeats the page.
            true => {
                let contents = paging.contents(body);
                let is_same = count > 0 && self.contents.replace(contents) == Some(contents);
                is_same.then(|| (Repeated::Page, self.current.clone().unwrap_or_default()))
            }
            false => (!self.seen.insert(&cursor)).then(|| (Repeated::Cursor, cursor.clone())),
        };
        Arc::make_mut(&mut self.draft).cursor = Some(cursor);
        match repeated {
            None => Following::Request,
            Some((what, cursor)) => {
                let cursor = scrub(cursor, &mut secrets(&self.draft)).into();
                let error = RepeatedCursor { cursor, what };
                Following::Failed(Box::new(Error::RepeatedCursor(error)))
            }
        }
    }
}
