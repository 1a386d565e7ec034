// @generated runtime. Do not edit: it is copied from the generator's templates.
//! URLs: the base URL, path values and query strings.
//!
//! In: the base URL, an operation's path template, values. Out: a finished URL with exactly the bytes that are sent. Not
//! here: parsing that normalizes. The URL libraries of HTTP clients resolve `..` and `%2e%2e` and escape some characters
//! again, so everything that they would change is escaped (see `escape`) or refused here.

use std::fmt::{self, Display, Formatter};
use std::net::IpAddr;

use super::error::{Error, Result};
use super::escape::{self, PATH, QUERY, QUERY_VALUE, push_escaped, push_raw};

/// The base URL of a client, checked and split.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    /// Scheme, host, port and path, without a slash at the end.
    pub(crate) prefix: String,
    /// The query, escaped, without the question mark.
    pub(crate) query: String,
}

impl BaseUrl {
    /// Parses a base URL. Errors do not repeat it, because it may contain a password.
    pub(crate) fn parse(text: &str) -> std::result::Result<Self, &'static str> {
        let (scheme, rest) = text
            .split_once("://")
            .ok_or("it does not start with http:// or https://")?;
        let (scheme, default_port) = match scheme {
            s if s.eq_ignore_ascii_case("https") => ("https", "443"),
            s if s.eq_ignore_ascii_case("http") => ("http", "80"),
            _ => return Err("its scheme is neither http nor https"),
        };
        if rest.contains('#') {
            return Err("it has a fragment");
        }
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let host = check_authority(authority, default_port)?;
        let mut prefix = format!("{scheme}://{host}");
        push_raw(&mut prefix, path.trim_end_matches('/'), &PATH);
        if has_dot_segment(&prefix) {
            return Err("its path has a `.` or `..` segment");
        }
        let mut escaped = String::new();
        push_raw(&mut escaped, query.trim_matches('&'), &QUERY);
        Ok(Self {
            prefix,
            query: escaped,
        })
    }

    /// Returns scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        let host = self.prefix.find("://").map_or(0, |colon| colon + 3);
        let path = self.prefix[host..].find('/');
        path.map_or(&*self.prefix, |path| &self.prefix[..host + path])
    }
}

/// Returns whether a URL is plain HTTP to another machine. `localhost` is this one (RFC 6761, section 6.3).
pub(super) fn is_plain_http(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => authority.split(':').next(),
    };
    let host = host.unwrap_or_default();
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    !is_loopback && host != "localhost" && !host.ends_with(".localhost")
}

/// The reason why a credential is not sent.
#[derive(Debug)]
pub(super) struct PlainHttp;

impl Display for PlainHttp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(
            "plain HTTP to another machine gets no credential: use https, or allow it with `allow_credentials_over_http` on the builder \
             or `--base-url` on the command line",
        )
    }
}

impl std::error::Error for PlainHttp {}

impl From<PlainHttp> for Error {
    fn from(reason: PlainHttp) -> Self {
        Self::Config(reason.to_string().into())
    }
}

/// Checks host and port, and writes them like URL libraries: in lower case, without the scheme's default port.
pub(super) fn check_authority(
    authority: &str,
    default_port: &str,
) -> std::result::Result<String, &'static str> {
    if authority.contains('@') {
        return Err("it has a user name or a password");
    }
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority.ends_with(']') => (&authority[..at], &authority[at + 1..]),
        Some(_) | None => (authority, ""),
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let legal = match host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(plain),
    };
    if !legal {
        return Err(
            "its host is not a plain host name or address (write an international name in its `xn--` form)",
        );
    }
    if !port.is_empty()
        && (!port.bytes().all(|b| b.is_ascii_digit()) || port.parse::<u16>().is_err())
    {
        return Err("its port is not a number below 65536");
    }
    let host = host.to_ascii_lowercase();
    Ok(if port.is_empty() || port == default_port {
        host
    } else {
        format!("{host}:{port}")
    })
}

/// Returns whether a URL's path contains a dot segment, escaped or not (RFC 3986, section 5.2.4).
pub(super) fn has_dot_segment(url: &str) -> bool {
    url.split('/').any(|segment| {
        let rest = without_dot(segment).unwrap_or("x");
        rest.is_empty() || without_dot(rest) == Some("")
    })
}

