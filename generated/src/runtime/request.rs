// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Builds HTTP requests from calls.
//!
//! In: an operation, the values of its parameters and the options of the call. Out: a complete `http::Request`,
//! including the credential. Not here: I/O.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use super::auth::{self, Form, Place, Scheme, Source, header};
use super::cookies::{add_cookies, has_cookie, named_cookies};
use super::draft::Draft;
use super::error::{Error, Result};
use super::missing::MissingCredentials;
use super::options::CallOptions;
use super::param::ParamValue;
use super::payload::Payload;
use super::sending::Body;
use super::style::Style;
use super::token::{Awaited, Tokens};
use super::url;
use crate::service::SERVICE;

/// Builds the complete request.
pub(crate) fn prepare(draft: &Draft) -> Result<Request<Body>> {
    let mut headers = draft.client.inner.headers.clone();
    let body = body(draft, &mut headers)?;
    request(draft, headers, body)
}

/// Builds the request around a body. This part is the same for all kinds of bodies.
fn request(draft: &Draft, mut headers: HeaderMap, body: Body) -> Result<Request<Body>> {
    if !headers.contains_key(ACCEPT) {
        let accept = draft.accept.unwrap_or(draft.operation.accept);
        insert(&mut headers, ACCEPT.as_str(), accept)?;
    }
    let mut target = String::with_capacity(256);
    let mut query = String::new();
    draft.push_target(&mut target, &mut query)?;
    named_headers(draft, &mut headers)?;
    option_headers(&draft.options, &mut headers)?;
    named_cookies(draft, &mut headers)?;
    let inherited = &draft.client.inner.headers;
    if inherited.values().any(HeaderValue::is_sensitive) {
        draft.check_receiver(&target)?;
    }
    let awaited = authorize(draft, &target, &mut headers, &mut query)?;
    if !query.is_empty() {
        target.push('?');
        target.push_str(&query);
    }
    let uri = Uri::try_from(target)
        .map_err(|_| Error::invalid_argument("path", "the URL is too long"))?;
    let mut request = Request::new(body);
    *request.method_mut() = draft.method().clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    if let Some(tokens) = awaited {
        request.extensions_mut().insert(Awaited::new(tokens));
    }
    Ok(request)
}

/// Builds the complete request without sending anything. A token that must be fetched is missing.
pub(crate) fn complete(draft: &Draft) -> Result<Request<Body>> {
    let mut request = prepare(draft)?;
    if let Some(Awaited { tokens, .. }) = request.extensions_mut().remove() {
        let token = tokens.last().ok_or_else(|| missing(draft, |_| false))?;
        bear(request.headers_mut(), &token)?;
    }
    Ok(request)
}

/// Adds a bearer token (RFC 6750, section 2.1).
pub(crate) fn bear(headers: &mut HeaderMap, token: &str) -> Result<()> {
    credential_header(headers, AUTHORIZATION, &format!("Bearer {token}"))
}

/// Returns the body, including the properties from the call's options.
fn body(draft: &Draft, headers: &mut HeaderMap) -> Result<Body> {
    let extra = draft.options.body.clone();
    let extra: Vec<(String, String)> = extra.into_iter().chain(draft.body_cursor()).collect();
    let empty = || Payload::new("application/json", Ok(b"{}".to_vec()));
    let payload = match &draft.body {
        Some(payload) => payload,
        None if extra.is_empty() => {
            // RFC 9110, section 8.6: these methods expect a body, so an empty one is declared.
            if matches!(*draft.method(), Method::POST | Method::PUT | Method::PATCH) {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            return Ok(Body::from(Bytes::new()));
        }
        None => &empty(),
    };
    let (content_type, body) = payload
        .write(&extra)
        .map_err(|reason| Error::invalid_argument("body", &reason))?;
    headers.entry(CONTENT_TYPE).or_insert(content_type);
    Ok(body)
}

/// Adds the header parameters of the operation.
fn named_headers(draft: &Draft, headers: &mut HeaderMap) -> Result<()> {
    for (name, value) in draft.custom.iter().flat_map(|custom| &custom.headers) {
        insert(headers, name, value)?;
    }
    for given in &draft.headers {
        if let Some(value) = given.style.header(given.value()?) {
            insert(headers, given.name, &value)?;
        }
    }
    Ok(())
}

fn option_headers(options: &CallOptions, headers: &mut HeaderMap) -> Result<()> {
    if let Some(key) = &options.idempotency_key {
        insert(headers, SERVICE.idempotency_header, key)?;
    }
    let mut given: Vec<&str> = Vec::new();
    for (name, value) in &options.headers {
        let name = name.trim();
        let is_again = given.iter().any(|other| other.eq_ignore_ascii_case(name));
        match value {
            Some(value) if is_again && is_list(name) => append(headers, name, value)?,
            Some(value) => insert(headers, name, value)?,
            None => drop(headers.remove(name)),
        }
        given.push(name);
    }
    Ok(())
}

/// Returns the alternative credentials of a call.
fn alternatives(draft: &Draft) -> &'static [&'static [&'static Scheme]] {
    match &draft.custom {
        Some(_) => SERVICE.auth,
        None => draft.operation.auth,
    }
}

fn missing(draft: &Draft, is_set: impl Fn(&&Scheme) -> bool) -> Error {
    Error::MissingCredentials(MissingCredentials::new(alternatives(draft), is_set))
}

/// Adds the credential, unless the call's options set or remove its header. Returns the
/// source of the token to add, if it must be fetched.
fn authorize(
    draft: &Draft,
    target: &str,
    headers: &mut HeaderMap,
    query: &mut String,
) -> Result<Option<Arc<Tokens>>> {
    let client = &draft.client.inner;
    let alternatives = alternatives(draft);
    let set = |scheme: &&Scheme| {
        client.credential(scheme).is_some() || by_caller(scheme, draft, headers, query)
    };
    let satisfied = |schemes: &&&[&Scheme]| !schemes.is_empty() && schemes.iter().all(set);
    let Some(schemes) = alternatives.iter().find(satisfied) else {
        let optional =
            alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty());
        return if optional {
            Ok(None)
        } else {
            Err(missing(draft, set))
        };
    };
    let mut awaited = None;
    for scheme in schemes.iter() {
        if by_caller(scheme, draft, headers, query) {
            repeat(scheme, draft, query);
            continue;
        }
        let found = client.credential(scheme);
        if found.is_some() {
            draft.check_receiver(target)?;
        }
        match found {
            Some(Source::Given(secret)) => place(scheme, secret, headers, query)?,
            Some(Source::Fetched(tokens)) => awaited = Some(tokens.clone()),
            None => {}
        }
    }
    Ok(awaited)
}

