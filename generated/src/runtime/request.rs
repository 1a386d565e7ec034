// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Builds HTTP requests from calls.
//!
//! In: an operation, the values of its parameters and the options of the call. Out: a complete `http::Request`,
//! including the credential. Not here: I/O.

use std::fmt::{self, Formatter};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri};

use super::auth::{self, Place, Scheme};
use super::client::Client;
use super::error::{Error, MissingCredentials, NextPageError, Result};
use super::options::CallOptions;
use super::paging::{self, Paging, Position};
use super::transport::Body;
use super::{json, next_url, url};
use crate::service::SERVICE;

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path template.
    pub(crate) path: &'static str,
    /// The query parameters in the order in which they are sent.
    pub(crate) query: &'static [&'static str],
    /// Alternatives, each a list of schemes that are all needed. Empty if no credential is needed.
    pub(crate) auth: &'static [&'static [&'static Scheme]],
    /// How its pages follow each other. `None` if it is no listing.
    pub(crate) paging: Option<&'static Paging>,
    /// The media types that are documented for the response, as an `Accept` header.
    pub(crate) accept: &'static str,
}

/// An HTTP method for which `http` has no constant.
pub(crate) fn method(token: &'static str) -> Method {
    Method::from_bytes(token.as_bytes()).expect("the generator takes tokens of RFC 9110 only")
}

/// The statuses with which a call succeeds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Success {
    /// 200 to 299.
    Usual,
    /// 300 to 399, because the document describes no other success.
    Redirect,
}

