//! The selection of operations to generate.
//!
//! In: texts such as `tag:files`. Out: a [`Selection`]. Not here: the effect on other operations (see `operation`, `coverage`).

use std::fmt;
use std::str::FromStr;

use crate::model::origin::Origin;
use crate::report::Pointer;

/// The operations to generate and to leave out. An empty selection generates all operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// If there are any, only operations that match one of them are generated.
    pub include: Vec<Selector>,
    /// Operations that match one of these are not generated, even if they are included.
    pub exclude: Vec<Selector>,
}

impl Selection {
    /// Returns whether the selection is empty, so the client has all operations.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Returns whether the client has the operation with these tags, this path and this id.
    pub fn wants(&self, tags: &[String], path: &str, id: &str) -> bool {
        let any = |list: &[Selector]| list.iter().any(|selector| selector.selects(tags, path, id));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

/// An operation that is not selected.
pub(crate) struct Unselected {
    pub at: Pointer,
    /// The `operationId`, or the method and path if there is none.
    pub id: String,
    /// The tags, including the parents of each.
    pub tags: Vec<String>,
}

/// The parts of an operation that selectors match.
pub(crate) struct Candidate<'a> {
    pub tags: &'a [String],
    pub path: String,
    pub id: &'a str,
}

impl<'a> Candidate<'a> {
    /// Returns the operation at a location. For an operation that could not be read, this may be a path.
    pub fn new(at: &Pointer, tags: &'a [String], id: &'a str) -> Self {
        let path = match Origin::of(at) {
            Origin::Operation { path, .. } | Origin::Path(path) => path,
            Origin::Schema(_) | Origin::Shared(..) | Origin::Webhook | Origin::Document => {
                String::new()
            }
        };
        Self { tags, path, id }
    }
}

/// A pattern for operations: `tag:files`, `path:/v1/files/*` or `id:create*`. A `*` matches any text, including slashes and the
/// empty text. All other characters match themselves and are case-sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// The part of an operation to match.
    pub by: By,
    /// The pattern to match it with.
    pub pattern: String,
}

/// The part of an operation that a [`Selector`] matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Any of the tags.
    Tag,
    /// The path as the document writes it: `/v1/files/{file_id}`.
    Path,
    /// The `operationId`, or the method and path if there is none: `GET /v1/files`.
    Id,
}

impl By {
    /// Returns `tag`, `path` or `id`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Path => "path",
            Self::Id => "id",
        }
    }
}

/// The error for a text that is not a valid [`Selector`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotASelector;

impl fmt::Display for NotASelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a selector is `tag:NAME`, `path:/PATH` or `id:OPERATION_ID`; `*` matches any text",
        )
    }
}

impl std::error::Error for NotASelector {}

impl FromStr for Selector {
    type Err = NotASelector;

    fn from_str(text: &str) -> Result<Self, NotASelector> {
        let (by, pattern) = text.split_once(':').ok_or(NotASelector)?;
        let by = [By::Tag, By::Path, By::Id]
            .into_iter()
            .find(|known| known.as_str() == by)
            .ok_or(NotASelector)?;
        if pattern.is_empty() {
            return Err(NotASelector);
        }
        let pattern = pattern.to_owned();
        Ok(Self { by, pattern })
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.by.as_str(), self.pattern)
    }
}

impl Selector {
    /// Returns whether it matches the operation with these tags, this path and this id.
    pub fn selects(&self, tags: &[String], path: &str, id: &str) -> bool {
        match self.by {
            By::Tag => tags.iter().any(|tag| self.matches(tag)),
            By::Path => self.matches(path),
            By::Id => self.matches(id),
        }
    }

    /// Returns whether the pattern matches the whole text.
    pub fn matches(&self, text: &str) -> bool {
        let mut parts = self.pattern.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else {
            return false;
        };
        let Some(last) = parts.next_back() else {
            return rest.is_empty();
        };
        // The earliest match of each part leaves the most text for the next ones.
        for part in parts {
            let Some(at) = rest.find(part) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let matches =
            |selector: &str, text: &str| selector.parse::<Selector>().unwrap().matches(text);
        assert!(matches("tag:Files", "Files"));
        assert!(!matches("tag:Files", "files"));
        assert!(!matches("tag:Files", "Files2"));
        assert!(matches("path:/v1/files/*", "/v1/files/{id}/content"));
        assert!(!matches("path:/v1/files/*", "/v1/files"));
        assert!(matches("path:*/{id}", "/v1/files/{id}"));
        assert!(matches("id:*File*s", "listFileVersions"));
        assert!(matches("id:*", ""));
        assert!(matches("id:a*a", "aa"));
        assert!(!matches("id:a*a", "a"));
        assert!(!matches("id:*ab*b", "ab"));
    }

    #[test]
    fn other_texts_are_no_selectors() {
        for text in ["", "files", "Tag:files", "method:get", "tag:"] {
            assert_eq!(text.parse::<Selector>(), Err(NotASelector), "{text}");
        }
        let selector: Selector = "id:a:b".parse().unwrap();
        assert_eq!(selector.to_string(), "id:a:b");
    }
}