/// Repeats the caller's credential in the URL of a page, which has no query parameters of the call.
fn repeat(scheme: &Scheme, draft: &Draft, query: &mut String) {
    let Place::Query(name) = scheme.place else {
        return;
    };
    if has_parameter(query, name) || draft.options.removes_query(name) {
        return;
    }
    let extra: Vec<&str> = draft.extra(name).collect();
    for value in &extra {
        url::push_pair(query, name, value);
    }
    if extra.is_empty() {
        url::push_pairs(query, own_parameter(draft, name).as_deref());
    }
}

/// Returns the pairs of a query parameter of the operation, if the caller set it.
fn own_parameter(draft: &Draft, name: &str) -> Option<String> {
    let given = draft.query.iter().find(|given| given.name == name)?;
    given.style.query(name, given.value().ok()?).ok()?
}

/// Returns whether the request has the credential of a scheme already, or the call's options set or
/// remove it. The client then leaves it unchanged.
fn by_caller(scheme: &Scheme, draft: &Draft, headers: &HeaderMap, sent: &str) -> bool {
    let options = &draft.options;
    let removed = |name: &HeaderName| {
        let mut headers = options.headers.iter();
        headers.any(|(other, value)| value.is_none() && *name == other.trim())
    };
    match scheme.place {
        Place::Query(name) => {
            let mut query = options.query.iter();
            query.any(|(other, _)| other == name)
                || options.removes_query(name)
                || has_parameter(sent, name)
                || own_parameter(draft, name).is_some()
        }
        Place::Cookie(name) => removed(&COOKIE) || has_cookie(headers, name),
        Place::Bearer | Place::Basic | Place::Header(_) => {
            let header = scheme.place.header();
            header.is_some_and(|name| headers.contains_key(&name) || removed(&name))
        }
    }
}

fn has_parameter(query: &str, name: &str) -> bool {
    url::without(query, name) != query
}

fn place(scheme: &Scheme, secret: &str, headers: &mut HeaderMap, query: &mut String) -> Result<()> {
    let text = match scheme.place {
        Place::Bearer => return bear(headers, secret),
        Place::Basic => format!("Basic {}", auth::base64(secret.as_bytes())),
        Place::Header(_) => secret.to_owned(),
        Place::Query(name) => {
            url::push_pair(query, name, secret);
            return Ok(());
        }
        Place::Cookie(name) => {
            let secret = ParamValue::Text(secret.to_owned());
            let cookie = Style::FORM.cookie(name, &secret).ok().flatten();
            add_cookies(headers, &cookie.unwrap_or_default());
            return Ok(());
        }
    };
    let name = scheme.place.header().ok_or_else(refused)?;
    credential_header(headers, name, &text)
}

fn refused() -> Error {
    Error::invalid_argument("authorization", "HTTP does not allow this header")
}

fn credential_header(headers: &mut HeaderMap, name: HeaderName, text: &str) -> Result<()> {
    let mut value = HeaderValue::from_str(text).map_err(|_| refused())?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<()> {
    let (key, value) = checked(name, value)?;
    headers.insert(key, value);
    Ok(())
}

fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    header(name.trim(), value).ok_or_else(|| {
        Error::invalid_argument(name, "HTTP does not allow this header name or value")
    })
}

fn append(headers: &mut HeaderMap, name: &str, value: &str) -> Result<()> {
    let (key, value) = checked(name, value)?;
    headers.append(key, value);
    Ok(())
}

/// Returns whether a request may have several headers of this name. RFC 9110, section 5.3, allows that where the values form a
/// list; in the other headers, the last value counts.
fn is_list(name: &str) -> bool {
    let single = [
        AUTHORIZATION,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        COOKIE,
        HOST,
        USER_AGENT,
    ];
    single
        .iter()
        .all(|other| !name.eq_ignore_ascii_case(other.as_str()))
}

/// Returns the texts of a call that must be masked: the client's credentials, and sensitive headers
/// from the call's options.
pub(crate) fn secrets(draft: &Draft) -> Vec<String> {
    let client = &draft.client.inner;
    let given = client.credentials.iter();
    let given = given.map(|secret| secret.value.clone());
    let passwords = client.credentials.iter().filter_map(|secret| {
        let (_, password) = secret.value.split_once(':')?;
        (secret.form == Form::Login).then(|| password.to_owned())
    });
    let tokens = client.tokens.iter().filter_map(|(_, tokens)| tokens.last());
    let tokens = tokens.map(|token| token.to_string());
    let mut list: Vec<String> = given.chain(passwords).chain(tokens).collect();
    // Without the body, since a stream can be read only once.
    let headers = draft.client.inner.headers.clone();
    if let Ok(request) = request(draft, headers, Body::from(Bytes::new())) {
        list.extend(auth::secrets(request.headers()));
    }
    list
}
