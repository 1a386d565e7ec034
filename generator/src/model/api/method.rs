//! HTTP methods.
//!
//! In: nothing. Out: one type. Not here: operations.

/// An HTTP method (RFC 9110, section 9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// RFC 10008.
    Query,
    /// Any other token.
    Other(String),
}

impl HttpMethod {
    /// As a request spells it.
    pub fn as_str(&self) -> &str {
        if let Self::Other(token) = self {
            return token;
        }
        self.constant().unwrap_or_default()
    }

    /// Returns whether a second request has no further effect (RFC 9110, section 9.2.2; RFC 10008
    /// for `QUERY`).
    pub fn is_idempotent(&self) -> bool {
        match self {
            Self::Get
            | Self::Put
            | Self::Delete
            | Self::Options
            | Self::Head
            | Self::Trace
            | Self::Query => true,
            Self::Post | Self::Patch | Self::Other(_) => false,
        }
    }

    /// Returns the constant that `http` has for it, which is spelled like the method itself.
    pub fn constant(&self) -> Option<&'static str> {
        match self {
            Self::Get => Some("GET"),
            Self::Put => Some("PUT"),
            Self::Post => Some("POST"),
            Self::Delete => Some("DELETE"),
            Self::Options => Some("OPTIONS"),
            Self::Head => Some("HEAD"),
            Self::Patch => Some("PATCH"),
            Self::Trace => Some("TRACE"),
            Self::Query => Some("QUERY"),
            Self::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runtime has the same list, for requests that the document does not describe.
    #[test]
    fn the_runtime_knows_the_same_idempotent_methods() {
        const RETRY: &str = include_str!("../../../../templates/runtime/retry.rs");
        let (_, rest) = RETRY
            .split_once("fn is_idempotent(method: &Method)")
            .unwrap();
        let (list, _) = rest.split_once("\n}").unwrap();
        let all = [
            HttpMethod::Get,
            HttpMethod::Put,
            HttpMethod::Post,
            HttpMethod::Delete,
            HttpMethod::Options,
            HttpMethod::Head,
            HttpMethod::Patch,
            HttpMethod::Trace,
            HttpMethod::Query,
        ];
        for method in &all {
            let is_listed = list.contains(&format!("\"{}\"", method.as_str()));
            assert_eq!(is_listed, method.is_idempotent(), "{method:?}");
        }
        let listed = list.matches('"').count() / 2;
        let known = all.iter().filter(|method| method.is_idempotent());
        assert_eq!(listed, known.count());
    }
}
