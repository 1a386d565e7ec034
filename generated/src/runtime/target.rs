// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The URL of a request.
//!
//! In: the draft of a call. Out: the URL up to the query, and the query. Not here: credentials, headers.

use http::HeaderValue;

use super::auth::Place;
use super::draft::{Custom, Draft, Given};
use super::error::{Error, NextPageError, Result};
use super::next_url;
use super::paging::{self, Position};
use super::param::ParamValue;
use super::url::{self, BaseUrl};

impl Draft {
    /// Returns the path, which may be a template.
    pub(crate) fn path(&self) -> &str {
        let custom = self.custom.as_ref();
        custom.map_or(self.operation.path, |custom| &custom.path)
    }

    /// Appends the URL up to the query, and the query without credentials.
    pub(crate) fn push_target(&self, target: &mut String, query: &mut String) -> Result<()> {
        let client = &*self.client.inner;
        let instead;
        let base = match &self.options.base_url {
            Some(text) => {
                let parsed = BaseUrl::parse(text.trim());
                instead = parsed.map_err(|why| Error::invalid_argument("base_url", why))?;
                &instead
            }
            None => &client.base_url,
        };
        if let Some(custom) = &self.custom {
            target.push_str(&base.prefix);
            query.push_str(&base.query);
            custom.push_target(target, query)?;
            return self.push_query(query);
        }
        match self.own_server() {
            Some(server) => {
                if client.headers.values().any(HeaderValue::is_sensitive) {
                    self.check_own_server()?;
                }
                client.push_own_server(target, server);
            }
            None => target.push_str(&base.prefix),
        }
        let (path, fixed) = self.path().split_once('?').unwrap_or((self.path(), ""));
        url::push_path(target, path, |name, separators| {
            self.path_value(name, separators)
        })?;
        if let Some(page) = self.page_url() {
            (*target, *query) = page_target(self, target, page)?;
            return Ok(());
        }
        query.push_str(&base.query);
        url::push_fixed(query, fixed, |name| self.path_text(name))?;
        self.push_query(query)
    }

    /// Fails if the client's credentials may not go to this URL.
    pub(crate) fn check_receiver(&self, target: &str) -> Result<()> {
        let is_declared = self.own_server().is_some_and(url::is_plain_http);
        if url::is_plain_http(target) && !self.client.inner.plain_http && !is_declared {
            return Err(url::PlainHttp.into());
        }
        self.check_own_server()
    }

    /// Fails if the client's credentials may not go to the operation's own server.
    fn check_own_server(&self) -> Result<()> {
        match self.own_server() {
            Some(server) => self.client.inner.check_own_server(server),
            None => Ok(()),
        }
    }

    /// Returns the operation's own server, if the request goes there.
    fn own_server(&self) -> Option<&'static str> {
        let is_moved = self.custom.is_some() || self.options.base_url.is_some();
        self.operation.server.filter(|_| !is_moved)
    }

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
    pub(super) fn member_with_cursor(
        &self,
        path: &[&str],
        cursor: &str,
    ) -> Option<(String, String)> {
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

    /// Returns the URL of the page, if cursors are URLs.
    fn page_url(&self) -> Option<&str> {
        let is_url = self.operation.paging?.to.is_none();
        self.cursor.as_deref().filter(|_| is_url)
    }

    /// Returns the values of a query parameter from the call's options.
    pub(super) fn extra<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let extra = self.options.query.iter();
        let extra = extra.filter(move |(other, _)| other == name);
        extra.map(|(_, value)| value.as_str())
    }

    /// Adds the query parameters. A parameter from the call's options, or the cursor, takes the
    /// position of the parameter that it replaces.
    fn push_query(&self, query: &mut String) -> Result<()> {
        let cursor = match self.placed_cursor() {
            Some((Position::Query(name), cursor)) => Some((*name, cursor)),
            Some((Position::Body(_), _)) | None => None,
        };
        let mut sent = Vec::new();
        for &name in self.operation.query {
            let Some(given) = self.query.iter().find(|given| given.name == name) else {
                continue;
            };
            if self.options.removes_query(name) {
                continue;
            }
            let extra: Vec<&str> = self.extra(name).collect();
            match (cursor.filter(|(it, _)| *it == name), extra.as_slice()) {
                (Some((_, value)), _) => url::push_pair(query, name, value),
                (None, []) => {
                    let pairs = given.style.query(name, given.value()?);
                    let pairs = pairs.map_err(|why| Error::invalid_argument(name, why))?;
                    // The cursor may be a member of this parameter.
                    let pairs = match cursor {
                        Some((it, _)) => pairs.map(|pairs| next_url::without(&pairs, it)),
                        None => pairs,
                    };
                    let pairs = pairs.filter(|pairs| !pairs.is_empty());
                    url::push_pairs(query, pairs.as_deref());
                    continue;
                }
                (None, values) => {
                    for value in values {
                        url::push_pair(query, name, value);
                    }
                }
            }
            sent.push(name);
        }
        let is_cursor = |name: &str| cursor.is_some_and(|(it, _)| it == name);
        for (name, value) in &self.options.query {
            if !sent.contains(&name.as_str()) && !is_cursor(name) {
                url::push_pair(query, name, value);
            }
        }
        if let Some((name, value)) = cursor.filter(|(name, _)| !sent.contains(name)) {
            url::push_pair(query, name, value);
        }
        Ok(())
    }

    /// Returns the escaped text of a path parameter.
    fn path_value(&self, name: &str, separators: &[u8]) -> Result<String> {
        let Some(given) = self.path.iter().find(|given| given.name == name) else {
            return Ok(String::new());
        };
        let text = given.style.path(name, given.value()?, separators);
        Ok(text.unwrap_or_default())
    }

    /// Returns the text of a path parameter that is in the query of the template.
    fn path_text(&self, name: &str) -> Result<&str> {
        let given = self.path.iter().find(|given| given.name == name);
        let value = given.map(Given::value).transpose()?;
        Ok(value.and_then(ParamValue::text).unwrap_or_default())
    }
}

impl Custom {
    fn push_target(&self, target: &mut String, query: &mut String) -> Result<()> {
        let (path, fixed) = self.path.split_once('?').unwrap_or((&self.path, ""));
        if !path.starts_with('/') || path.contains('#') {
            let why = "expected a path that begins with `/` and has no fragment";
            return Err(Error::invalid_argument("path", why));
        }
        url::push_plain(target, path)?;
        url::push_plain_query(query, fixed);
        for (name, value) in &self.query {
            url::push_pair(query, name, value);
        }
        Ok(())
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
        Place::Query(name) => next_url::without(&query, name),
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
        if next_url::without(&query, name) == query {
            let separator = if query.is_empty() { "" } else { "&" };
            query = format!("{query}{separator}{pair}");
        }
    }
    Ok((target.to_owned(), query))
}
