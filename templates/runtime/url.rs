// @generated runtime. Do not edit: it is copied from the generator's templates.
//! URLs: the base URL, path values and query strings.
//!
//! In: the base URL, an operation's path template, values. Out: a finished URL with exactly the bytes that are sent. Not
//! here: parsing that normalizes. The URL libraries of HTTP clients resolve `..` and `%2e%2e` and escape some characters
//! again, so everything that they would change is escaped or refused here.

use super::error::{Error, Result};

/// The bytes that are not escaped.
pub(super) type Kept = [bool; 256];

/// In a path value: `pchar` of RFC 3986, section 3.3.
static PATH_VALUE: Kept = kept(b"-._~!$&'()*+,;=:@");
/// In a query value: `unreserved` of RFC 3986, section 2.3.
static QUERY_VALUE: Kept = kept(b"-._~");
/// In the path of a given URL: separators, too.
pub(super) static PATH: Kept = kept(b"-._~!$&'()*+,;=:@/");
/// In the query of a given URL. Not the apostrophe, which URL libraries escape.
pub(super) static QUERY: Kept = kept(b"-._~!$&()*+,;=:@/?");

/// Letters, digits and `others`.
const fn kept(others: &[u8]) -> Kept {
    let mut kept = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        kept[byte as usize] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        kept[others[at] as usize] = true;
        at += 1;
    }
    kept
}

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

/// Returns true if a URL's path has a dot segment, escaped or not (RFC 3986, section 5.2.4).
pub(super) fn has_dot_segment(url: &str) -> bool {
    url.split('/').any(|segment| {
        let rest = without_dot(segment).unwrap_or("x");
        rest.is_empty() || without_dot(rest) == Some("")
    })
}

/// The text after a leading dot, escaped or not.
fn without_dot(text: &str) -> Option<&str> {
    text.strip_prefix('.')
        .or_else(|| text.strip_prefix("%2e"))
        .or_else(|| text.strip_prefix("%2E"))
}

/// Appends a path template with its values, escaped.
pub(crate) fn push_path(
    url: &mut String,
    template: &str,
    values: &[(&'static str, String)],
) -> Result<()> {
    let start = url.len();
    let mut rest = template;
    while let Some((text, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        push_raw(url, text, &PATH);
        let value = values
            .iter()
            .rev()
            .find(|(n, _)| *n == name)
            .map_or("", |(_, value)| value.as_str());
        match value {
            "" => return Err(Error::invalid_argument(name, "expected a non-empty value")),
            "." | ".." => {
                return Err(Error::invalid_argument(
                    name,
                    "`.` and `..` would change the path",
                ));
            }
            value => push_escaped(url, value, &PATH_VALUE),
        }
        rest = tail;
    }
    push_raw(url, rest, &PATH);
    // Two adjacent values, `{a}{b}`, can form a dot segment together.
    if has_dot_segment(&url[start..]) {
        return Err(Error::invalid_argument(
            "path",
            "a `.` or `..` segment would change the path",
        ));
    }
    Ok(())
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

/// Appends a cookie. Its value is escaped as in a query.
pub(crate) fn push_cookie(cookies: &mut String, name: &str, value: &str) {
    if !cookies.is_empty() {
        cookies.push_str("; ");
    }
    cookies.push_str(name);
    cookies.push('=');
    push_escaped(cookies, value, &QUERY_VALUE);
}

/// Appends text, with every other byte than those in `kept` as `%XX`.
fn push_escaped(out: &mut String, text: &str, kept: &Kept) {
    push(out, text, |_, byte| kept[usize::from(byte)]);
}

/// Appends text that is already part of a URL: escapes stay as they are.
pub(super) fn push_raw(out: &mut String, text: &str, kept: &Kept) {
    let hex = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    push(out, text, |at, byte| {
        kept[usize::from(byte)] || byte == b'%' && hex(at + 1) && hex(at + 2)
    });
}

/// Appends text and escapes every byte that does not stay. Only ASCII bytes can stay.
fn push(out: &mut String, text: &str, stays: impl Fn(usize, u8) -> bool) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !stays(at, byte) {
            // A range inside one character is empty and cannot be sliced.
            out.push_str(text.get(start..at).unwrap_or_default());
            out.push('%');
            out.push(char::from(HEX[usize::from(byte / 16)]));
            out.push(char::from(HEX[usize::from(byte % 16)]));
            start = at + 1;
        }
    }
    out.push_str(text.get(start..).unwrap_or_default());
}