/// The description of a request that a call will send.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) cookies: Vec<(&'static str, String)>,
    /// The body's media type, and its JSON or the error of encoding it.
    pub(crate) body: Option<(&'static str, std::result::Result<Bytes, String>)>,
    pub(crate) options: CallOptions,
    pub(crate) success: Success,
    /// The cursor of the page. It replaces the caller's.
    pub(crate) cursor: Option<String>,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Draft {
    /// Whether a status is the success that the document describes.
    pub(crate) fn succeeds(&self, status: StatusCode) -> bool {
        match self.success {
            Success::Usual => status.is_success(),
            Success::Redirect => status.is_success() || status.is_redirection(),
        }
    }

    /// The cursor of the first request.
    pub(crate) fn start_cursor(&self) -> Option<String> {
        if self.cursor.is_some() {
            return self.cursor.clone();
        }
        match self.operation.paging?.to.as_ref()? {
            Position::Query(name) => {
                let pairs = self.pairs().into_iter();
                let mut own = pairs.filter(|(other, _)| other == name);
                own.next().map(|(_, value)| value.to_owned())
            }
            position @ Position::Body(name) => {
                let body = self.body.as_ref()?.1.as_ref().ok()?;
                paging::find(body, &[name]).and_then(|value| position.cursor(value))
            }
        }
    }

    /// The parameter that the cursor goes into, and the cursor.
    fn placed_cursor(&self) -> Option<(&'static Position, &str)> {
        Some((self.operation.paging?.to.as_ref()?, self.cursor.as_deref()?))
    }

    /// The URL of the page, if its cursor is one.
    fn page_url(&self) -> Option<&str> {
        let is_url = self.operation.paging?.to.is_none();
        self.cursor.as_deref().filter(|_| is_url)
    }

    /// Name and value of each query parameter. A parameter from the call's options takes the position of the one that it
    /// replaces.
    fn pairs(&self) -> Vec<(&str, &str)> {
        let extra = &self.options.query;
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for name in self.operation.query {
            let own = self
                .query
                .iter()
                .filter(|(n, _)| n == name)
                .map(|(n, v)| (*n, v.as_str()));
            let instead = extra
                .iter()
                .filter(|(n, _)| n == name)
                .map(|(n, v)| (n.as_str(), v.as_str()));
            let start = pairs.len();
            pairs.extend(own);
            if pairs.len() > start && extra.iter().any(|(n, _)| n == name) {
                pairs.truncate(start);
                pairs.extend(instead);
            }
        }
        let sent = pairs.len();
        for (name, value) in extra {
            if !pairs[..sent].iter().any(|(n, _)| n == name) {
                pairs.push((name, value));
            }
        }
        if let Some((Position::Query(name), cursor)) = self.placed_cursor() {
            match pairs.iter_mut().find(|(n, _)| n == name) {
                Some(pair) => pair.1 = cursor,
                None => pairs.push((name, cursor)),
            }
        }
        pairs
    }
}

/// Builds the complete request.
pub(crate) fn prepare(draft: &Draft) -> Result<Request<Body>> {
    let client = &*draft.client.inner;
    let mut target = String::with_capacity(256);
    target.push_str(&client.base_url.prefix);
    url::push_path(&mut target, draft.operation.path, &draft.path)?;
    let mut query = client.base_url.query.clone();
    match draft.page_url() {
        Some(page) => (target, query) = page_target(draft, &target, page)?,
        None => {
            for (name, value) in draft.pairs() {
                url::push_pair(&mut query, name, value);
            }
        }
    }
    let mut headers = client.headers.clone();
    if !headers.contains_key(ACCEPT) {
        insert(&mut headers, ACCEPT.as_str(), draft.operation.accept)?;
    }
    let body = body(draft, &mut headers)?;
    named_headers(draft, &mut headers)?;
    option_headers(&draft.options, &mut headers)?;
    authorize(draft, &mut headers, &mut query)?;
    if !query.is_empty() {
        target.push('?');
        target.push_str(&query);
    }
    let uri = Uri::try_from(target)
        .map_err(|_| Error::invalid_argument("path", "the URL is too long"))?;
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = draft.operation.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Path and query of a page that the server gives the URL of. It keeps the query of the base URL, and no credential that the
/// server repeats.
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

/// The body, with the properties from the call's options.
fn body(draft: &Draft, headers: &mut HeaderMap) -> Result<Bytes> {
    let mut extra = draft.options.body.clone();
    if let Some((Position::Body(name), cursor)) = draft.placed_cursor() {
        extra.push(((*name).to_owned(), paging::member(cursor)));
    }
    let (media_type, body) = match &draft.body {
        Some((media_type, Ok(body))) => (*media_type, body.clone()),
        Some((_, Err(reason))) => return Err(Error::invalid_argument("body", reason)),
        None if extra.is_empty() => {
            // RFC 9110, section 8.6: these methods expect a body, so an empty one is declared.
            if matches!(
                draft.operation.method,
                Method::POST | Method::PUT | Method::PATCH
            ) {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            return Ok(Bytes::new());
        }
        None => ("application/json", Bytes::from_static(b"{}")),
    };
    if !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    if extra.is_empty() {
        return Ok(body);
    }
    let merged = json::merge(&body, &extra);
    merged.map(Bytes::from).ok_or_else(|| {
        Error::invalid_argument("body", "a property can only be added to a JSON object")
    })
}

/// Adds the header and cookie parameters of the operation.
fn named_headers(draft: &Draft, headers: &mut HeaderMap) -> Result<()> {
    for (name, value) in &draft.headers {
        insert(headers, name, value)?;
    }
    let mut cookies = String::new();
    for (name, value) in &draft.cookies {
        url::push_cookie(&mut cookies, name, value);
    }
    add_cookies(headers, &cookies);
    Ok(())
}

/// Appends to the cookie header.
fn add_cookies(headers: &mut HeaderMap, cookies: &str) {
    if cookies.is_empty() {
        return;
    }
    let before = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let all = before.map_or(cookies.to_owned(), |before| format!("{before}; {cookies}"));
    if let Some((name, value)) = header(COOKIE.as_str(), &all) {
        headers.insert(name, value);
    }
}

fn option_headers(options: &CallOptions, headers: &mut HeaderMap) -> Result<()> {
    if let Some(key) = &options.idempotency_key {
        insert(headers, SERVICE.idempotency_header, key)?;
    }
    for (name, value) in &options.headers {
        match value {
            Some(value) => insert(headers, name, value)?,
            None => drop(headers.remove(name.trim())),
        }
    }
    Ok(())
}

/// Adds the credential, unless the call's options set or remove its header.
fn authorize(draft: &Draft, headers: &mut HeaderMap, query: &mut String) -> Result<()> {
    let secrets = &draft.client.inner.credentials;
    let alternatives = draft.operation.auth;
    let set = |scheme: &&Scheme| {
        auth::find(scheme, secrets).is_some() || by_caller(scheme, draft, headers)
    };
    let satisfied = |schemes: &&&[&Scheme]| !schemes.is_empty() && schemes.iter().all(set);
    let Some(schemes) = alternatives.iter().find(satisfied) else {
        let optional =
            alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty());
        return if optional {
            Ok(())
        } else {
            Err(missing(alternatives))
        };
    };
    for scheme in schemes.iter() {
        if !by_caller(scheme, draft, headers) {
            let secret = auth::find(scheme, secrets).unwrap_or_default();
            place(scheme, secret, headers, query)?;
        }
    }
    Ok(())
}

/// Returns true if the call's options set or remove the header of a scheme, which is then left as it is.
fn by_caller(scheme: &Scheme, draft: &Draft, headers: &HeaderMap) -> bool {
    let Some(name) = scheme.place.header().filter(|name| *name != COOKIE) else {
        return false;
    };
    let removed =
        |(other, value): &(String, Option<String>)| value.is_none() && name == other.trim();
    headers.contains_key(&name) || draft.options.headers.iter().any(removed)
}

fn place(scheme: &Scheme, secret: &str, headers: &mut HeaderMap, query: &mut String) -> Result<()> {
    let text = match scheme.place {
        Place::Bearer => format!("Bearer {secret}"),
        Place::Basic => format!("Basic {}", auth::base64(secret.as_bytes())),
        Place::Header(_) => secret.to_owned(),
        Place::Query(name) => {
            url::push_pair(query, name, secret);
            return Ok(());
        }
        Place::Cookie(name) => {
            let mut cookie = String::new();
            url::push_cookie(&mut cookie, name, secret);
            add_cookies(headers, &cookie);
            return Ok(());
        }
    };
    let refused = || Error::invalid_argument("authorization", "HTTP does not allow this header");
    let name = scheme.place.header().ok_or_else(refused)?;
    let mut value = HeaderValue::from_str(&text).map_err(|_| refused())?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

fn missing(alternatives: &'static [&'static [&'static Scheme]]) -> Error {
    let all = alternatives
        .iter()
        .flat_map(|schemes| schemes.iter())
        .flat_map(|scheme| scheme.credentials);
    let mut credentials = Vec::new();
    for credential in all {
        if !credentials
            .iter()
            .any(|other: &&auth::Credential| other.name == credential.name)
        {
            credentials.push(credential);
        }
    }
    Error::MissingCredentials(MissingCredentials {
        credentials: credentials.into(),
    })
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<()> {
    let (key, value) = header(name.trim(), value).ok_or_else(|| {
        Error::invalid_argument(name, "HTTP does not allow this header name or value")
    })?;
    headers.insert(key, value);
    Ok(())
}

/// Parses a header. One that may hold a credential is marked as sensitive, so that it is not shown.
pub(crate) fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let mut value = HeaderValue::from_str(value).ok()?;
    let words = [
        "auth",
        "cookie",
        "secret",
        "token",
        "api-key",
        "apikey",
        "access-key",
    ];
    value.set_sensitive(words.iter().any(|word| name.as_str().contains(word)));
    Some((name, value))
}

/// The texts of a call that must not be shown: the client's credentials, and sensitive headers from the call's options.
pub(crate) fn secrets(draft: &Draft) -> Vec<String> {
    let mut list: Vec<String> = draft
        .client
        .inner
        .credentials
        .iter()
        .map(|secret| secret.value.clone())
        .collect();
    if let Ok(request) = prepare(draft) {
        for value in request
            .headers()
            .values()
            .filter(|value| value.is_sensitive())
        {
            let text = String::from_utf8_lossy(value.as_bytes());
            // After a scheme, as in `Bearer x`, the credential is the last word.
            list.extend(text.rsplit(' ').next().map(str::to_owned));
        }
    }
    list
}
