// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The URL of a request.
//!
//! In: the draft of a call. Out: the URL up to the query, and the query. Not here: credentials, headers.

use http::HeaderValue;

use super::draft::{Custom, Draft, Given};
use super::error::{Error, Result};
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
        if let Some(page) = self.page_target(target)? {
            (*target, *query) = page;
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

    /// Returns the values of a query parameter from the call's options.
    pub(super) fn extra<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let extra = self.options.query.iter();
        let extra = extra.filter(move |(other, _)| other == name);
        extra.map(|(_, value)| value.as_str())
    }

    /// Adds the query parameters. Pairs from the call's options take the position of the parameter that they replace.
    fn push_query(&self, query: &mut String) -> Result<()> {
        let pairs = self.options.query.iter();
        let pairs = pairs.map(|(name, value)| (name.as_str(), value.as_str()));
        let set: Vec<(&str, &str)> = pairs.collect();
        let set = self.with_cursor(set);
        let mut sent = Vec::new();
        for &name in self.operation.query {
            let Some(given) = self.query.iter().find(|given| given.name == name) else {
                continue;
            };
            if self.options.removes_query(name) {
                continue;
            }
            let mut values = set.iter().filter(|(other, _)| *other == name).peekable();
            if values.peek().is_some() {
                for (_, value) in values {
                    url::push_pair(query, name, value);
                }
                sent.push(name);
                continue;
            }
            let pairs = given.style.query(name, given.value()?);
            let pairs = pairs.map_err(|why| Error::invalid_argument(name, why))?;
            let pairs = pairs.map(|pairs| self.without_cursor(pairs));
            let pairs = pairs.filter(|pairs| !pairs.is_empty());
            url::push_pairs(query, pairs.as_deref());
        }
        for (name, value) in set.iter().filter(|(name, _)| !sent.contains(name)) {
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
