// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The `Cookie` header of a request.
//!
//! In: the cookie parameters of a call, and its options. Out: the header. Not here: credentials.

use http::HeaderMap;
use http::header::COOKIE;

use super::auth::header;
use super::draft::Draft;
use super::error::{Error, Result};

/// Adds the cookie parameters of the operation. Cookies of the same name from the call's options
/// replace them.
pub(super) fn named_cookies(draft: &Draft, headers: &mut HeaderMap) -> Result<()> {
    let mut options = draft.options.headers.iter().rev();
    let option = options.find(|(name, _)| COOKIE == name.trim());
    let instead = match option {
        // The call removes the header.
        Some((_, None)) => return Ok(()),
        Some((_, Some(cookies))) => cookies,
        None => "",
    };
    for given in &draft.cookies {
        let cookies = given.style.cookie(given.name, given.value()?);
        let cookies = cookies.map_err(|why| Error::invalid_argument(given.name, why))?;
        for cookie in cookies.iter().flat_map(|all| all.split("; ")) {
            let name = cookie.split('=').next().unwrap_or_default();
            if !names_cookie(instead, name) {
                add_cookies(headers, cookie);
            }
        }
    }
    Ok(())
}

/// Appends to the cookie header.
pub(super) fn add_cookies(headers: &mut HeaderMap, cookies: &str) {
    if cookies.is_empty() {
        return;
    }
    let before = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let all = before.map_or(cookies.to_owned(), |before| format!("{before}; {cookies}"));
    if let Some((name, value)) = header(COOKIE.as_str(), &all) {
        headers.insert(name, value);
    }
}

/// Returns whether the header has a cookie of this name.
pub(super) fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    cookies.is_some_and(|cookies| names_cookie(cookies, name))
}

/// Returns whether a list of cookies has one of this name.
fn names_cookie(cookies: &str, name: &str) -> bool {
    let mut pairs = cookies.split(';');
    pairs.any(|pair| pair.split('=').next().map(str::trim) == Some(name))
}
