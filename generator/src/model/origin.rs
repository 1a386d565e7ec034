//! The part of the document that contains a definition or value, read from its pointer once.
//!
//! In: pointers. Out: [`Origin`]s. Not here: conclusions.

use std::borrow::Cow;

use crate::report::Pointer;

/// The part of a document that a place belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A schema of the components, by its key.
    Schema(String),
    /// Another part of the components, by its key.
    Shared(Section, String),
    /// A path, and no operation of it.
    Path(String),
    /// An operation, by its path and its pointer.
    Operation { path: String, operation: String },
    /// Requests that the server makes.
    Webhook,
    /// Anything else: `info`, `servers`, `tags`.
    Document,
}

/// A section of the components that is not `schemas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Callbacks,
    Examples,
    Headers,
    Links,
    MediaTypes,
    Parameters,
    PathItems,
    RequestBodies,
    Responses,
    SecuritySchemes,
}

impl Section {
    /// Returns the section with this key.
    fn of(key: &str) -> Option<Self> {
        match key {
            "callbacks" => Some(Self::Callbacks),
            "examples" => Some(Self::Examples),
            "headers" => Some(Self::Headers),
            "links" => Some(Self::Links),
            "mediaTypes" => Some(Self::MediaTypes),
            "parameters" => Some(Self::Parameters),
            "pathItems" => Some(Self::PathItems),
            "requestBodies" => Some(Self::RequestBodies),
            "responses" => Some(Self::Responses),
            "securitySchemes" => Some(Self::SecuritySchemes),
            _ => None,
        }
    }
}

/// A schema of the document's own components, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Component<'a> {
    /// The schema itself.
    Whole,
    /// A part of the schema at this pointer.
    PartOf(&'a str),
}

impl<'a> Component<'a> {
    /// The location of the document's own schemas.
    const SCHEMAS: &'static str = "#/components/schemas/";

    /// Returns the component that a place belongs to. Most places are asked this, so nothing is
    /// allocated.
    pub fn of(at: &'a Pointer) -> Option<Self> {
        let text = at.as_str();
        let key = text.strip_prefix(Self::SCHEMAS)?;
        Some(match memchr::memchr(b'/', key.as_bytes()) {
            None => Self::Whole,
            Some(end) => Self::PartOf(&text[..Self::SCHEMAS.len() + end]),
        })
    }
}

impl Origin {
    /// Returns the part that contains a location, regardless of its file.
    pub fn of(at: &Pointer) -> Self {
        let mut keys = at.segments();
        match (keys.next().as_deref(), keys.next(), keys.next()) {
            (Some("components"), Some(section), Some(key)) => Self::component(&section, key),
            (Some("paths"), Some(path), _) => match at.operation() {
                Some(operation) => Self::Operation {
                    path: path.into_owned(),
                    operation: operation.to_owned(),
                },
                None => Self::Path(path.into_owned()),
            },
            (Some("webhooks"), Some(_), _) => Self::Webhook,
            (Some(_) | None, _, _) => Self::Document,
        }
    }

    fn component(section: &str, key: Cow<'_, str>) -> Self {
        match (section, Section::of(section)) {
            ("schemas", _) => Self::Schema(key.into_owned()),
            (_, Some(section)) => Self::Shared(section, key.into_owned()),
            (_, None) => Self::Document,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components() {
        let at = Pointer::canonical("#/components/schemas/a~1b/items/0");
        let whole = Pointer::canonical("#/components/schemas/a~1b");
        assert_eq!(Component::of(&at), Some(Component::PartOf(whole.as_str())));
        assert_eq!(Component::of(&whole), Some(Component::Whole));
        for other in [
            "x.yaml#/components/schemas/A",
            "#/components/schemas",
            "#/webhooks/a",
        ] {
            assert_eq!(Component::of(&Pointer::canonical(other)), None, "{other}");
        }
    }

    #[test]
    fn origins() {
        let of = |at: &str| Origin::of(&Pointer::canonical(at));
        assert_eq!(
            of("#/components/schemas/a~1b/items"),
            Origin::Schema("a/b".into())
        );
        assert_eq!(
            of("#/components/parameters/limit/schema"),
            Origin::Shared(Section::Parameters, "limit".into())
        );
        assert_eq!(
            of("#/paths/~1a/get/responses/200"),
            Origin::Operation {
                path: "/a".into(),
                operation: "#/paths/~1a/get".into()
            }
        );
        assert_eq!(of("#/paths/~1a"), Origin::Path("/a".into()));
        assert_eq!(of("#/webhooks/new"), Origin::Webhook);
        assert_eq!(of("#/components/x-own/a"), Origin::Document);
        assert_eq!(of("#/servers/0"), Origin::Document);
    }
}