/// Returns the text after a leading dot, escaped or not.
fn without_dot(text: &str) -> Option<&str> {
    text.strip_prefix('.')
        .or_else(|| text.strip_prefix("%2e"))
        .or_else(|| text.strip_prefix("%2E"))
}

/// Appends a path template. `value` returns the escaped text of a parameter. Its argument is the
/// characters that the template has between this parameter and others.
pub(crate) fn push_path(
    url: &mut String,
    template: &str,
    mut value: impl FnMut(&str, &[u8]) -> Result<String>,
) -> Result<()> {
    let start = url.len();
    let mut rest = template;
    while let Some((text, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        push_raw(url, text, &PATH);
        let at = template.len() - rest.len() + text.len();
        let text = value(name, &separators(template, at))?;
        let is_segment = url.ends_with('/') && (tail.is_empty() || tail.starts_with('/'));
        match text.as_str() {
            "" => return Err(Error::invalid_argument(name, "expected a non-empty value")),
            "." | ".." if is_segment => {
                return Err(Error::invalid_argument(
                    name,
                    "`.` and `..` would change the path",
                ));
            }
            text => url.push_str(text),
        }
        rest = tail;
    }
    push_raw(url, rest, &PATH);
    // Two values, `{a}.{b}` or `{a}{b}`, can form a dot segment together.
    if has_dot_segment(&url[start..]) {
        return Err(Error::invalid_argument(
            "path",
            "a `.` or `..` segment would change the path",
        ));
    }
    Ok(())
}

/// Appends a path that isn't a template. Existing escapes are kept.
pub(crate) fn push_plain(url: &mut String, path: &str) -> Result<()> {
    push_raw(url, path, &PATH);
    if has_dot_segment(path) {
        let why = "a `.` or `..` segment would change the path";
        return Err(Error::invalid_argument("path", why));
    }
    Ok(())
}

/// Appends a query that isn't a template. Existing escapes are kept.
pub(crate) fn push_plain_query(query: &mut String, given: &str) {
    if !query.is_empty() && !given.is_empty() {
        query.push('&');
    }
    push_raw(query, given, &QUERY);
}

/// Appends the query of a path template. `value` returns the text of a parameter.
pub(crate) fn push_fixed<'a>(
    query: &mut String,
    template: &str,
    value: impl Fn(&str) -> Result<&'a str>,
) -> Result<()> {
    if !query.is_empty() && !template.is_empty() {
        query.push('&');
    }
    let mut rest = template;
    while let Some((text, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        push_raw(query, text, &QUERY);
        push_escaped(query, value(name)?, &QUERY_VALUE);
        rest = tail;
    }
    push_raw(query, rest, &QUERY);
    Ok(())
}

/// Returns the characters between the parameters of a segment: `-` in `{base}-{head}`.
fn separators(template: &str, at: usize) -> Vec<u8> {
    let start = template[..at].rfind('/').map_or(0, |slash| slash + 1);
    let end = template[at..]
        .find('/')
        .map_or(template.len(), |slash| at + slash);
    let mut found = Vec::new();
    // The first part is before all parameters, the last one after them.
    let mut parts = template[start..end].split('}').skip(1).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            break;
        }
        let (between, _) = part.split_once('{').unwrap_or((part, ""));
        found.extend(escape::separators(between));
    }
    found
}

/// Appends `name=value` in form encoding, with a space as `%20`.
pub(crate) fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    push_escaped(query, name, &QUERY_VALUE);
    query.push('=');
    push_escaped(query, value, &QUERY_VALUE);
}

/// Appends pairs that are already escaped.
pub(crate) fn push_pairs(query: &mut String, pairs: Option<&str>) {
    let Some(pairs) = pairs else { return };
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(pairs);
}

/// Returns a query without the pairs of this name, which a credential uses. Their names may be
/// escaped in any way.
pub(crate) fn without(query: &str, name: &str) -> String {
    let mut escaped = String::new();
    push_pair(&mut escaped, name, "");
    let kept = query.split('&').filter(|pair| {
        let own = pair.split('=').next().unwrap_or_default();
        own != name
            && !escaped
                .strip_suffix('=')
                .is_some_and(|escaped| own.eq_ignore_ascii_case(escaped))
    });
    kept.collect::<Vec<_>>().join("&")
}
