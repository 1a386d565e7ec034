//! Which operations of a document are wanted.
//!
//! In: texts such as `tag:files`. Out: a [`Selection`]. Not here: what becomes of the others (see `operation`, `scope`).

use std::fmt;
use std::str::FromStr;

use crate::model::origin::Origin;
use crate::report::Pointer;

/// Operations to generate, and operations to leave out. An empty one takes all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// If there are any, only operations that one of them matches are generated.
    pub include: Vec<Selector>,
    /// Operations that one of them matches are not generated, whatever includes them.
    pub exclude: Vec<Selector>,
}

impl Selection {
    /// Returns whether nothing is selected or left out, so the client has all operations.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Returns whether the operation with these tags, this path and this id is in the client.
    pub fn wants(&self, tags: &[String], path: &str, id: &str) -> bool {
        let any = |list: &[Selector]| list.iter().any(|selector| selector.selects(tags, path, id));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

/// An operation that is not selected.
pub(crate) struct Unselected {
    pub at: Pointer,
    /// Its id, or method and path.
    pub id: String,
    /// All of its tags.
    pub tags: Vec<String>,
}

/// The part of an operation that selectors look at.
pub(crate) struct Candidate<'a> {
    pub tags: &'a [String],
    pub path: String,
    pub id: &'a str,
}

impl<'a> Candidate<'a> {
    /// Returns the operation at a place. One that could not be read may be a path.
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

/// A pattern for operations: `tag:files`, `path:/v1/files/*` or `id:create*`. A `*` stands for any text, also an empty one and one
/// with slashes; all else for itself, in the same case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// The part of an operation that is compared.
    pub by: By,
    /// The pattern for that part.
    pub pattern: String,
}

/// The part of an operation that a [`Selector`] looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Any of the tags.
    Tag,
    /// The path as the document writes it: `/v1/files/{file_id}`.
    Path,
    /// The `operationId`; method and path where there is none: `GET /v1/files`.
    Id,
}

impl By {
    /// `tag`, `path` or `id`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Path => "path",
            Self::Id => "id",
        }
    }
}

/// A text that is no [`Selector`].
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
    /// Returns whether it applies to the operation with these tags, this path and this id.
    pub fn selects(&self, tags: &[String], path: &str, id: &str) -> bool {
        match self.by {
            By::Tag => tags.iter().any(|tag| self.matches(tag)),
            By::Path => self.matches(path),
            By::Id => self.matches(id),
        }
    }

    /// Returns whether the pattern matches the whole text, and not only a part of it.
    pub fn matches(&self, text: &str) -> bool {
        let mut parts = self.pattern.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else {
            return false;
        };
        let Some(last) = parts.next_back() else {
            return rest.is_empty();
        };
        // The earliest place of each part leaves the most for those that follow.
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
