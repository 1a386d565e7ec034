//! The methods of operations.
//!
//! In: keys of a path item and of its `additionalOperations`. Out: [`Method`]s. Not here: operations.

/// The method of an operation. Operations are sorted in this order, regardless of the order of the keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// A method without a fixed key, as it is sent (OpenAPI 3.2).
    Other(String),
}

impl Method {
    /// Returns the method that a path item has a key for.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "get" => Self::Get,
            "put" => Self::Put,
            "post" => Self::Post,
            "delete" => Self::Delete,
            "options" => Self::Options,
            "head" => Self::Head,
            "patch" => Self::Patch,
            "trace" => Self::Trace,
            "query" => Self::Query,
            _ => return None,
        })
    }

    /// Returns a method of `additionalOperations`, or what is wrong with it. A method is a token,
    /// and its case counts (RFC 9110, 9.1).
    pub(super) fn additional(token: &str) -> Result<Self, String> {
        if !is_token(token) {
            return Err(format!("`{token}` is not an HTTP method"));
        }
        let key = token.to_ascii_lowercase();
        if Self::of_key(&key).is_some() && key.to_ascii_uppercase() == token {
            return Err(format!(
                "an operation with the method {token} belongs under `{key}`"
            ));
        }
        if token == "CONNECT" {
            return Err("CONNECT requests a tunnel, not a path".into());
        }
        Ok(Self::Other(token.to_owned()))
    }
}

/// Returns whether a text is a token of HTTP (RFC 9110, 5.6.2).
pub fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}
