// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Resolves the URL of a next page, as servers write it.
//!
//! In: the URL of a request, and a reference (RFC 3986, section 4.1) or the headers that contain one. Out: a complete URL at the
//! same origin, because credentials go nowhere else, or the reason why there is none. Not here: URLs that this client builds (see
//! `url`).

use http::HeaderMap;
use http::header::LINK;

use super::error::NextPageErrorKind;
use super::escape::{PATH, QUERY, push_raw};
use super::url;

/// Resolves a reference against the URL where it was found. Servers behind a proxy may write `http`
/// for `https`, so the scheme of the client is used.
pub(crate) fn resolve(base: &str, reference: &str) -> Result<String, NextPageErrorKind> {
    let reference = reference.trim();
    let reference = reference.split('#').next().unwrap_or_default();
    let (origin, base_path) = split(base).ok_or(NextPageErrorKind::InvalidUrl)?;
    let base_path = base_path.split('?').next().unwrap_or_default();
    if reference.is_empty() {
        return Err(NextPageErrorKind::InvalidUrl);
    }
    let rest = match reference.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => {
            at_origin(origin, &scheme.to_ascii_lowercase(), rest)?
        }
        Some(_) | None => match reference.strip_prefix("//") {
            Some(rest) => at_origin(origin, scheme_of(origin), rest)?,
            None => reference,
        },
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let is_whole = rest.len() < reference.len();
    let path = match path {
        "" if is_whole => "/".to_owned(),
        "" => base_path.to_owned(),
        path if path.starts_with('/') => path.to_owned(),
        path if path
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':')) =>
        {
            return Err(NextPageErrorKind::InvalidUrl);
        }
        path => {
            let folder = base_path.rfind('/').map_or("", |end| &base_path[..end]);
            format!("{folder}/{path}")
        }
    };
    let mut out = origin.to_owned();
    push_raw(&mut out, &path, &PATH);
    if url::has_dot_segment(&out[origin.len()..]) {
        return Err(NextPageErrorKind::InvalidUrl);
    }
    if let Some(query) = query {
        out.push('?');
        push_raw(&mut out, query, &QUERY);
    }
    Ok(out)
}

/// Splits a URL into its origin, and its path with query.
fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url[host..]
        .find(['/', '?'])
        .map_or(url.len(), |end| host + end);
    Some(url.split_at(end))
}

fn scheme_of(origin: &str) -> &str {
    origin.split("://").next().unwrap_or_default()
}

fn is_scheme(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Returns the part of a URL after its authority, if the URL has this origin.
fn at_origin<'a>(origin: &str, scheme: &str, rest: &'a str) -> Result<&'a str, NextPageErrorKind> {
    let default_port = match scheme {
        "https" => "443",
        "http" => "80",
        _ => return Err(NextPageErrorKind::InvalidUrl),
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let authority =
        url::check_authority(authority, default_port).map_err(|_| NextPageErrorKind::InvalidUrl)?;
    let (own_scheme, own) = origin.split_once("://").unwrap_or_default();
    let is_upgraded = own_scheme == "https" && scheme == "http";
    match own == authority && (own_scheme == scheme || is_upgraded) {
        true => Ok(rest),
        false => Err(NextPageErrorKind::OtherOrigin),
    }
}

/// Returns the target of the first link with `rel="next"` (RFC 8288, section 3). Links with another
/// context are skipped, because they aren't about this page.
pub(crate) fn next_link(headers: &HeaderMap) -> Option<&str> {
    let values = headers.get_all(LINK).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .find_map(|mut rest| {
            while let Some(start) = rest.find('<') {
                let (target, parameters) = rest[start + 1..].split_once('>')?;
                let end = unquoted(parameters, ',').unwrap_or(parameters.len());
                if is_next(&parameters[..end]) {
                    return Some(target.trim());
                }
                rest = &parameters[end..];
            }
            None
        })
}

/// Returns whether the parameters of a link contain the relation `next`.
fn is_next(mut parameters: &str) -> bool {
    let mut relation = None;
    while let Some(start) = unquoted(parameters, ';') {
        let rest = &parameters[start + 1..];
        let end = unquoted(rest, ';').unwrap_or(rest.len());
        let (name, value) = rest[..end].split_once('=').unwrap_or((&rest[..end], ""));
        let value = value.trim().trim_matches('"');
        match name.trim() {
            name if name.eq_ignore_ascii_case("rel") => relation = relation.or(Some(value)),
            name if name.eq_ignore_ascii_case("anchor") => return false,
            _ => {}
        }
        parameters = &rest[end..];
    }
    let mut relations = relation.unwrap_or_default().split_ascii_whitespace();
    relations.any(|one| one.eq_ignore_ascii_case("next"))
}

/// Returns the position of the first `wanted` character outside of quotes.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    text.char_indices().find_map(|(at, c)| {
        let found = c == wanted && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && quoted && !escaped;
        found.then_some(at)
    })
}
