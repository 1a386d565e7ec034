// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The cursor of a page in its request.
//!
//! In: the draft of a call, with the cursor of a page. Out: the parts of the request that lead to this page. Not here: the cursor of
//! the next page (see `paging`), the rest of the request (see `target` and `request`).

use super::auth::Place;
use super::draft::Draft;
use super::error::{Error, NextPageError, Result};
use super::paging::{self, Position};
use super::param::ParamValue;
use super::{next_url, url};

impl Draft {
    /// Returns the cursor of the first request, if the caller set one.
    pub(crate) fn start_cursor(&self) -> Option<String> {
        if self.cursor.is_some() {
            return self.cursor.clone();
        }
        match self.operation.paging?.to.as_ref()? {
            Position::Query(name) => {
                let own = || self.query.iter().find(|given| given.name == *name)?.text();
                let given = self.extra(name).next().or_else(own).map(str::to_owned);
                given.or_else(|| self.member(name))
            }
            position @ Position::Body(path) => {
                let body = self.body.as_ref()?.text()?;
                paging::find(body, path).and_then(|value| position.cursor(value))
            }
        }
    }

    /// Returns the property of the body that has the cursor, as its name and JSON.
    fn member_with_cursor(&self, path: &[&str], cursor: &str) -> Option<(String, String)> {
        let (name, rest) = path.split_first()?;
        let mut given = self.options.body.iter();
        let given = given.find(|(other, _)| other == name);
        let given = given.and_then(|(_, json)| serde_json::from_str(json).ok());
        let own = || paging::find(self.body.as_ref()?.text()?, &[*name]);
        let value = paging::placed(rest, cursor, given.or_else(own));
        Some(((*name).to_owned(), value.to_string()))
    }

    /// Returns the value of a pair that is a member of a query parameter.
    fn member(&self, name: &str) -> Option<String> {
        if self.operation.query.contains(&name) {
            return None;
        }
        self.query.iter().find_map(|given| {
            let Ok(ParamValue::Object(members)) = &given.value else {
                return None;
            };
            let is_it = |key: &str| key == name || format!("{}[{key}]", given.name) == name;
            let (_, value) = members.iter().find(|(key, _)| is_it(key))?;
            value.text().map(str::to_owned)
        })
    }

    /// Returns the parameter that the cursor goes into, and the cursor.
    fn placed_cursor(&self) -> Option<(&'static Position, &str)> {
        Some((self.operation.paging?.to.as_ref()?, self.cursor.as_deref()?))
    }

    fn query_cursor(&self) -> Option<(&'static str, &str)> {
        match self.placed_cursor()? {
            (Position::Query(name), cursor) => Some((*name, cursor)),
            (Position::Body(_), _) => None,
        }
    }

    /// Replaces the pairs of the cursor's name.
    pub(super) fn with_cursor<'a>(
        &'a self,
        pairs: Vec<(&'a str, &'a str)>,
    ) -> Vec<(&'a str, &'a str)> {
        let Some((name, cursor)) = self.query_cursor() else {
            return pairs;
        };
        let others = pairs.into_iter().filter(|(other, _)| *other != name);
        others.chain([(name, cursor)]).collect()
    }

    /// Removes the cursor from the pairs of a parameter, of which it may be a member.
    pub(super) fn without_cursor(&self, pairs: String) -> String {
        match self.query_cursor() {
            Some((name, _)) => url::without(&pairs, name),
            None => pairs,
        }
    }

    /// Returns the property of the body that has the cursor, as its name and JSON.
    pub(super) fn body_cursor(&self) -> Option<(String, String)> {
        match self.placed_cursor()? {
            (Position::Body(path), cursor) => self.member_with_cursor(path, cursor),
            (Position::Query(_), _) => None,
        }
    }

    /// Returns the URL of the page, if cursors are URLs.
    fn page_url(&self) -> Option<&str> {
        let is_url = self.operation.paging?.to.is_none();
        self.cursor.as_deref().filter(|_| is_url)
    }

    /// Returns the URL and the query of the page, if cursors are URLs.
    pub(super) fn page_target(&self, first: &str) -> Result<Option<(String, String)>> {
        let page = self.page_url().map(|page| page_target(self, first, page));
        page.transpose()
    }
}

/// Returns the path and the query of a page whose URL the server gave. The query of the base URL is
/// kept, and credentials that the server repeats are removed.
fn page_target(draft: &Draft, first: &str, page: &str) -> Result<(String, String)> {
    let whole =
        next_url::resolve(first, page).map_err(|kind| Error::NextPage(NextPageError { kind }))?;
    let (target, query) = whole.split_once('?').unwrap_or((&whole, ""));
    let schemes = draft
        .operation
        .auth
        .iter()
        .flat_map(|schemes| schemes.iter());
    let mut query = schemes.fold(query.to_owned(), |query, scheme| match scheme.place {
        Place::Query(name) => url::without(&query, name),
        Place::Bearer | Place::Basic | Place::Header(_) | Place::Cookie(_) => query,
    });
    for pair in draft
        .client
        .inner
        .base_url
        .query
        .split('&')
        .filter(|pair| !pair.is_empty())
    {
        let name = pair.split('=').next().unwrap_or_default();
        if url::without(&query, name) == query {
            let separator = if query.is_empty() { "" } else { "&" };
            query = format!("{query}{separator}{pair}");
        }
    }
    Ok((target.to_owned(), query))
}
