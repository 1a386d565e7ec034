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
