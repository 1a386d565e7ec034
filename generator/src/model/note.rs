//! Notes from keywords other than `title` and `description`: constraints, links, scopes.
//!
//! In: nothing. Out: types only. Not here: words for them (see `emit`).

use serde_json::Number;

/// Something that the documentation of a value, an operation or the service mentions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// `externalDocs`.
    ExternalDocs(ExternalDocs),
    /// Constraints that the type does not express. Only the server checks them.
    Limits(Limits),
    /// The scopes or roles that an operation requires: one entry per scheme.
    Scopes(Vec<RequiredScopes>),
    Tokens(Tokens),
    /// The URL of the terms of service.
    Terms(String),
    Contact {
        name: Option<String>,
        links: Vec<String>,
    },
    License {
        name: Option<String>,
        identifier: Option<String>,
        url: Option<String>,
    },
    /// The server that requests go to.
    Server {
        url: String,
        texts: Vec<String>,
        variables: Vec<Variable>,
    },
}

/// A link to external documentation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExternalDocs {
    pub text: Option<String>,
    pub url: String,
}

/// Constraints of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Those of each schema that holds, base first.
    pub own: Vec<Vec<Limit>>,
    /// Those of what is in a list or a map.
    pub inner: Option<(Inner, Box<Remark>)>,
}

impl Limits {
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.inner.is_none()
    }
}

/// The part of a list or map that inner limits are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Inner {
    Item,
    Value,
}

/// The documentation of a value whose type has no definition to carry it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Remark {
    pub text: Option<String>,
    pub external_docs: Option<ExternalDocs>,
    pub limits: Limits,
}

/// A constraint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Of the length of a string.
    Characters(Count),
    Pattern(String),
    /// At least one of them is there.
    Range {
        least: Option<Bound>,
        most: Option<Bound>,
    },
    MultipleOf(Number),
    /// Of the length of a list.
    Items(Count),
    UniqueItems,
    /// Of the number of properties.
    Properties(Count),
    /// One that the type does not express.
    Format(String),
    MediaType(String),
}

impl Limit {
    /// Returns the format, if it is one.
    pub fn format(&self) -> Option<&str> {
        match self {
            Self::Format(format) => Some(format),
            Self::Characters(_)
            | Self::Pattern(_)
            | Self::Range { .. }
            | Self::MultipleOf(_)
            | Self::Items(_)
            | Self::UniqueItems
            | Self::Properties(_)
            | Self::MediaType(_) => None,
        }
    }
}

/// Bounds of a length. At least one of them is there, and the lower one is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    pub least: Option<usize>,
    pub most: Option<usize>,
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    pub value: Number,
    pub is_exclusive: bool,
}

/// The scopes or roles that a scheme must grant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequiredScopes {
    pub scheme: String,
    pub kind: ScopeKind,
    pub names: Vec<String>,
}

/// The kind of names in a security requirement (OpenAPI 3.1, 4.8.30).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKind {
    Scopes,
    Roles,
}

/// The ways to get a token for a security scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tokens {
    pub format: Option<String>,
    /// Documents of the server, each with what it is.
    pub links: Vec<(&'static str, String)>,
    pub flows: Vec<Flow>,
}

/// A way to get tokens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    pub name: String,
    /// Each with what it is for.
    pub links: Vec<(&'static str, String)>,
    /// Each with its description.
    pub scopes: Vec<(String, String)>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    pub name: String,
    pub default: String,
    pub values: Vec<String>,
    pub description: Option<String>,
}
